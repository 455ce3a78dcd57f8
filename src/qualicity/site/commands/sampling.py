"""``qualicity sampling``: plans for lots by GB/T 2828.1, plans for two risks, their curves, sizes of samples."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from qualicity.errors import InputError, Text, nearest
from qualicity.methods import acceptance_sampling as sampling
from qualicity.methods.sample_size import for_proportion
from qualicity.site.answering import answer, columns

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

HELP = Text(
    zh="抽样：GB/T 2828.1 正常检验一次抽样、按两类风险求方案、接收概率曲线、样本量",
    en="sampling: lots by GB/T 2828.1 (normal, single), plans for two risks, OC curves, sample sizes",
)
DISTRIBUTIONS = {"binomial": "binomial", "poisson": "poisson", "hypergeom": "hypergeom", "normal": "normal"}
_ALIASES = {"hypergeometric": "hypergeom"}
_QUALITIES = "0,0.001,0.0025,0.005,0.01,0.015,0.02,0.03,0.04,0.05,0.065,0.08,0.1,0.15,0.2,0.3"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    plan = verbs.add_parser("plan", help="一批产品的抽样方案（GB/T 2828.1 表 1、表 2-A）/ the plan for one lot")
    find = verbs.add_parser("find", help="满足两类风险的最小方案 / the smallest plan that keeps two risks")
    curve = verbs.add_parser("oc", help="接收概率、平均抽检数、平均出厂质量 / acceptance, ASN and AOQ by quality")
    size = verbs.add_parser("size", help="估计合格率所需样本量 / the sample size for a share at a precision")
    plan.add_argument("--lot", required=True, type=_whole("--lot", 2), metavar="N", help="批量 / units in the lot")
    plan.add_argument("--aql", required=True, type=_number("--aql"), metavar="A", help="接收质量限（%%）/ AQL in %%")
    _add_points(find)
    _add_curve(curve)
    for one in (plan, curve):
        one.add_argument("--level", default="II", metavar="L", help="检验水平 / level: S-1 S-2 S-3 S-4 I II III (II)")
    for one in (find, curve):
        one.add_argument(
            "--distribution", default="", type=_word("--distribution", DISTRIBUTIONS), metavar="D",
            help="分布 / binomial (default), poisson, hypergeom, normal",
        )  # fmt: skip
        one.add_argument("--lot", default=0, type=_whole("--lot", 2), metavar="N", help="批量 / units in the lot")
        one.add_argument(
            "--sigma", default="known", type=_word("--sigma", {"known": "known", "unknown": "unknown"}), metavar="S",
            help="标准差已知 known 或未知 unknown（正态）/ whether the deviation is known (normal)",
        )  # fmt: skip
    _add_size(size)
    for one in verbs.choices.values():
        one.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the sub-commands."""
    verbs: dict[str, Callable[[argparse.Namespace], int]] = {
        "plan": _plan, "find": _find, "oc": _curve, "size": _size,
    }  # fmt: skip
    return verbs[arguments.verb](arguments)


def _add_points(parser: argparse.ArgumentParser) -> None:
    for name, default, words in (
        ("--p1", None, "生产方可接受的质量水平 / good quality, the producer's point"),
        ("--alpha", 0.05, "生产方风险：p1 时被拒收的概率上限 / producer's risk at p1 (0.05)"),
        ("--p2", None, "使用方不可接受的质量水平 / bad quality, the consumer's point"),
        ("--beta", 0.10, "使用方风险：p2 时被接收的概率上限 / consumer's risk at p2 (0.10)"),
    ):
        parser.add_argument(
            name, required=default is None, default=default, type=_number(name), metavar="P", help=words
        )


def _add_curve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--n", default=(), type=_wholes("--n"), metavar="N[,N]", help="各次样本量 / size of each stage"
    )
    parser.add_argument("--c", default=(), type=_wholes("--c"), metavar="C[,C]", help="接收数 / acceptance numbers")
    parser.add_argument("--r", default=(), type=_wholes("--r"), metavar="R[,R]", help="拒收数 / rejection numbers")
    parser.add_argument("--k", default=None, type=_number("--k"), metavar="K", help="接收常数（正态）/ constant k")
    parser.add_argument("--aql", default=None, type=_number("--aql"), metavar="A", help="与 --lot 连用 / with --lot")
    parser.add_argument(
        "--quality", default=_QUALITIES, type=_numbers("--quality"), metavar="P,P,…",
        help="质量水平，逗号分隔 / qualities, with commas",
    )  # fmt: skip


def _add_size(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--margin", required=True, type=_number("--margin"), metavar="D", help="误差限（半宽）/ half width, 0 to 1"
    )
    parser.add_argument(
        "--expected", default=0.5, type=_number("--expected"), metavar="P", help="预计比例 / share (0.5)"
    )
    parser.add_argument(
        "--confidence", default=0.95, type=_number("--confidence"), metavar="C", help="置信水平 / confidence (0.95)"
    )
    parser.add_argument(
        "--population", default=None, type=_whole("--population", 1), metavar="N", help="总体 / units in all"
    )
    parser.add_argument(
        "--method", default="normal", metavar="M",
        type=_word("--method", {one: one for one in ("normal", "wilson", "exact")}),
        help="区间 / the interval: normal, wilson, exact",
    )  # fmt: skip


def _plan(arguments: argparse.Namespace) -> int:
    found = sampling.lot_plan(arguments.lot, arguments.level, arguments.aql)
    value: dict[str, Any] = {"code_letter": found.code_letter, "n": found.n, "ac": found.ac, "re": found.re}
    lines = [f"字码 code letter {found.code_letter}: n = {found.n}, Ac = {found.ac}, Re = {found.re}"]
    if found.plan_letter != found.code_letter:
        value["plan_letter"] = found.plan_letter
        lines.append(f"按箭头改用字码 {found.plan_letter} 的方案 / an arrow leads to the plan of {found.plan_letter}")
    if found.inspect_all:
        value |= {"inspect_all": True, "table_n": found.table_n}
        lines.append(
            f"按表应抽 {found.table_n}，不小于批量 {arguments.lot}，应全数检验 / "
            f"the table asks for {found.table_n}, which is not under the lot of {arguments.lot}: inspect all of it"
        )
    return answer(arguments, value, "\n".join(lines))


def _find(arguments: argparse.Namespace) -> int:
    kind = arguments.distribution or "binomial"
    risks = sampling.Risks(arguments.p1, arguments.alpha, arguments.p2, arguments.beta)
    if kind == "normal":
        variables = sampling.find_variables_plan(risks, sigma_known=arguments.sigma == "known")
        known = {"n": variables.n, "k": variables.k, "sigma": arguments.sigma}
        return answer(arguments, known, f"n = {variables.n}, k = {variables.k:.6g} (σ {arguments.sigma})")
    plan = sampling.find_attributes_plan(risks, cast("sampling.Kind", kind), _lot(arguments, kind))
    value = {"n": plan.n[0], "c": plan.c[0], "r": plan.r[0]}
    return answer(arguments, value, f"n = {value['n']}, c = {value['c']}, r = {value['r']} ({kind})")


def _curve(arguments: argparse.Namespace) -> int:
    kind = arguments.distribution or ("normal" if arguments.k is not None else "binomial")
    if kind == "normal":
        if arguments.k is None or len(arguments.n) != 1:
            raise InputError("正态方案需要 --n 和 --k。", "A plan by variables needs --n and --k.")
        variables = sampling.VariablesPlan(arguments.n[0], arguments.k, sigma_known=arguments.sigma == "known")
        accepted = sampling.variables_acceptance(variables, arguments.quality)
        rows: list[dict[str, float]] = [
            {"quality": quality, "accept": float(one)}
            for quality, one in zip(arguments.quality, accepted, strict=True)
        ]
    else:
        lot = _lot(arguments, kind)
        rows = _course(sampling.course(_attributes(arguments), arguments.quality, cast("sampling.Kind", kind), lot))
    table = [tuple(rows[0]), *((f"{value:.6g}" for value in row.values()) for row in rows)] if rows else []
    return answer(arguments, rows, columns([tuple(one) for one in table]))


def _course(found: sampling.Course) -> list[dict[str, float]]:
    held = {"quality": found.quality, "accept": found.accept, "asn": found.asn, "aoq": found.outgoing}
    if not np.isnan(found.ati).all():
        held["ati"] = found.ati
    return [dict(zip(held, map(float, row), strict=True)) for row in zip(*held.values(), strict=True)]


def _attributes(arguments: argparse.Namespace) -> sampling.AttributesPlan:
    if arguments.n:
        if len(arguments.c) != len(arguments.n) or (len(arguments.n) > 2 and not arguments.r):
            raise InputError(
                f"--n 有 {len(arguments.n)} 个数，--c 有 {len(arguments.c)} 个；每次抽样都要有，三次以上还要 --r。",
                f"--n has {len(arguments.n)} numbers and --c has {len(arguments.c)}: every stage needs one, and from "
                "three stages on --r too.",
            )
        return sampling.AttributesPlan(
            arguments.n, arguments.c, arguments.r or (arguments.c[-1] + 1,) * len(arguments.n)
        )
    if arguments.lot and arguments.aql is not None:
        found = sampling.lot_plan(arguments.lot, arguments.level, arguments.aql)
        return sampling.single_plan(found.n, found.ac)
    raise InputError(
        "请用 --n 和 --c 给出方案，或用 --lot 和 --aql 由 GB/T 2828.1 查表。",
        "Give the plan by --n and --c, or by --lot and --aql from the tables of GB/T 2828.1.",
    )


def _lot(arguments: argparse.Namespace, kind: str) -> int:
    if kind == "hypergeom" and not arguments.lot:
        raise InputError(
            "超几何分布需要批量：请加 --lot N。", "The hypergeometric needs the size of the lot: add --lot N."
        )
    return int(arguments.lot)


def _size(arguments: argparse.Namespace) -> int:
    n = for_proportion(
        arguments.margin,
        expected=arguments.expected,
        confidence=arguments.confidence,
        population=arguments.population,
        method=arguments.method,
    )
    return answer(arguments, {"n": n}, f"n = {n}")


def _whole(name: str, least: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        try:
            value = int(text.replace(",", "").replace("_", ""))
        except ValueError:
            value = least - 1
        if value < least:
            raise InputError(
                f"{name} 应为不小于 {least} 的整数，得到“{text}”。",
                f"{name} must be a whole number of {least} or more, and it is “{text}”.",
            )
        return value

    return read


def _number(name: str) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            value = float(text.removesuffix("%")) / (100.0 if text.endswith("%") and name != "--aql" else 1.0)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise InputError(f"{name} 应为数，得到“{text}”。", f"{name} must be a number, and it is “{text}”.")
        return value

    return read


def _numbers(name: str) -> Callable[[str], tuple[float, ...]]:
    one = _number(name)
    return lambda text: tuple(one(part) for part in text.split(",") if part.strip())


def _wholes(name: str) -> Callable[[str], tuple[int, ...]]:
    one = _whole(name, 0)
    return lambda text: tuple(one(part) for part in text.split(",") if part.strip())


def _word(name: str, known: dict[str, str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        word = _ALIASES.get(text.lower(), text.lower())
        if word in known or not text:
            return word
        hint = nearest(word, known)
        raise InputError(
            f"{name} 应为 {'、'.join(known)} 之一，得到“{text}”" + (f"，是否指 {hint}？" if hint else "。"),
            f"{name} must be one of {', '.join(known)}, and it is “{text}”"
            + (f"; did you mean {hint}?" if hint else "."),
        )

    return read
