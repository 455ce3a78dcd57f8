"""The schema of a credit scheme: where events come from, what each is worth, how it fades, what forbids a class."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from qualicity.definitions.model import Code, Filter, Model, Words
from qualicity.methods.code_mapping import VendorRange
from qualicity.methods.credit_scoring import Fading

Feed = Literal["penalties", "listings"]
"""What other desks know of enterprises and no register holds: penalties of enforcement, entries of the list of the
seriously dishonest."""
FEED_COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    "penalties": {"severity": ("slight", "ordinary", "heavy")},
    "listings": {},
}
"""The columns of a feed that a filter may ask, and their values."""
Sure = Literal["full", "excerpt", "unverified", "self_designed"]
"""How sure a text is; ``self_designed`` (自拟) is our own wording, not an official table."""
Letters = Annotated[str, Field(pattern=r"^[A-Z]{1,3}$")]
Points = Annotated[float, Field(ge=-100, le=100)]


class EventSource(Model):
    """One kind of events: the rows of a register that a filter keeps, or what another desk feeds.

    ``number`` is the column by which an event is told from all others of its kind, ``until`` the one of its end. With
    ``latest`` only the last record under the register's key counts, as in a register of stock. ``personal`` events
    may speak of a person: what they are about is shown only to those who keep the files.
    """

    code: Code
    title: Words
    source_register: Code | None = Field(default=None, alias="register")
    feed: Feed | None = None
    enterprise: Code = "enterprise"
    day: Code = "day"
    number: Code = "number"
    until: Code | None = None
    about: Code | None = None
    issuer: Code | None = None
    document: Code | None = None
    when: Filter = Field(default_factory=dict)
    latest: bool = False
    personal: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of its register that the source names."""
        named = (self.enterprise, self.day, self.number, self.until, self.about, self.issuer, self.document)
        return tuple(dict.fromkeys(one for one in named if one))


class Fade(Model):
    """How the points of an event fade: to half in so many years, in a straight line to nothing, with its validity."""

    how: Fading
    years: float = Field(default=0, ge=0, le=50)


class CreditItem(Model):
    """Points for each event of one kind, at most so many in all, and why."""

    code: Code
    title: Words
    event: Code
    points: Points
    fade: Fade = Fade(how="never")
    most: float | None = Field(default=None, gt=0, le=100)
    why: Words
    certainty: Sure


class CreditFamily(Model):
    """A family of items: its weight in percent of the total; its own points run from floor to ceiling."""

    code: Code
    title: Words
    weight: float = Field(gt=0, le=100)
    start: float = Field(default=100, ge=0, le=100)
    floor: float = Field(default=0, ge=0, le=100)
    ceiling: float = Field(default=100, ge=0, le=100)
    items: tuple[CreditItem, ...] = Field(min_length=1)


class Veto(Model):
    """What forbids a better class whatever the points: for some years after the event, or (None) while it lasts."""

    code: Code
    title: Words
    event: Code
    worst: Letters
    """The class that an enterprise is held in."""
    years: float | None = Field(default=None, gt=0, le=50)
    why: Words
    certainty: Sure


class CreditClass(Model):
    """A class of supervision: from how many points, and how often an enterprise in it is checked."""

    code: Letters
    title: Words
    at_least: float = Field(ge=0, le=100)
    share: float | None = Field(default=None, ge=0, le=1)
    """The part of such enterprises that is drawn for checks in a year."""
    checks: Words


class Grade(Model):
    """A grade of credit by points."""

    code: Letters
    title: Words
    at_least: float = Field(ge=0, le=100)


class Rise(Model):
    """A grade not reached by points: whoever held the one below for some years without a break may have it."""

    to: Letters
    title: Words
    below: Letters = Field(alias="from")
    years: float = Field(gt=0, le=20)
    certainty: Sure


class Grades(Model):
    """The second scale: grades by points, and those that take years; looked at every so many months back."""

    title: Words
    source: Words
    certainty: Sure
    grades: tuple[Grade, ...] = Field(min_length=2)
    rises: tuple[Rise, ...] = ()
    every_months: int = Field(default=3, ge=1, le=12)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return every grade, the best first."""
        return (*(one.to for one in reversed(self.rises)), *(one.code for one in self.grades))


class CreditScheme(Model):
    """How enterprises are scored and classed."""

    code: Code
    title: Words
    source: Words
    certainty: Sure
    keeper: Code
    """The organisation that keeps the files of enterprises whose place has no organisation of its own."""
    renew_days: int = Field(ge=1, le=366)
    """After how many days scores are made anew although nothing was filed: points fade."""
    events: tuple[EventSource, ...] = Field(min_length=1)
    families: tuple[CreditFamily, ...] = Field(min_length=1)
    vetoes: tuple[Veto, ...] = ()
    classes: tuple[CreditClass, ...] = Field(min_length=2)
    grades: Grades

    def event(self, code: str) -> EventSource:
        """Return the source of events of that code; KeyError when there is none."""
        for one in self.events:
            if one.code == code:
                return one
        raise KeyError(code)

    @property
    def items(self) -> tuple[tuple[int, CreditItem], ...]:
        """Return every item with the place of its family."""
        return tuple((number, item) for number, family in enumerate(self.families) for item in family.items)


class CodePart(Model):
    """One character of a credit code and what it stands for."""

    code: str = Field(pattern=r"^[0-9A-Z]$")
    title: Words
    certainty: Sure


class Authority(CodePart):
    """The first character, and the second characters that may follow it."""

    kinds: tuple[CodePart, ...] = Field(min_length=1)


class Prefixes(Model):
    """Bar codes that begin with three digits from ``first`` to ``last``: so many digits name the vendor."""

    first: int = Field(ge=0, le=999)
    last: int = Field(ge=0, le=999)
    vendor_digits: int = Field(ge=7, le=11)
    """How many digits, the first three included, name the vendor."""
    certainty: Sure

    @property
    def range(self) -> VendorRange:
        """Return the range as the method takes it."""
        return VendorRange(self.first, self.last, self.vendor_digits)


class Codes(Model):
    """The file ``codes.yaml``: what the characters of codes stand for."""

    title: Words
    source: Words
    authorities: tuple[Authority, ...] = Field(min_length=1)
    barcodes: tuple[Prefixes, ...] = Field(min_length=1)

    @property
    def ranges(self) -> tuple[VendorRange, ...]:
        """Return the ranges of bar codes as the method takes them."""
        return tuple(one.range for one in self.barcodes)


__all__ = [
    "Authority",
    "CodePart",
    "Codes",
    "CreditClass",
    "CreditFamily",
    "CreditItem",
    "CreditScheme",
    "EventSource",
    "Fade",
    "Feed",
    "Grade",
    "Grades",
    "Prefixes",
    "Rise",
    "Sure",
    "Veto",
]
