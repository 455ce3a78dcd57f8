"""The office writes: the quality analysis report of a year goes its way and is issued, the next one waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualicity.definitions.periods import parse
from qualicity.publication.reports import actions
from qualicity.site.demonstration.running.told import Happening, Stage, tale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualicity.commons.accounts.models import Person
    from qualicity.publication.reports.models import Report


def happenings(stage: Stage) -> Iterator[Happening]:
    """Yield the steps of each document, every one by another person."""
    for number, one in enumerate(tale()["reports"]):
        written: list[Report] = []
        yield Happening(
            stage.moment(one["day"], "draft", number),
            14,
            lambda one=one, written=written: written.append(_draft(stage, one)),  # type: ignore[misc]
        )
        for move, day in one["moves"].items():
            yield Happening(
                stage.moment(day, "report", number, move),
                15,
                lambda move=move, written=written: _move(stage, written, move),  # type: ignore[misc]
            )


def _draft(stage: Stage, told: dict[str, Any]) -> Report:
    return actions.draft_quality(
        plan=stage.plan, period=parse(str(told["period"])), by=stage.people[stage.plan.office]
    )


def _move(stage: Stage, written: list[Report], move: str) -> None:
    who: dict[str, Person] = {
        "to_section": stage.people[stage.plan.office],
        "to_office": stage.people["section-head"],
        "to_leader": stage.office,
        "issue": stage.people["leader"],
    }
    report = written[-1]
    if move == "issue":
        written.append(actions.issue(report=report, by=who[move]))
    else:
        written.append(actions.move(report=report, move=move, by=who[move]))
