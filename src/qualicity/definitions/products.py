"""The schema of a product of the catalogue: what is tested of it, by which standard and method, within what limit."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from qualicity.definitions.model import Code, Model, Words
from qualicity.methods.limits import Form, Limit, read_limit

Standing = Literal["full", "excerpt", "unverified", "self_designed"]
"""How sure a limit is: read in the standard, read in an excerpt or a notice, from memory, or our own (自拟)."""

ItemKind = Literal["microbiology", "contaminant", "additive", "composition", "physical", "safety", "label"]
"""What an item is about; microbiological items are never re-inspected."""

Amount = Annotated[Decimal, Field(ge=Decimal("-1e12"), le=Decimal("1e12"))]

_NOTHING = {"detected": "不得检出", "used": "不得使用"}


class SamplingPlan(Model):
    """A plan of several samples: n results, at most c of them above m, and none above M where M is given."""

    n: int = Field(ge=1, le=100)
    c: int = Field(ge=0)
    m: Amount
    M: Amount | None = None
    per: str = ""
    """In how much nothing may be found, where m is 0: ``25g``."""

    @model_validator(mode="after")
    def _consistent(self) -> SamplingPlan:
        if self.c >= self.n:
            raise ValueError(f"c={self.c} 应小于 n={self.n} / c must be below n")
        if self.M is not None and self.m >= self.M:
            raise ValueError(f"M={self.M} 应大于 m={self.m} / M must be above m")
        return self

    @property
    def text(self) -> str:
        """Return the plan as standards write it."""
        m = f"{self.m:f}" + (f"/{self.per}" if self.per else "")
        return f"n={self.n},c={self.c},m={m}" + ("" if self.M is None else f",M={self.M:f}")


class ItemLimit(Model):
    """One limit: a bound or two, nothing allowed, a plan of several samples, or a requirement in words."""

    at_most: Amount | None = None
    below: Amount | None = None
    at_least: Amount | None = None
    above: Amount | None = None
    not_allowed: Literal["detected", "used"] | None = None
    plan: SamplingPlan | None = None
    words: Words | None = None
    rounded: bool = False
    """True where the standard says that rounded values are compared (GB/T 8170, 4.3.3)."""

    @model_validator(mode="after")
    def _one_kind(self) -> ItemLimit:
        bounds = [each for each in (self.at_most, self.below, self.at_least, self.above) if each is not None]
        kinds = [bool(bounds), self.not_allowed is not None, self.plan is not None, self.words is not None]
        if sum(kinds) != 1:
            raise ValueError("限量只写一种 / one kind of limit: bounds, not_allowed, plan or words")
        if (self.at_most is not None and self.below is not None) or (
            self.at_least is not None and self.above is not None
        ):
            raise ValueError("每侧至多一个限 / one bound on each side at most")
        high = self.at_most if self.at_most is not None else self.below
        low = self.at_least if self.at_least is not None else self.above
        if high is not None and low is not None and high < low:
            raise ValueError(f"上限 {high} 小于下限 {low} / the upper bound is below the lower")
        return self

    @property
    def text(self) -> str:
        """Return the limit as a report writes it, without its unit."""
        if self.plan is not None:
            return self.plan.text
        if self.words is not None:
            return self.words.zh
        if self.not_allowed is not None:
            return _NOTHING[self.not_allowed]
        if self.at_least is not None and self.at_most is not None:
            text = f"{self.at_least:f}~{self.at_most:f}"
        else:
            signs = (("≥", self.at_least), (">", self.above), ("≤", self.at_most), ("<", self.below))
            text = ",".join(f"{sign}{bound:f}" for sign, bound in signs if bound is not None)
        return text + ("（修约值比较法）" if self.rounded else "")


class Item(Model):
    """One item that is tested: by which standard it is judged, by which method it is measured, within which limit."""

    code: Code
    title: Words
    kind: ItemKind
    standard: str = Field(min_length=1, max_length=200)
    method: str = Field(min_length=1, max_length=200)
    unit: str = Field(default="", max_length=60)
    limit: ItemLimit
    clause: str = Field(default="", max_length=200)
    certainty: Standing

    @model_validator(mode="after")
    def _readable(self) -> Item:
        wanted = Form.words if self.limit.words is not None else None
        form = read_limit(self.limit.text, unit=self.unit).form
        if form in {Form.unread, Form.none} or (wanted is None and form is Form.words):
            raise ValueError(f"限量“{self.limit.text}”无法比较 / the limit cannot be compared with")
        return self

    @property
    def limit_text(self) -> str:
        """Return the limit with its unit, as a report writes it."""
        text, unit = self.limit.text, self.unit
        if not unit or self.limit.words is not None or self.limit.not_allowed is not None:
            return text
        if self.limit.plan is not None and self.limit.plan.per:
            return text
        return f"{text} {unit}" if not self.limit.rounded else f"{text.replace('（', f' {unit}（', 1)}"

    @property
    def asked(self) -> Limit:
        """Return the limit as ``methods.limits`` compares with it."""
        return read_limit(self.limit.text, unit=self.unit)

    @property
    def results(self) -> int:
        """Return how many results the item asks for."""
        return self.limit.plan.n if self.limit.plan is not None else 1


class Product(Model):
    """One product: its category, the law of its spot checks, how much is taken, and its items."""

    code: Code
    title: Words
    category: str = Field(min_length=1, max_length=100)
    kind: Literal["food", "product"]
    key_food: bool = False
    certified: bool = False
    """True where the product needs compulsory certification (CCC)."""
    law: Code
    test_quantity: Words
    reserve: Words
    """How much is kept for a re-inspection, and why nothing where nothing is."""
    items: tuple[Item, ...] = Field(min_length=1)

    def item(self, code: str) -> Item | None:
        """Return the item of that code, or None."""
        return next((one for one in self.items if one.code == code), None)

    def item_titled(self, title: str) -> Item | None:
        """Return the item of that Chinese title, or None; widths of brackets and blanks do not matter."""
        wanted = _folded(title)
        return next((one for one in self.items if _folded(one.title.zh) == wanted), None)


def _folded(title: str) -> str:
    return "".join(title.split()).replace("（", "(").replace("）", ")")


__all__ = ["Item", "ItemKind", "ItemLimit", "Product", "SamplingPlan", "Standing"]
