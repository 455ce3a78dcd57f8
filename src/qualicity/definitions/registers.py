"""The schema of a register: one typed table of evidence."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from qualicity.definitions.model import Code, Filter, Model, Scalar, Words
from qualicity.errors import Text

ColumnType = Literal[
    "text", "integer", "number", "date", "datetime", "boolean", "code", "place", "enterprise", "gtin"
]
TYPES: dict[str, Text] = {
    "text": Text("文本", "text"),
    "integer": Text("整数", "integer"),
    "number": Text("数值", "number"),
    "date": Text("日期", "date"),
    "datetime": Text("日期时间", "date and time"),
    "boolean": Text("是/否", "yes/no"),
    "code": Text("代码", "code"),
    "place": Text("地区", "place"),
    "enterprise": Text("企业代码", "enterprise code"),
    "gtin": Text("商品条码", "GTIN"),
}
"""What the types are called."""
Grain = Literal["flow", "stock", "profile"]
Period = Literal["month", "quarter", "year"]


class CodeValue(Model):
    """One allowed code of a column, with the label that people read and may type."""

    code: str = Field(min_length=1, max_length=60)
    title: Words


class Column(Model):
    """One column: its machine name, its heading on paper, its type and its bounds.

    Types: ``text`` · ``integer`` · ``number`` · ``date`` · ``datetime`` · ``boolean`` · ``code`` (one of ``codes``) ·
    ``place`` (a code or name known to the plan, or any GB/T 2260 code) · ``enterprise`` (unified social credit code,
    or the older organisation code) · ``gtin`` (GS1 number with check digit).
    """

    name: Code
    title: Words
    type: ColumnType
    required: bool = True
    unit: str | None = None
    codes: tuple[CodeValue, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    decimals: int | None = None
    max_length: int = 200
    pattern: str | None = None
    example: str | None = None
    note: Words | None = None

    @property
    def type_words(self) -> Text:
        """Return what the type is called."""
        return TYPES[self.type]


class Compare(Model):
    """A rule between two columns, or a column and a value: ``left op right``, asked only where both are given."""

    left: Code
    op: Literal["<=", "<", ">=", ">", "==", "!="]
    right: Code | None = None
    value: float | None = None


class Requirement(Model):
    """A rule that a column must be given (or must be empty) on the rows that a filter keeps."""

    column: Code
    when: Filter
    must_be: Literal["given", "empty"] = "given"


class Rule(Model):
    """One check across columns, with the reason and the way to mend."""

    code: Code
    title: Words
    why: Words
    mend: Words
    severity: Literal["error", "warning"] = "error"
    compare: Compare | None = None
    requirement: Requirement | None = None


class Evenness(Model):
    """Where rates are examined for implausible evenness: share of rows that pass, by a column."""

    passing: Filter
    by: Code


class Integrity(Model):
    """Which examinations for invented data make sense for this register; each makes warnings, never verdicts."""

    digits: tuple[Code, ...] = ()
    outliers: tuple[Code, ...] = ()
    repeats: tuple[Code, ...] = ()
    evenness: Evenness | None = None
    reproducible: Literal["daily_aqi", "hourly_aqi", "water_class"] | None = None


class Register(Model):
    """One typed table of evidence: from this come schema, template, JSON schema and handbook page.

    ``key`` tells rows apart. In a ``stock`` whose key holds its ``date``, a thing may be stated again on a later day,
    and the latest statement counts; ``identity`` is then what tells the things apart.
    """

    code: Code
    title: Words
    purpose: Words
    grain: Grain
    basis: Literal["census", "sample"]
    level: Literal["city", "county", "point"]
    place: Code
    date: Code
    period: Period
    key: tuple[Code, ...] = Field(min_length=1)
    columns: tuple[Column, ...] = Field(min_length=1)
    rules: tuple[Rule, ...] = ()
    integrity: Integrity = Integrity()
    source: Words | None = None

    def column(self, name: str) -> Column:
        """Return the column of that name; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def identity(self) -> tuple[str, ...]:
        """Return what tells one thing from another: the key, for a stock without the day of the statement."""
        if self.grain != "stock":
            return self.key
        return tuple(name for name in self.key if name != self.date) or self.key

    @property
    def names(self) -> tuple[str, ...]:
        """Return the column names in order."""
        return tuple(column.name for column in self.columns)


__all__ = [
    "CodeValue",
    "Column",
    "Compare",
    "Evenness",
    "Integrity",
    "Register",
    "Requirement",
    "Rule",
    "Scalar",
]
