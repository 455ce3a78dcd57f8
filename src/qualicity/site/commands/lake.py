"""``qualicity lake``: the state of the lake and its upkeep."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import Text
from qualicity.evidence.submissions import actions, queries

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

HELP = Text(zh="数据湖：状态、合并小文件、清理、核对", en="the lake: state, merge small files, clean up, verify")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    status = verbs.add_parser("status", help="各台账的版本与行数 / version and rows of each register")
    compact = verbs.add_parser("compact", help="合并小文件 / merge small files")
    vacuum = verbs.add_parser("vacuum", help="删除不属于任何版本的文件 / delete files that no version needs")
    verify = verbs.add_parser("verify", help="与数据库记录核对 / compare with what the database recorded")
    for one in (compact, vacuum):
        one.add_argument("register", nargs="*", metavar="REGISTER", help="默认全部 / default: all")
    for one in (status, compact, vacuum, verify):
        one.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the sub-commands."""
    verbs: dict[str, Callable[[argparse.Namespace], int]] = {
        "status": _status, "compact": _compact, "vacuum": _vacuum, "verify": _verify,
    }  # fmt: skip
    return verbs[arguments.verb](arguments)


def _say(arguments: argparse.Namespace, value: Any, lines: list[str]) -> None:
    text = json.dumps(value, ensure_ascii=False, default=str) if arguments.json else "\n".join(lines)
    sys.stdout.write(text + "\n")


def _status(arguments: argparse.Namespace) -> int:
    tables = [one for one in queries.pointers() if one.version is not None]
    value = [
        {"register": one.code, "version": one.version, "rows": one.rows, "changed_at": one.changed_at,
         "files": len(queries.lake_files(one.code, int(one.version or 0)))}
        for one in tables
    ]  # fmt: skip
    lines = [f"{one['register']:28} v{one['version']:<6}{one['rows']:>12,}  {one['files']} files" for one in value]
    _say(arguments, value, lines or ["数据湖为空。/ The lake is empty."])
    return 0


def _registers(arguments: argparse.Namespace) -> list[str]:
    return arguments.register or sorted(queries.versions())


def _compact(arguments: argparse.Namespace) -> int:
    by = accounts.operator()
    done = [actions.compact(register=code, by=by) for code in _registers(arguments)]
    _say(
        arguments, [asdict(one) for one in done], [f"{one.register}: v{one.before} → v{one.version}" for one in done]
    )
    return 0


def _vacuum(arguments: argparse.Namespace) -> int:
    by = accounts.operator()
    done = [actions.vacuum(register=code, by=by) for code in _registers(arguments)]
    _say(arguments, [asdict(one) for one in done], [f"{one.register}: {one.files} files" for one in done])
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    compared = actions.verify_lake(by=accounts.operator())
    faults = [one for one in compared if not one.ok]
    value = {"ok": not faults, "versions": len(compared), "faults": [asdict(one) for one in faults]}
    lines = [f"{one.register} v{one.version}: {one.fault}" for one in faults]
    _say(arguments, value, lines or [f"{len(compared)} 个版本均与记录一致 / versions all as recorded"])
    return 1 if faults else 0
