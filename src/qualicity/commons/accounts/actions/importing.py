"""Many people at once, from a workbook or a CSV file: all of them, or none and every fault by its row."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from django.db import transaction
from python_calamine import CalamineError, CalamineWorkbook

from qualicity.commons.accounts.actions import people
from qualicity.commons.audit import actions as audit
from qualicity.errors import FileError, InputError, NotFoundError, Text, WrongFileError

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person

LARGEST = 5 * 1024**2
HEADINGS = {
    "username": ("用户名", "username", "user name", "账号"),
    "name": ("姓名", "name"),
    "organisation": ("单位", "单位代码", "organisation", "organization"),
    "roles": ("角色", "roles", "role"),
}
SEPARATORS = re.compile(r"[,，;；、\s]+")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody just made, with the first password that is to be handed over."""

    person: Person
    password: str


def import_people(*, file: BinaryIO, by: Person) -> tuple[Newcomer, ...]:
    """Make everybody that the file names; nobody when one row cannot be used.

    The first row names the columns: user name, name, organisation (code), roles (codes, separated by commas).
    FileError when it cannot be read, InputError naming each faulty row.
    """
    made: list[Newcomer] = []
    faults: list[Text] = []
    with transaction.atomic():
        for number, row in _rows(file):
            try:
                person, password = people.create_person(
                    username=row["username"],
                    name=row["name"],
                    organisation=row["organisation"] or None,
                    roles=SEPARATORS.split(row["roles"]),
                    by=by,
                )
            except (InputError, NotFoundError) as error:
                faults.append(Text(f"第 {number} 行：{error.text.zh}", f"row {number}: {error.text.en}"))
                continue
            made.append(Newcomer(person, password))
        if faults:
            raise InputError(
                f"有 {len(faults)} 行无法使用，未导入任何人。" + " ".join(one.zh for one in faults[:20]),
                f"{len(faults)} rows cannot be used; nobody was imported. " + " ".join(one.en for one in faults[:20]),
            )
        audit.record(by=by, verb="people.import", subject="people", detail={"people": len(made)})
    return tuple(made)


def _rows(file: BinaryIO) -> list[tuple[int, dict[str, str]]]:
    table = _table(file)
    columns = _columns(table[0] if table else [])
    found = []
    for number, cells in enumerate(table[1:], start=2):
        row = {name: cells[place].strip() if place < len(cells) else "" for name, place in columns.items()}
        if any(row.values()):
            found.append((number, row))
    if not found:
        raise FileError("文件里没有人员。", "The file names nobody.")
    return found


def _columns(headings: list[str]) -> dict[str, int]:
    known = [heading.strip().lower().rstrip("*＊ ") for heading in headings]
    columns = {
        name: next((known.index(word) for word in words if word in known), -1) for name, words in HEADINGS.items()
    }
    missing = [HEADINGS[name][0] for name, place in columns.items() if place < 0]
    if missing:
        raise WrongFileError(
            f"第一行应有列：用户名、姓名、单位、角色；缺少 {'、'.join(missing)}。",
            f"The first row should name username, name, organisation, roles; missing: {', '.join(missing)}.",
        )
    return columns


def _table(file: BinaryIO) -> list[list[str]]:
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise FileError("人员名单不应超过 5 MB。", "A list of people should not be larger than 5 MB.")
    if content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        try:
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
            return [[_cell(one) for one in row] for row in workbook.get_sheet_by_index(0).to_python()]
        except CalamineError as error:
            raise FileError("这个工作簿无法读取。", "This workbook cannot be read.") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return list(csv.reader(io.StringIO(content.decode(encoding))))
        except UnicodeDecodeError:
            continue
    raise FileError(
        "文件编码无法识别，请存为 UTF-8 或 Excel。", "The encoding is unknown; save it as UTF-8 or Excel."
    )


def _cell(value: object) -> str:
    # a user name of digits comes out of a workbook as 101.0
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
