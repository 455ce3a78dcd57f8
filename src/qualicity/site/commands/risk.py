"""``qualicity risk``: releases of the risk model of spot checks, their reports, the switch, and why a score is so."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, NotFoundError, Text
from qualicity.evidence.inspections import actions, queries
from qualicity.site.answering import answer, columns

if TYPE_CHECKING:
    import argparse

    from qualicity.commons.accounts.models import Person

HELP = Text(
    zh="风险模型：训练、报告、启用与停用、一家企业评分的由来",
    en="the risk model: make a release, its report, switch it on or off, why an enterprise has its score",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("list", help="各版本 / every release")
    make = verbs.add_parser("make", help="训练一个版本（不启用）/ make a release; it is not yet in use")
    make.add_argument("--as-of", metavar="DATE", help="只用此日及以前的结论 / only results up to this day")
    show = verbs.add_parser("show", help="一个版本的报告 / the report of a release")
    on = verbs.add_parser("on", help="启用 / switch a release on")
    off = verbs.add_parser("off", help="停用 / switch a release off")
    explain = verbs.add_parser("explain", help="一家企业评分的由来 / why an enterprise has its score")
    explain.add_argument("enterprise", metavar="USCC", help="统一社会信用代码 / credit code")
    for one in (show, explain):
        one.add_argument(
            "--release", default="", metavar="CODE", help="默认在用的或最新的 / default: in use, or latest"
        )
    for one in (on, off):
        one.add_argument("release", metavar="CODE", help="版本代码 / code of the release")
        one.add_argument("--reason", required=True, metavar="WORDS", help="理由 / why")
    for one in verbs.choices.values():
        one.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the sub-commands."""
    by = accounts.operator()
    if arguments.verb == "list":
        return _list(arguments, by)
    if arguments.verb == "make":
        new = actions.make_risk_release(by=by, as_of=_day(arguments.as_of))
        return _say(arguments, queries.risk_in_short(new), f"已训练，尚未启用 / made, not in use: {new.code}")
    if arguments.verb in ("on", "off"):
        verb = actions.switch_risk_on if arguments.verb == "on" else actions.switch_risk_off
        changed = verb(code=arguments.release, reason=arguments.reason, by=by)
        words = "已启用 / in use" if changed.in_use else "已停用 / not in use"
        return _say(arguments, queries.risk_in_short(changed), f"{words}: {changed.code}")
    found = (
        queries.risk_release(arguments.release, by=by) if arguments.release else queries.risk_release_to_show(by=by)
    )
    if found is None:
        raise NotFoundError(
            "还没有风险模型，请先训练：qualicity risk make", "There is no release yet: qualicity risk make"
        )
    if arguments.verb == "show":
        return _say(arguments, queries.risk_as_plain(found), _report(found))
    explained = queries.risk_explanation(arguments.enterprise, release=found, on=registry.today(), by=by)
    rows = [
        (one.title.zh, one.title.en, one.level or f"{one.value:.1f}", f"×{one.factor:.2f}") for one in explained.parts
    ]
    head = f"{explained.name} {explained.uscc}: {explained.score:.1%}（平均 average {explained.average:.1%}）"
    return _say(arguments, queries.risk_explained_as_plain(explained), f"{head}\n{columns(rows)}")


def _list(arguments: argparse.Namespace, by: Person) -> int:
    found = [queries.risk_in_short(one) for one in queries.risk_releases(by=by)]
    rows: list[tuple[object, ...]] = [("版本 release", "数据至 as of", "抽出倍数 gain", "AUC", "在用 in use")]
    rows += [
        (one["code"], one["as_of"], f"{one['draw_gain']:.2f}", f"{one['auc']:.3f}", "✓" if one["in_use"] else "")
        for one in found
    ]
    return _say(arguments, found, columns(rows) if found else "还没有版本。/ There is no release yet.")


def _report(found: queries.Release) -> str:
    report = found.report
    rows: list[tuple[object, ...]] = [("", "模型 model", "对照 rival", "实际次序 as done", "任意次序 any")]
    plain, rival = report.plain, report.rival
    rows += [
        ("抽出不合格的倍数 failures found", f"{plain.draw_gain:.2f}", f"{rival.draw_gain:.2f}", "", "1.00"),
        ("提前天数 days earlier", f"{plain.order.days_earlier:.1f}", f"{rival.order.days_earlier:.1f}",
         f"{report.actual.days_earlier:.1f}", f"{report.random.days_earlier:.1f}"),
        ("AUC", f"{plain.auc:.3f}", f"{rival.auc:.3f}", "", "0.500"),
        ("Brier", f"{plain.brier:.4f}", f"{rival.brier:.4f}", "", ""),
        ("ECE", f"{plain.ece:.4f}", f"{rival.ece:.4f}", "", ""),
    ]  # fmt: skip
    lines = [(one.title.zh, one.level, f"×{one.factor:.2f}") for one in queries.risk_lines(found.model)[:10]]
    head = (
        f"{found.code}: {report.fitted} → {report.later} ({report.split} – {report.until}), "
        f"不合格 failures {report.later_failures}"
    )
    return "\n".join([head, "", columns(rows), "", columns(lines)])


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(
            f"--as-of 应为日期（如 2014-06-30），得到“{text}”。",
            f"--as-of must be a date such as 2014-06-30, and it is “{text}”.",
        ) from None


def _say(arguments: argparse.Namespace, value: Any, text: str) -> int:
    plain = json.loads(json.dumps(value, default=lambda one: one.isoformat()))
    return answer(arguments, plain, text)
