"""The schema of a rubric: category → item → criterion → points, the rule behind them, evidence, vetoes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from qualicity.definitions.model import Code, Model, Words
from qualicity.definitions.plans import Certainty

if TYPE_CHECKING:
    from collections.abc import Iterator

Points = Annotated[float, Field(gt=0, le=1000)]
Standing = Certainty | Literal["self_designed"]
"""How sure a text of the rubric is; ``self_designed`` (自拟) is our own wording, not an official table."""


class IndicatorSource(Model):
    """The value of one indicator of the plan."""

    kind: Literal["indicator"]
    code: Code


class OwnIndicatorsSource(Model):
    """Percent of the assessed organisation's targets that are met: those it leads, or those of its own place."""

    kind: Literal["own_indicators"]


class TasksSource(Model):
    """Percent of tasks completed: the numbers given, or with none the tasks that the assessed organisation leads."""

    kind: Literal["tasks"]
    numbers: tuple[int, ...] = ()


class TimelinessSource(Model):
    """Percent of the reports due within the assessed time that came on time; of all registers, or of those given."""

    kind: Literal["timeliness"]
    registers: tuple[Code, ...] = ()


class PublicReviewSource(Model):
    """The mean of the public review on a scale of 0 to 100, once its round is closed."""

    kind: Literal["public_review"]


Source = Annotated[
    IndicatorSource | OwnIndicatorsSource | TasksSource | TimelinessSource | PublicReviewSource,
    Field(discriminator="kind"),
]


class ThresholdRule(Model):
    """All points or none: against the indicator's own target, or against one bound given here.

    A target that lies ahead (``not_due``) gives its points by pace; the rubric says so by ``ahead: pace``.
    """

    kind: Literal["threshold"]
    source: Source
    at_least: float | None = None
    at_most: float | None = None
    ahead: Literal["wait", "pace"] = "wait"


class LinearRule(Model):
    """No points at ``zero_at`` (or beyond), all at ``full_at`` (or beyond), evenly between."""

    kind: Literal["linear"]
    source: Source
    zero_at: float
    full_at: float


class StepLevel(Model):
    """The points that a value brings from this bound on."""

    at_least: float | None = None
    at_most: float | None = None
    points: Annotated[float, Field(ge=0)]


class StepRule(Model):
    """Points by levels; the bounds ascend (``at_least``) or descend (``at_most``), the points rise."""

    kind: Literal["step"]
    source: Source
    levels: tuple[StepLevel, ...] = Field(min_length=1)


class CheckItem(Model):
    """One thing to show, with the document that shows it."""

    code: Code
    title: Words
    points: Points
    task: int | None = None


class ChecklistRule(Model):
    """Points for each item whose document is filed and has been checked by another person."""

    kind: Literal["checklist"]
    items: tuple[CheckItem, ...] = Field(min_length=1)


class ExpertRule(Model):
    """The mean of the experts' points, given blind; ``guide`` says what to look for."""

    kind: Literal["expert"]
    guide: Words


Rule = Annotated[
    ThresholdRule | LinearRule | StepRule | ChecklistRule | ExpertRule,
    Field(discriminator="kind"),
]


class EvidenceDemand(Model):
    """A document without which the points of a criterion are withheld."""

    code: Code
    title: Words


class Criterion(Model):
    """One line of the rubric."""

    code: Code
    title: Words
    points: Points
    clause: Words
    certainty: Standing = "self_designed"
    lead: Code | None = None
    rule: Rule
    evidence: tuple[EvidenceDemand, ...] = ()


class Item(Model):
    """One item of a category."""

    code: Code
    title: Words
    points: Points
    criteria: tuple[Criterion, ...] = Field(min_length=1)


class Category(Model):
    """One category of the rubric."""

    code: Code
    title: Words
    points: Points
    items: tuple[Item, ...] = Field(min_length=1)


class Band(Model):
    """A grade, from a number of points on."""

    code: Annotated[str, Field(pattern=r"^[A-Z]{1,3}$")]
    title: Words
    at_least: float


class Veto(Model):
    """One thing that puts the whole into a band whatever the points are (一票否决)."""

    code: Code
    title: Words
    indicator: Code
    above: float = 0
    band: str
    clause: Words
    certainty: Standing


class Question(Model):
    """One question of the public review, answered from 1 to 5."""

    code: Code
    title: Words


class Rubric(Model):
    """A whole table of points; ``subject``: what is assessed, the city's programme or each of its organisations."""

    code: Code
    title: Words
    note: Words
    plan: Code
    subject: Literal["city", "organisation"]
    certainty: Standing
    total: Points
    bands: tuple[Band, ...] = Field(min_length=2)
    bands_clause: Words
    bands_certainty: Standing
    vetoes: tuple[Veto, ...] = ()
    categories: tuple[Category, ...] = Field(min_length=1)
    questions: tuple[Question, ...] = ()

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Return every criterion in order."""
        return tuple(self.walk())

    def walk(self) -> Iterator[Criterion]:
        """Yield every criterion in order."""
        for category in self.categories:
            for item in category.items:
                yield from item.criteria

    def criterion(self, code: str) -> Criterion:
        """Return the criterion of that code; KeyError when there is none."""
        for one in self.walk():
            if one.code == code:
                return one
        raise KeyError(code)

    def home_of(self, code: str) -> tuple[Category, Item]:
        """Return the category and item that a criterion stands in; KeyError when there is none."""
        for category in self.categories:
            for item in category.items:
                if any(one.code == code for one in item.criteria):
                    return category, item
        raise KeyError(code)
