"""The schema of a measure: how registers become cells, in the small vocabulary that every engine speaks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from qualicity.definitions.model import Code, Filter, Model, RegisterCode


class Validity(Model):
    """When a row of a stock counts: from its first day up to the day before its last; an empty end never ends."""

    start: Code
    end: Code | None = None


class Total(Model):
    """A sum of one column over the rows that a filter keeps; without a column, the number of rows."""

    register_code: RegisterCode
    column: Code | None = None
    where: Filter = {}
    valid: Validity | None = None


class Share(Model):
    """Rows that pass ÷ rows (率); with ``weight``, by design weights; with ``stratum``, by stratum.

    ``weight_when: all`` weighs only where every row has its weight, and counts rows alike where one has none: a row
    that stands for itself among others that stand for hundreds would bend the rate. The value says which it was.
    """

    kind: Literal["share"]
    register_code: RegisterCode
    where: Filter = {}
    passing: Filter
    weight: Code | None = None
    weight_when: Literal["given", "all"] = "given"
    stratum: Code | None = None

    @property
    def may_be_plain(self) -> bool:
        """Say whether its cells may turn out to be counts of rows alone."""
        return self.stratum is None and (self.weight is None or self.weight_when == "all")


class Ratio(Model):
    """Sum ÷ sum (比), each over place and period first."""

    kind: Literal["ratio"]
    numerator: Total
    denominator: Total


class Mean(Model):
    """Mean of a column (均值): plain, weighted by a column, or the annual mean of HJ 663 with its validity rules."""

    kind: Literal["mean"]
    register_code: RegisterCode
    column: Code
    where: Filter = {}
    method: Literal["plain", "weighted", "annual_air"] = "plain"
    weight: Code | None = None


class Count(Model):
    """Number of different things (个数): rows counted once per ``distinct``."""

    kind: Literal["count"]
    register_code: RegisterCode
    where: Filter = {}
    distinct: tuple[Code, ...] = Field(min_length=1)
    valid: Validity | None = None


class Side(Model):
    """One side of a coverage: which things, known by which key."""

    register_code: RegisterCode
    key: Code
    where: Filter = {}
    valid: Validity | None = None


class Coverage(Model):
    """Things that ought to be covered and are ÷ things that ought to be covered (覆盖率)."""

    kind: Literal["coverage"]
    due: Side
    covered: Side


class Cut(Model):
    """(base year's sum − this year's sum) ÷ base year's sum (削减率)."""

    kind: Literal["cut"]
    register_code: RegisterCode
    column: Code
    where: Filter = {}
    base_year: int


class Per10k(Model):
    """Sum ÷ (sum ÷ 10 000) (万名…数)."""

    kind: Literal["per_10k"]
    numerator: Total
    denominator: Total


class Index(Model):
    """Satisfaction index 0–100 of several answers on one scale (指数), weighted by a column where given."""

    kind: Literal["index"]
    register_code: RegisterCode
    where: Filter = {}
    items: tuple[Code, ...] = Field(min_length=1)
    item_weights: tuple[float, ...] = ()
    scale: tuple[float, float] = (1, 10)
    weight: Code | None = None
    stratum: Code | None = None
    method: Literal["csi"] = "csi"


class WorstClass(Model):
    """Number of sections whose class by GB 3838 over the period is worse than class V (最差类别)."""

    kind: Literal["worst_class"]
    register_code: RegisterCode
    where: Filter = {}
    section: Code
    items: dict[str, Code] = Field(min_length=1)
    lake: Code | None = None


Measure = Annotated[
    Share | Ratio | Mean | Count | Coverage | Cut | Per10k | Index | WorstClass, Field(discriminator="kind")
]
