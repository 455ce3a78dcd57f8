"""The tables of the self-assessment report; each number leads to the criterion that it was scored under."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qualicity.engines.documents.official.model import Column, Figure, Table
from qualicity.publication.reports.queries.papers.binding import bound, tight

if TYPE_CHECKING:
    from qualicity.engines.documents.official.model import Runs
    from qualicity.judgement.assessment.queries import Action, CategoryTotal, Need, Scored, Whole
    from qualicity.publication.reports.queries.papers.pen import Pen

_PARTS = ("full", "points", "certain", "likely", "at_risk", "open", "lost")


@dataclass(frozen=True, slots=True)
class Tables:
    """What every table needs: the pen, the query of the assessment's pages, the names of organisations."""

    pen: Pen
    query: str
    names: Mapping[str, str]

    def points(self, code: str, value: float, *, unit: str = "", criterion: str = "", decimals: int = 2) -> Figure:
        """Return points bound to the page that explains them; two decimals at most, needless ones left out."""
        path = f"/assessment/criteria/{criterion}/" if criterion else "/assessment/"
        text = f"{value:.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{value:.0f}"
        return self.pen.number(
            f"assessment/{code}", value, unit=unit, text=f"{text}{unit}", href=f"{path}?{self.query}"
        )

    def whole(self, found: Whole) -> Table:
        """Return the points of every category and their sum."""
        voice = self.pen.voice
        rows = [
            ((group.category.title.zh,), *self._parts(group.category.code, group.total)) for group in found.categories
        ]
        rows.append(((voice.text("paper.all"),), *self._parts("all", found.total)))
        columns = (
            self._column("self.column_category", share=2.6),
            *(self._column(f"points.{part}", align="right", share=1.15) for part in _PARTS),
        )
        return Table(columns, tuple(rows), caption=voice.text("self.table_whole"), strong_rows=(len(rows) - 1,))

    def _parts(self, code: str, total: object) -> tuple[Runs, ...]:
        return tuple((self.points(f"{code}/{part}", getattr(total, part)),) for part in _PARTS)

    def category(self, group: CategoryTotal) -> Table:
        """Return the criteria of one category, each with its points, input and reason."""
        voice = self.pen.voice
        columns = (
            self._column("self.column_criterion", share=2.4),
            self._column("points.full", align="right", share=0.8),
            self._column("points.points", align="right", share=0.9),
            self._column("self.column_input", share=2.6),
            self._column("self.column_why", share=2.6),
        )
        rows = tuple(self._scored(one) for one in group.scored)
        caption = voice.plain("self.table_category", category=group.category.title.zh)
        return Table(columns, rows, caption=caption)

    def _scored(self, one: Scored) -> tuple[Runs, ...]:
        code = one.code
        points: Runs = (self.pen.voice.text("paper.none"),)
        if one.applies:
            points = (self.points(f"{code}/points", one.points, criterion=code),)
        return (
            (one.criterion.title.zh,),
            (self.points(f"{code}/full", one.criterion.points, criterion=code),),
            points,
            self._shown(one),
            bound(one.reason.zh, self.pen.source(f"assessment/{code}", f"/assessment/criteria/{code}/?{self.query}")),
        )

    def _shown(self, one: Scored) -> Runs:
        value, shown = one.value, tight(one.shown.zh)
        if value is None:
            href = f"/assessment/criteria/{one.code}/?{self.query}"
            return bound(shown, self.pen.source(f"assessment/{one.code}", href))
        href = self.pen.at(f"/indicators/{value.indicator.code}/") + "#computed"
        label = value.period.label if value.period else self.pen.day.isoformat()
        return (
            Figure(
                code=value.indicator.code, place=value.place, period=label, text=shown, value=value.value,
                unit=value.indicator.unit, versions=tuple(sorted(value.versions.items())), href=href,
            ),
        )  # fmt: skip

    def needs(self, needs: Sequence[Need]) -> Table:
        """Return what is missing, that with the most points first."""
        columns = (
            self._column("self.column_wanting", share=4),
            self._column("self.column_who", share=1.8),
            self._column("self.column_waiting", align="right", share=1.1),
        )
        rows = tuple(
            (
                self._said(one.criterion, one.text.zh),
                (self.names.get(one.who, one.who),),
                (self.points(f"{one.criterion}/waiting", one.points, criterion=one.criterion),),
            )
            for one in needs
        )
        return Table(columns, rows, caption=self.pen.voice.text("self.table_problems"))

    def actions(self, actions: Sequence[Action]) -> Table:
        """Return what gains most, each with the score when it and all before it are done."""
        columns = (
            self._column("self.column_criterion", share=2),
            self._column("self.column_action", share=3.2),
            self._column("self.column_who", share=1.7),
            self._column("self.column_gain", align="right", share=1),
            self._column("self.column_then", align="right", share=1.1),
        )
        rows = tuple(
            (
                (one.title.zh,),
                self._said(one.criterion, one.text.zh),
                (self.names.get(one.who, one.who),),
                (self.points(f"{one.criterion}/gain", one.gain, criterion=one.criterion),),
                (self.points(f"{one.criterion}/then", one.then),),
            )
            for one in actions
        )
        return Table(columns, rows, caption=self.pen.voice.text("self.table_next"))

    def _said(self, criterion: str, text: str) -> Runs:
        href = f"/assessment/criteria/{criterion}/?{self.query}"
        return bound(text, self.pen.source(f"assessment/{criterion}", href))

    def _column(self, key: str, *, align: Literal["left", "right"] = "left", share: float = 1.0) -> Column:
        return Column(self.pen.voice.text(key), align=align, share=share)
