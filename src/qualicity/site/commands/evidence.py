"""``qualicity evidence``: pack what proves an assessment, and verify such an archive on any machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.engines.archives import verifying
from qualicity.errors import IntegrityError, NotPossibleError, Text
from qualicity.judgement.assessment import queries
from qualicity.judgement.assessment.actions.packages import PURPOSES, make_package
from qualicity.site.answering import answer

if TYPE_CHECKING:
    import argparse

    from qualicity.engines.archives.verifying import Verdict
    from qualicity.judgement.assessment.models import Assessment

HELP = Text(zh="证据档案：打包、核验", en="evidence archives: package, verify")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    package = verbs.add_parser("package", help="把一次考核的证据打成一个压缩包 / pack the evidence of an assessment")
    package.add_argument(
        "--assessment", type=int, metavar="N", help="考核编号（默认为当前全市自查）/ number of the assessment"
    )
    package.add_argument("--out", type=Path, required=True, metavar="FILE.zip", help="写到哪里 / where to write it")
    package.add_argument("--purpose", choices=PURPOSES, default="self_assessment", help="用途 / purpose")
    package.add_argument("--as-of", metavar="DATE", help="数据时点 / the day that figures speak for")
    verify = verbs.add_parser("verify", help="核验压缩包，不需要数据库 / verify an archive, without any database")
    verify.add_argument("file", type=Path, metavar="FILE")
    verify.add_argument(
        "--expect",
        default="",
        metavar="HASH",
        help="报告上印的清单哈希 / the manifest's hash, as printed on the report",
    )
    for one in verbs.choices.values():
        one.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the sub-commands; an archive that does not agree with itself is an error with its own exit code."""
    return _verify(arguments) if arguments.verb == "verify" else _package(arguments)


def _package(arguments: argparse.Namespace) -> int:
    by = accounts.operator()
    standing = registry.standing({"as_of": arguments.as_of} if arguments.as_of else {})
    chosen = _assessment(arguments, standing)
    made = make_package(assessment=chosen, purpose=arguments.purpose, as_of=standing.as_of, out=arguments.out, by=by)
    value = {
        "file": str(arguments.out), "assessment": chosen.pk, "as_of": made.as_of.isoformat(), "files": made.files,
        "size": made.size, "sha256": made.sha256, "manifest_sha256": made.manifest_sha256,
    }  # fmt: skip
    text = (
        f"已写入 / written: {arguments.out}（{made.files} 个文件 files, {made.size} 字节 bytes）\n"
        f"清单哈希 / hash of the manifest: {made.manifest_sha256}"
    )
    return answer(arguments, value, text)


def _assessment(arguments: argparse.Namespace, standing: registry.Standing) -> Assessment:
    by = accounts.operator()
    if arguments.assessment is not None:
        return queries.assessment(arguments.assessment, by=by)
    found = queries.current(queries.rubric_of(standing.plan), None, standing.as_of)
    if found is None:
        raise NotPossibleError(
            "还没有建立全市自查。请先运行 qualicity assessment open。",
            "No assessment of the city was opened yet. Run: qualicity assessment open",
        )
    return found


def _verify(arguments: argparse.Namespace) -> int:
    found = verifying.verify(arguments.file, expect=arguments.expect)
    answer(arguments, _plain(arguments.file, found), "\n".join(_lines(found)))
    return 0 if found.ok else IntegrityError.exit_code


def _plain(file: Path, found: Verdict) -> dict[str, Any]:
    return {
        "file": str(file), "ok": found.ok, "files": found.files, "changed": list(found.changed),
        "missing": list(found.missing), "added": list(found.added), "unsafe": list(found.unsafe),
        "hidden_bytes": found.hidden, "manifest_sha256": found.manifest_sha256,
        "manifest_matches": found.manifest_matches, "about": found.about,
    }  # fmt: skip


def _lines(found: Verdict) -> list[str]:
    lines = [f"清单哈希 / hash of the manifest: {found.manifest_sha256}"]
    if found.manifest_matches is False:
        lines.append("清单与所给哈希不符，清单本身被改动 / the manifest is not the one that was expected")
    elif found.manifest_matches is None:
        lines.append("未给 --expect，无法发现整包重做 / without --expect a wholly forged archive cannot be told")
    groups = (
        ("已改动 / changed", found.changed), ("缺失 / missing", found.missing), ("多出 / added", found.added),
        ("文件名不安全或重名 / unsafe or doubled names", found.unsafe),
    )  # fmt: skip
    lines += [f"{words}: {name}" for words, names in groups for name in names]
    if found.hidden:
        lines.append(f"有 {found.hidden} 字节不属于任何文件 / {found.hidden} bytes belong to no file")
    lines.append(f"完好 / whole: {found.files}" if found.ok else "不完好 / not whole")
    return lines
