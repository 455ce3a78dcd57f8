"""``qualicity register``: what registers there are, their templates and schemas, and the rows that they hold."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.engines.tables import exports, templates
from qualicity.engines.tables.schemas import json_schema
from qualicity.errors import InputError, Text
from qualicity.evidence.submissions import queries

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

HELP = Text(zh="台账：列表、说明、模板、数据", en="registers: list, description, template, rows")

MOST_ROWS = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("list", help="列出台账 / list the registers")
    show = verbs.add_parser("show", help="查看一个台账的各列 / show one register's columns")
    template = verbs.add_parser("template", help="写出填报模板 / write the template to fill in")
    schema = verbs.add_parser("schema", help="输出 JSON 架构 / print the JSON schema")
    rows = verbs.add_parser("rows", help="输出台账数据 / print or write the rows")
    for one in (show, template, schema, rows):
        one.add_argument("register", metavar="REGISTER")
    template.add_argument("file", type=Path, metavar="FILE.xlsx")
    rows.add_argument(
        "--as-known", type=date.fromisoformat, metavar="DATE", help="按该日掌握的数据 / as known on a day"
    )
    rows.add_argument("--out", type=Path, metavar="FILE", help=".csv .xlsx .parquet")
    rows.add_argument("--limit", type=int, default=100, metavar="N", help="不写文件时最多行数 / most rows to print")
    for one in verbs.choices.values():
        one.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the sub-commands."""
    verbs: dict[str, Callable[[argparse.Namespace], int]] = {
        "list": _list, "show": _show, "template": _template, "schema": _schema, "rows": _rows,
    }  # fmt: skip
    return verbs[arguments.verb](arguments)


def _say(arguments: argparse.Namespace, value: Any, text: str) -> int:
    sys.stdout.write((json.dumps(value, ensure_ascii=False, default=str) if arguments.json else text.rstrip()) + "\n")
    return 0


def _list(arguments: argparse.Namespace) -> int:
    states = queries.registers(by=accounts.operator())
    value = [
        {"code": one.register.code, "title_zh": one.register.title.zh, "title_en": one.register.title.en,
         "version": one.version, "rows": one.rows, "changed_at": one.changed_at}
        for one in states
    ]  # fmt: skip
    lines = [
        f"{one.register.code:28}{one.rows:>12,}  {one.register.title.zh} / {one.register.title.en}" for one in states
    ]
    return _say(arguments, value, "\n".join(lines))


def _show(arguments: argparse.Namespace) -> int:
    register = queries.register(arguments.register, by=accounts.operator()).register
    lines = [
        f"{register.code}  {register.title.zh} / {register.title.en}",
        register.purpose.zh,
        register.purpose.en,
        "",
    ]
    for one in register.columns:
        mark = "*" if one.required else " "
        unit = f" ({one.unit})" if one.unit else ""
        codes = "  " + " ".join(f"{code.code}={code.title.zh}" for code in one.codes) if one.codes else ""
        lines.append(f" {mark} {one.name:24}{one.type:12}{one.title.zh}{unit} / {one.title.en}{codes}")
    return _say(arguments, register.model_dump(mode="json", by_alias=True), "\n".join(lines))


def _template(arguments: argparse.Namespace) -> int:
    register = queries.register(arguments.register, by=accounts.operator()).register
    with arguments.file.open("wb") as target:
        templates.write_template(register, places=registry.places(registry.plan()), target=target)
    return _say(arguments, {"file": str(arguments.file)}, f"模板已写入 / template written: {arguments.file}")


def _schema(arguments: argparse.Namespace) -> int:
    value = json_schema(queries.register(arguments.register, by=accounts.operator()).register)
    return _say(arguments, value, json.dumps(value, ensure_ascii=False, indent=2))


def _rows(arguments: argparse.Namespace) -> int:
    by = accounts.operator()
    if arguments.out is None:
        limit = max(1, min(arguments.limit, MOST_ROWS))
        page = queries.rows(arguments.register, by=by, known_on=arguments.as_known, limit=limit)
        value = {"total": page.total, "rows": page.frame.to_dicts()}
        with pl.Config(tbl_rows=limit, tbl_cols=-1, tbl_width_chars=200, tbl_hide_dataframe_shape=True):
            return _say(arguments, value, f"{page.frame}\n{page.total}")
    frame = queries.visible_rows(
        arguments.register, by=by, narrowing=queries.Narrowing(), known_on=arguments.as_known
    ).collect()
    _write(frame, arguments.out, arguments.register)
    value = {"file": str(arguments.out), "rows": frame.height}
    return _say(arguments, value, f"已写入 / written: {arguments.out} ({frame.height:,})")


def _write(frame: pl.DataFrame, target: Path, title: str) -> None:
    if target.suffix == ".parquet":
        frame.write_parquet(target)
    elif target.suffix == ".xlsx":
        target.write_bytes(exports.to_xlsx(frame, title))
    elif target.suffix == ".csv":
        target.write_bytes(exports.to_csv(frame))
    else:
        raise InputError(
            f"不能写出“{target.suffix}”文件，可用 .csv .xlsx .parquet。",
            f"“{target.suffix}” cannot be written; use .csv, .xlsx or .parquet.",
        )
