"""One way to ask for rows, for page and API alike: filters, search, and pages by a cursor that survives changes."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import polars as pl
from django.core import signing

from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import InputError, NotFoundError, nearest
from qualicity.publication.opendata.queries.shelf import Edition, edition, shown
from qualicity.publication.opendata.queries.typed import TYPES, plain_rows

if TYPE_CHECKING:
    from qualicity.definitions.open_tables import OpenField, OpenTable
    from qualicity.publication.opendata.queries.shelf import Shown

MOST = 200
"""Rows of one page at most."""
LONGEST = 60
"""Characters of a search or a filter's value at most."""
_SALT = "opendata.cursor"


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a table: what was asked, how many there are in all, and the cursor of the page after this."""

    table: OpenTable
    edition: Edition
    frame: pl.DataFrame
    total: int
    next: str | None
    filters: Mapping[str, str]
    search: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return the rows as plain objects: the table's fields, dates as text."""
        return plain_rows(self.table, self.frame)


def askable() -> frozenset[str]:
    """Return every name that a page may be asked with."""
    tables = catalogue().open_tables.values()
    fields = {one.code for table in tables for one in table.fields if one.filter or one.code in table.key}
    return frozenset(fields | {"q", "after", "limit"})


def rows(
    code: str,
    *,
    filters: Mapping[str, str] | None = None,
    search: str = "",
    after: str = "",
    limit: int = 50,
    now: Edition | None = None,
) -> Page:
    """Return a page of a table in its order; InputError names what cannot be asked and what can.

    ``after`` is the cursor of the page before. It holds the last row's place in the order, not a number of rows, so
    that rows which come or go meanwhile are neither shown twice nor passed over.
    """
    now = now or edition()
    seen = shown(now, code)
    table, frame = seen.table, seen.frame
    asked = {name: value for name, value in (filters or {}).items() if value}
    if search := _short(search.strip(), "q"):
        frame = frame.filter(_searchable(seen, search))
    for name, value in asked.items():
        frame = frame.filter(_equals(table, name, value))
    total = frame.height
    if after:
        frame = frame.filter(_beyond(table, _read_cursor(table, after)))
    limit = _limit(limit)
    page = frame.head(limit)
    further = _cursor(table, page) if frame.height > limit else None
    return Page(table, now, page, total, further, asked, search)


def row(code: str, key: tuple[Any, ...], *, now: Edition | None = None) -> dict[str, Any]:
    """Return one row by its key; NotFoundError where there is none, or none any more, in the same words."""
    now = now or edition()
    seen = shown(now, code)
    number = seen.at.get(key)
    if number is None:
        raise NotFoundError(
            f"“{seen.table.title.zh}”中没有这一条，或公示期已满。",
            f"There is no such entry in “{seen.table.title.en}”, or its time of publication is over.",
        )
    return plain_rows(seen.table, seen.frame[number : number + 1])[0]


def key_of(table: OpenTable, text: str) -> tuple[Any, ...]:
    """Return a key as it is written in an address: its fields with ``~`` between them; InputError names them."""
    parts = text.split("~")
    if len(parts) != len(table.key):
        raise InputError(
            f"“{table.code}”的主键是 {'~'.join(table.key)}。", f"The key of “{table.code}” is {'~'.join(table.key)}."
        )
    return tuple(_value(table.field(code), part) for code, part in zip(table.key, parts, strict=True))


def related(code: str, field: str, value: str, *, now: Edition | None = None) -> list[dict[str, Any]]:
    """Return the rows of a table that name a key of another in a field."""
    now = now or edition()
    seen = shown(now, code)
    numbers = _by_field(seen, field).get(value, ())
    return plain_rows(seen.table, seen.frame[list(numbers)]) if numbers else []


def whole(code: str, *, now: Edition | None = None) -> pl.DataFrame:
    """Return every row of a table."""
    return shown(now or edition(), code).frame


# The memory is small and goes by the identity of what is shown, which is itself kept by edition.
_FIELDS: dict[tuple[int, str], tuple[pl.DataFrame, dict[str, tuple[int, ...]]]] = {}


def _by_field(seen: Shown, field: str) -> dict[str, tuple[int, ...]]:
    key = (id(seen.frame), field)
    known = _FIELDS.get(key)
    if known and known[0] is seen.frame:
        return known[1]
    found: dict[str, list[int]] = {}
    for number, value in enumerate(seen.frame.get_column(field).to_list()):
        if value is not None:
            found.setdefault(value, []).append(number)
    kept = {value: tuple(numbers) for value, numbers in found.items()}
    if len(_FIELDS) > 64:
        _FIELDS.clear()
    _FIELDS[key] = (seen.frame, kept)
    return kept


def _equals(table: OpenTable, name: str, value: str) -> pl.Expr:
    allowed = [one.code for one in table.fields if one.filter or one.code in table.key]
    if name not in allowed:
        like = nearest(name, allowed)
        raise InputError(
            f"“{table.code}”不能按“{name[:60]}”筛选。"
            + (f"是否指“{like}”？" if like else f"可用：{'、'.join(allowed)}。"),
            f"“{table.code}” cannot be filtered by “{name[:60]}”."
            + (f" Did you mean “{like}”?" if like else f" It can by: {', '.join(allowed)}."),
        )
    return pl.col(name) == pl.lit(_value(table.field(name), _short(value, name)), dtype=TYPES[table.field(name).type])


def _value(field: OpenField, text: str) -> Any:
    readers: dict[str, Callable[[str], Any]] = {
        "integer": int,
        "number": float,
        "date": date.fromisoformat,
        "boolean": _boolean,
    }
    try:
        return readers.get(field.type, str)(text)
    except ValueError as error:
        raise InputError(
            f"“{field.code}”的值“{text}”不是{field.type}。", f"“{text}” given for “{field.code}” is no {field.type}."
        ) from error


def _boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


def _short(text: str, name: str) -> str:
    if len(text) > LONGEST or "\x00" in text:
        raise InputError(f"“{name}”最多 {LONGEST} 个字符。", f"“{name}” takes {LONGEST} characters at most.")
    return text


def _limit(limit: int) -> int:
    if not 1 <= limit <= MOST:
        raise InputError(f"limit 应在 1 到 {MOST} 之间。", f"limit must be between 1 and {MOST}.")
    return limit


def _searchable(seen: Shown, search: str) -> pl.Series:
    """Return which rows of a whole table hold the words, in the fields to be searched or the initials of names."""
    needle = search.lower()
    if not any(one.search for one in seen.table.fields):
        raise InputError(f"“{seen.table.code}”不能检索。", f"“{seen.table.code}” cannot be searched.")
    return _haystack(_Held(seen)).str.contains(needle, literal=True)


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """A table held so that its identity stays its own while the memory knows it."""

    seen: Shown

    def __hash__(self) -> int:
        return hash(id(self.seen.frame))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.seen.frame is self.seen.frame


@lru_cache(maxsize=24)
def _haystack(held: _Held) -> pl.Series:
    """Return for each row all that is searched in it, in lower case, made once for a table as it is shown."""
    table, frame = held.seen.table, held.seen.frame
    codes = [one.code for one in table.fields if one.search and one.type == "text"]
    names = [code for code in codes if code not in table.key]
    read = [
        "\n".join(registry.initials(one) for one in cells if one) for cells in frame.select(names).iter_rows()
    ] if names else [""] * frame.height  # fmt: skip
    words = pl.concat_str([pl.col(code).str.to_lowercase() for code in codes], separator="\n", ignore_nulls=True)
    return frame.select(words + "\n" + pl.Series(read, dtype=pl.String)).to_series()


def _cursor(table: OpenTable, page: pl.DataFrame) -> str:
    last = page.tail(1).select([name for name, _ in table.ordering])
    values = [one.isoformat() if isinstance(one, date) else one for one in last.row(0)]
    written = json.dumps([table.code, *values], ensure_ascii=False, separators=(",", ":")).encode()
    return signing.Signer(salt=_SALT).sign(base64.urlsafe_b64encode(written).decode().rstrip("="))


def _read_cursor(table: OpenTable, cursor: str) -> list[Any]:
    try:
        text = signing.Signer(salt=_SALT).unsign(cursor[:2000])
        read: list[Any] = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        code, values = read[0], read[1:]
        if code != table.code or len(values) != len(table.ordering):
            raise ValueError(code)
    except (signing.BadSignature, ValueError) as error:
        raise InputError(
            "游标不可用：请原样使用上一页给出的 next，或从头读起。",
            "The cursor cannot be used: send the “next” of the page before as it is, or begin anew.",
        ) from error
    return values


def _beyond(table: OpenTable, values: list[Any]) -> pl.Expr:
    """Return what comes after a row in the table's order, where whatever is empty comes last."""
    beyond, same = pl.lit(value=False), pl.lit(value=True)
    for (name, descending), written in zip(table.ordering, values, strict=True):
        cells = pl.col(name)
        if written is None:
            same = same & cells.is_null()
            continue
        kind = TYPES[table.field(name).type]
        value = pl.lit(date.fromisoformat(written) if table.field(name).type == "date" else written).cast(kind)
        further = (cells < value) if descending else (cells > value)
        beyond = beyond | (same & (further.fill_null(value=True)))
        same = same & (cells == value).fill_null(value=False)
    return beyond
