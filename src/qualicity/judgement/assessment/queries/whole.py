"""The whole assessment on one day: every criterion scored and explained, the sum, its band, what could veto it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings

from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import InputError, NotFoundError, Text, nearest
from qualicity.goals.indicators import queries as indicators
from qualicity.goals.indicators.queries.kept import Kept
from qualicity.judgement.assessment import permissions
from qualicity.judgement.assessment.models import Score
from qualicity.judgement.assessment.queries.assessments import current
from qualicity.judgement.assessment.queries.inputs import Inputs, collect, stamp
from qualicity.judgement.assessment.queries.marking import Need, Scored, mark
from qualicity.methods import scoring

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.plans import Plan
    from qualicity.definitions.rubrics import Band, Category, Rubric, Veto
    from qualicity.judgement.assessment.models import Assessment
    from qualicity.methods.scoring import Marks, Total

_WHOLE: Kept[Whole] = Kept(400)


@dataclass(frozen=True, slots=True)
class CategoryTotal:
    """One category with its criteria and their sum."""

    category: Category
    scored: tuple[Scored, ...]
    total: Total


@dataclass(frozen=True, slots=True)
class VetoState:
    """One veto: does it strike, and on what it rests; None where nothing is known."""

    veto: Veto
    strikes: bool | None
    reason: Text


@dataclass(frozen=True, slots=True)
class Whole:
    """An assessment on a day. ``score`` is brought to the rubric's total where something does not apply.

    ``band`` is what the points give, ``final_band`` what remains after a veto; ``chances`` of each band or better.
    """

    rubric: Rubric
    plan: Plan
    organisation: Organisation | None
    assessment: Assessment | None
    as_of: date
    inputs: Inputs
    categories: tuple[CategoryTotal, ...]
    total: Total
    score: float
    factor: float
    band: Band
    final_band: Band
    vetoes: tuple[VetoState, ...]
    chances: Mapping[str, float]

    @property
    def scored(self) -> tuple[Scored, ...]:
        """Return every criterion in order."""
        return tuple(one for group in self.categories for one in group.scored)

    @property
    def needs(self) -> tuple[Need, ...]:
        """Return everything that is missing, that with the most points first."""
        found = [need for one in self.scored if one.applies for need in one.needs]
        return tuple(sorted(found, key=lambda one: -one.points))

    def criterion(self, code: str) -> Scored:
        """Return one criterion; NotFoundError names the nearest code."""
        for one in self.scored:
            if one.code == code:
                return one
        like = nearest(code, [one.code for one in self.scored])
        raise NotFoundError(
            f"评分细则中没有“{code}”。" + (f"是否指“{like}”？" if like else ""),
            f"The rubric has no criterion “{code}”." + (f" Did you mean “{like}”?" if like else ""),
        )


def whole(
    *,
    rubric: Rubric,
    as_of: date,
    organisation: Organisation | None = None,
    known_on: date | datetime | None = None,
    by: Person,
) -> Whole:
    """Return the assessment of the city's programme, or of one organisation, as it stands on a day.

    Computed once for the versions that it stands on; NotAllowedError where a person may not see the organisation's.
    """
    permissions.check_seen(by, organisation)
    _check_subject(rubric, organisation)
    plan = catalogue().plans[rubric.plan]
    assessment = current(rubric, organisation, as_of)
    seen = indicators.snapshot(plan, as_of=as_of, known_on=known_on)
    unit = organisation.pk if organisation is not None else None
    key = (
        str(settings.QUALICITY_HOME), seen, rubric.code, rubric.model_dump_json(), unit, as_of, known_on,
        registry.today(), assessment.pk if assessment else None, stamp(assessment),
    )  # fmt: skip

    def found() -> Whole:
        inputs = collect(
            plan, assessment=assessment, organisation=organisation, as_of=as_of, known_on=known_on, by=by
        )
        return _whole(rubric, plan, assessment, inputs)

    return _WHOLE.get(key, found)


def _check_subject(rubric: Rubric, organisation: Organisation | None) -> None:
    if (organisation is not None) != (rubric.subject == "organisation"):
        raise InputError(
            f"“{rubric.title.zh}”考核的是"
            + ("全市，不能指定单位。" if organisation is not None else "单位，请选择单位。"),
            f"“{rubric.title.en}” assesses "
            + ("the city: name no unit." if organisation is not None else "organisations: name one."),
        )


def _whole(rubric: Rubric, plan: Plan, assessment: Assessment | None, inputs: Inputs) -> Whole:
    groups = []
    for category in rubric.categories:
        scored = tuple(mark(rubric, one, inputs) for item in category.items for one in item.criteria)
        groups.append(CategoryTotal(category, scored, scoring.total(_counted(scored))))
    everything = [one for group in groups for one in group.scored]
    total = scoring.total(_counted(everything))
    factor = rubric.total / total.full if total.full else 1.0
    score = float(scoring.rounded(total.points * factor))
    band = band_of(rubric, score)
    vetoes = tuple(_veto(one, inputs) for one in rubric.vetoes)
    bands = {one.code: one for one in rubric.bands}
    struck = [bands[one.veto.band] for one in vetoes if one.strikes]
    return Whole(
        rubric=rubric,
        plan=plan,
        organisation=inputs.organisation,
        assessment=assessment,
        as_of=inputs.as_of,
        inputs=inputs,
        categories=tuple(groups),
        total=total,
        score=score,
        factor=factor,
        band=band,
        final_band=min([band, *struck], key=lambda one: one.at_least),
        vetoes=vetoes,
        chances={one.code: total.chance_of(one.at_least / factor) for one in rubric.bands},
    )


def _counted(scored: tuple[Scored, ...] | list[Scored]) -> list[Marks]:
    return [one.marks for one in scored if one.applies]


def band_of(rubric: Rubric, score: float) -> Band:
    """Return the band of a number of points."""
    code = scoring.band_of(score, {one.code: one.at_least for one in rubric.bands})
    return next(one for one in rubric.bands if one.code == code)


def _veto(veto: Veto, inputs: Inputs) -> VetoState:
    value = inputs.values.get(veto.indicator)
    if value is None or value.value is None:
        return VetoState(veto, None, Text("没有数据，尚不能排除", "there are no data: it cannot be ruled out"))
    figure, label = f"{value.value:g}", value.period.label if value.period else ""
    strikes = value.value > veto.above
    if strikes:
        return VetoState(veto, True, Text(f"{label} 发生 {figure} {value.unit}", f"{figure} in {label}"))
    return VetoState(veto, False, Text(f"{label} 未发生", f"none in {label}"))


def official(assessment: Assessment, *, by: Person) -> dict[str, Score]:
    """Return the scores in force of an adopted assessment by criterion: the latest that was set for each."""
    permissions.check_read(by, assessment)
    found = Score.objects.filter(assessment=assessment).select_related("by").order_by("pk")
    return {one.criterion: one for one in found}
