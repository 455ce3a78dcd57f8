"""The city assesses itself: evidence is filed and checked, experts and deputies judge, a county objects."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from qualicity.definitions.catalogue import catalogue
from qualicity.judgement.assessment import actions, queries
from qualicity.site.demonstration.running.told import Happening, Stage, tale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualicity.definitions.rubrics import Rubric
    from qualicity.judgement.assessment.models import Assessment


def happenings(stage: Stage) -> Iterator[Happening]:
    """Yield what the self-assessment and one yearly assessment of a county are made of."""
    told = tale()["judging"]
    rubric = catalogue().rubrics[told["rubric"]]
    day: date = told["day"]
    yield Happening(
        stage.moment(day, "assessment"),
        10,
        lambda: actions.open_assessment(rubric=rubric, by=stage.office),
    )
    yield from _evidence(stage, rubric, told)
    yield from _reviews(stage, rubric, told)
    yield from _county(stage, told["county"])


def _current(stage: Stage, rubric: Rubric, code: str = "") -> Assessment:
    found = queries.current(rubric, stage.units[code] if code else None, stage.city.last)
    assert found is not None, f"{rubric.code} was opened"
    return found


def _evidence(stage: Stage, rubric: Rubric, told: dict[str, Any]) -> Iterator[Happening]:
    missing, refused = set(told["missing"]), dict(told["refused"])
    for number, criterion in enumerate(rubric.walk()):
        for item in getattr(criterion.rule, "items", ()):
            if item.code in missing:
                continue
            day = told["day"] + timedelta(days=9 + number % 20)

            def file(criterion: str = criterion.code, item: str = item.code, title: str = item.title.zh) -> None:
                held = _current(stage, rubric)
                path = stage.file(f"{item}.txt", title)
                unit = actions.answering(held, actions.criterion_of(held, criterion))
                made = actions.file_evidence(
                    assessment=held, criterion=criterion, item=item, file=path, name=f"{title}.txt",
                    by=stage.people[unit.code],
                )  # fmt: skip
                reason = refused.get(item, "")
                if item not in told["unchecked"]:
                    actions.check_evidence(evidence=made, passed=not reason, reason=reason, by=stage.office)

            yield Happening(stage.moment(day, "evidence", item.code), 11, file)


def _reviews(stage: Stage, rubric: Rubric, told: dict[str, Any]) -> Iterator[Happening]:
    criteria = [one for one in rubric.walk() if one.rule.kind == "expert"]

    def experts() -> None:
        rnd = actions.open_round(assessment=_current(stage, rubric), kind="expert", by=stage.office)
        for number, name in enumerate(told["experts"]):
            for criterion in criteria:
                drawn = stage.city.stream("expert", name, criterion.code).normal(0.78, 0.06)
                share = min(1.0, max(0.0, float(drawn) - (0.25 if number == told["outlier"] else 0)))
                actions.give_points(
                    rnd=rnd, criterion=criterion.code, points=round(criterion.points * share, 1),
                    by=stage.people[name],
                )  # fmt: skip
        actions.close_round(rnd=rnd, by=stage.office)

    def public() -> None:
        rnd = actions.open_round(assessment=_current(stage, rubric), kind="public", by=stage.office)
        for name in told["deputies"]:
            drawn = stage.city.stream("deputy", name)
            answers = {one.code: int(drawn.choice([3, 4, 4, 5])) for one in rubric.questions}
            actions.give_opinion(rnd=rnd, answers=answers, by=stage.people[name])
        actions.close_round(rnd=rnd, by=stage.office)

    yield Happening(stage.moment(told["day"] + timedelta(days=37), "experts"), 12, experts)
    yield Happening(stage.moment(told["day"] + timedelta(days=44), "public"), 12, public)
    for kind in ("expert", "public"):  # before pre-acceptance everybody looks once more; these wait for the visitor
        yield Happening(
            stage.moment(told["day"] + timedelta(days=62), "again", kind),
            13,
            lambda kind=kind: actions.open_round(  # type: ignore[misc]
                assessment=_current(stage, rubric), kind=kind, by=stage.office
            ),
        )


def _county(stage: Stage, told: dict[str, Any]) -> Iterator[Happening]:
    rubric = catalogue().rubrics[told["rubric"]]
    code = told["organisation"]

    def adopt() -> None:
        held = actions.open_assessment(
            rubric=rubric, organisation=stage.units[code], since=told["since"], by=stage.office
        )
        actions.adopt(assessment=held, as_of=told["as_of"], reason="2014 年度考核", by=stage.office)

    def object_to() -> None:
        held = _current(stage, rubric, code)
        actions.object_to(assessment=held, criterion=told["criterion"], reason=told["reason"], by=stage.people[code])

    yield Happening(stage.moment(told["day"], "county"), 13, adopt)
    yield Happening(stage.moment(told["day"] + timedelta(days=5), "objection"), 13, object_to)
