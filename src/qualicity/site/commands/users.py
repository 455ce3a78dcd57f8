"""``qualicity users``: who signs in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qualicity.commons.accounts import actions, queries
from qualicity.errors import InputError, Text
from qualicity.site.answering import answer, columns

if TYPE_CHECKING:
    import argparse

    from qualicity.commons.accounts.models import Person

HELP = Text(
    zh="人员：列出、新增、从 Excel 导入、重置密码、停用",
    en="people: list, add, import from Excel, reset a password, deactivate",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    listed = verbs.add_parser("list", help="列出人员 / list the people")
    listed.add_argument("--all", action="store_true", help="包括已停用的 / also the deactivated")
    add = verbs.add_parser("add", help="新增一人 / add one person")
    add.add_argument("username", metavar="USERNAME")
    add.add_argument("--name", default="", help="姓名或岗位 / name or post")
    add.add_argument("--organisation", metavar="CODE", help="所属单位代码 / code of their organisation")
    add.add_argument(
        "--role", action="append", required=True, metavar="ROLE", help="角色，可多次 / role; may be repeated"
    )
    many = verbs.add_parser("import", help="从 Excel 或 CSV 导入 / import from a workbook or CSV")
    many.add_argument("file", type=Path, metavar="FILE")
    for name, words in (
        ("reset-password", "重置密码，不需要电子邮件 / give a new password, without e-mail"),
        ("deactivate", "停用 / let a person sign in no longer"),
        ("activate", "恢复 / let a person sign in again"),
    ):
        verbs.add_parser(name, help=words).add_argument("username", metavar="USERNAME")
    for one in verbs.choices.values():
        one.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the sub-commands."""
    by = queries.operator()
    if arguments.verb == "list":
        found = list(queries.people(by=by, inactive=arguments.all))
        return answer(
            arguments, [_as_json(one) for one in found], columns(list(_as_json(one).values()) for one in found) or "—"
        )
    if arguments.verb == "add":
        newcomers = [
            actions.Newcomer(
                *actions.create_person(
                    username=arguments.username,
                    name=arguments.name,
                    organisation=arguments.organisation,
                    roles=arguments.role,
                    by=by,
                )
            )
        ]
        return _hand_over(arguments, newcomers, many=False)
    if arguments.verb == "import":
        return _hand_over(arguments, _import(arguments.file, by), many=True)
    person = queries.person(arguments.username)
    if arguments.verb == "reset-password":
        return _hand_over(
            arguments, [actions.Newcomer(person, actions.reset_password(person=person, by=by))], many=False
        )
    actions.set_active(person=person, active=arguments.verb == "activate", by=by)
    return answer(arguments, _as_json(person), "已完成 / done")


def _import(path: Path, by: Person) -> list[actions.Newcomer]:
    if not path.is_file():
        raise InputError(f"没有文件“{path}”。", f"There is no file “{path}”.")
    with path.open("rb") as file:
        return list(actions.import_people(file=file, by=by))


def _hand_over(arguments: argparse.Namespace, newcomers: list[actions.Newcomer], *, many: bool) -> int:
    value = [_as_json(one.person) | {"password": one.password} for one in newcomers]
    head = "初始密码（首次登录时更换）/ first passwords (changed at the first sign-in):\n"
    lines = columns((one.person.username, one.person.name, one.password) for one in newcomers)
    return answer(arguments, value if many else value[0], head + lines)


def _as_json(person: Person) -> dict[str, object]:
    return {
        "username": person.username,
        "name": person.name,
        "organisation": person.organisation.code if person.organisation else "",
        "roles": ",".join(person.roles),
        "is_active": person.is_active,
    }
