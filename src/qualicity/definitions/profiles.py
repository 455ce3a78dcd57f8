"""The schema of a profile: how a foreign file, which matches no template, becomes rows of a register."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from qualicity.definitions.model import Code, Filter, Model, RegisterCode, Scalar, Words
from qualicity.definitions.registers import Register
from qualicity.errors import Text, nearest


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return text


Pattern = Annotated[str, AfterValidator(_pattern)]
"""A regular expression, checked as the definition loads."""


class Reads(Model):
    """What the foreign file looks like.

    ``columns`` names the cells of a file without headings; ``encodings`` narrows what a text file may be in (empty:
    UTF-8, UTF-16 with mark, GB18030, in this order); ``skip_rows`` are rows above the headings or the data;
    ``missing`` are words that mean an empty cell anywhere.
    """

    format: Literal["any", "csv", "workbook", "parquet"] = "any"
    encodings: tuple[Literal["utf-8", "utf-16", "gb18030"], ...] = ()
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    header: bool = True
    columns: tuple[str, ...] = ()
    skip_rows: int = Field(default=0, ge=0)
    sheet: str | None = None
    missing: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _columns_where_there_are_no_headings(self) -> Self:
        if self.header == bool(self.columns):
            raise ValueError("columns must be named exactly where header is false")
        return self


class Derived(Model):
    """Where one column of the register comes from, and what is done to it, in this order.

    Source, one of: ``heading`` (one heading, or several of which the first one present counts) · ``join`` (headings
    put together by ``separator``) · ``digest`` (a stable key of sixteen characters over headings) · ``constant``.
    Then: ``missing`` words become empty · ``strip`` (a regular expression whose matches are removed) · ``extract``
    (group 1 of a regular expression, else empty) · ``values`` (a map; ``otherwise`` says what becomes of other
    values) · ``matching`` (regular expression → value, the first that fits counts) · ``formats`` (of dates, as in
    strptime) · ``factor`` (for another unit) · ``default`` for what is empty then. ``optional``: the heading may be
    absent.
    """

    heading: str | tuple[str, ...] | None = None
    join: tuple[str, ...] = ()
    separator: str = " "
    digest: tuple[str, ...] = ()
    constant: Scalar | None = None
    missing: tuple[str, ...] = ()
    strip: Pattern | None = None
    extract: Pattern | None = None
    values: dict[str, Scalar | None] = {}
    otherwise: Literal["keep", "empty"] = "keep"
    matching: dict[Pattern, Scalar] = {}
    formats: tuple[str, ...] = ()
    factor: float | None = None
    default: Scalar | None = None
    optional: bool = False

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        sources = [self.heading is not None, bool(self.join), bool(self.digest), self.constant is not None]
        if sum(sources) != 1:
            raise ValueError("exactly one of heading, join, digest, constant says where the column comes from")
        return self

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the foreign headings that this column may read."""
        if self.heading is None:
            return self.join or self.digest
        return (self.heading,) if isinstance(self.heading, str) else self.heading


class Test(Model):
    """Which rows of the foreign file are meant; everything that is given must hold.

    ``when``: a filter on foreign headings · ``matching``: heading → regular expression that its text must contain ·
    ``same``: two headings with the same text · ``repeats``: rows equal to an earlier row in every cell, save those
    under the headings of ``ignoring``.
    """

    __test__ = False  # no test case, whatever its name suggests to pytest

    when: Filter = {}
    matching: dict[str, Pattern] = {}
    same: tuple[str, str] | None = None
    repeats: bool = False
    ignoring: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if not (self.when or self.matching or self.same or self.repeats):
            raise ValueError("a test must ask something: when, matching, same or repeats")
        return self

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the foreign headings that the test reads."""
        return (*self.when, *self.matching, *(self.same or ()), *self.ignoring)


class LeaveOut(Test):
    """Rows that do not belong into the register, and why; they are named in the submission, not counted as faulty."""

    why: Words


class Doubt(Test):
    """Something that is known to be dirty in such files: a finding on each row it concerns."""

    code: Code
    column: str | None = None
    severity: Literal["error", "warning"] = "warning"
    expected: Words
    why: Words
    mend: Words


class Profile(Model):
    """How one kind of foreign file is read into one register."""

    code: Code
    register_code: RegisterCode
    title: Words
    text: Words | None = None
    reads: Reads = Reads()
    columns: dict[Code, Derived] = Field(min_length=1)
    leave_out: tuple[LeaveOut, ...] = ()
    findings: tuple[Doubt, ...] = ()

    def mistakes(self, register: Register) -> Iterator[tuple[tuple[str | int, ...], Text]]:
        """Yield what does not fit the register: the key path within the profile, and a sentence."""
        known = register.names
        for name in self.columns:
            if name not in known:
                yield ("columns", name), _unknown(name, known, register)
        for column in register.columns:
            if column.required and column.name not in self.columns:
                yield (
                    ("columns",),
                    Text(
                        f"台账“{register.code}”的必填列“{column.name}”没有来源",
                        f"required column “{column.name}” of register “{register.code}” comes from nowhere",
                    ),
                )
        if self.reads.columns:
            yield from self._unnamed()

    def _unnamed(self) -> Iterator[tuple[tuple[str | int, ...], Text]]:
        """Yield headings that a file without headings cannot have."""
        places: list[tuple[tuple[str | int, ...], tuple[str, ...]]] = [
            (("columns", name), derived.headings) for name, derived in self.columns.items()
        ]
        places += [(("leave_out", number), test.headings) for number, test in enumerate(self.leave_out)]
        places += [(("findings", number), test.headings) for number, test in enumerate(self.findings)]
        for path, headings in places:
            for heading in headings:
                if heading not in self.reads.columns:
                    like = nearest(heading, self.reads.columns) or self.reads.columns[0]
                    yield (
                        path,
                        Text(
                            f"reads.columns 中没有“{heading}”；是否指“{like}”？",
                            f"reads.columns names no “{heading}”; did you mean “{like}”?",
                        ),
                    )


def _unknown(name: str, known: tuple[str, ...], register: Register) -> Text:
    like = nearest(name, known) or known[0]
    return Text(
        f"台账“{register.code}”没有列“{name}”；是否指“{like}”？",
        f"register “{register.code}” has no column “{name}”; did you mean “{like}”?",
    )
