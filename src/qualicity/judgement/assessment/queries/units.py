"""How every member unit stands by a rubric for organisations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import queries as audit
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.goals.indicators.queries.kept import Kept
from qualicity.judgement.assessment import permissions
from qualicity.judgement.assessment.queries.whole import whole

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.rubrics import Band, Rubric
    from qualicity.methods.scoring import Total


_SCORES: Kept[tuple[UnitScore, ...]] = Kept(100)


@dataclass(frozen=True, slots=True)
class UnitScore:
    """One organisation with its score; the rank is among organisations of its kind, where all may be seen."""

    organisation: Organisation
    kind: str
    score: float
    band: Band
    total: Total
    needs: int
    rank: int | None

    @property
    def is_scored(self) -> bool:
        """Return whether anything of it could be judged yet: more than what waits for evidence."""
        return self.total.open < self.total.full


def unit_scores(
    rubric: Rubric, *, as_of: date, known_on: date | datetime | None = None, by: Person
) -> tuple[UnitScore, ...]:
    """Return the member units by kind and score, the best first; who sees only their own gets that one, unranked."""
    accounts.check(by, permissions.READ)
    # nothing that a score stands on changes without a record in the audit trail
    key = (str(settings.QUALICITY_HOME), audit.count(), rubric.code, as_of, known_on, by.pk, registry.today())
    return _SCORES.get(key, lambda: _scores(rubric, as_of, known_on, by))


def _scores(rubric: Rubric, as_of: date, known_on: date | datetime | None, by: Person) -> tuple[UnitScore, ...]:
    plan = catalogue().plans[rubric.plan]
    members = {one.code: one for one in plan.organisations if one.member}
    sees_all = accounts.sees_all(by, permissions.READ)
    found = []
    for one in accounts.organisations(plan=plan.code):
        if one.code not in members or not permissions.can_read(by, one):
            continue
        each = whole(rubric=rubric, organisation=one, as_of=as_of, known_on=known_on, by=by)
        kind = "county" if one.is_local else "department"
        found.append((kind, -each.score, one, each))
    found.sort(key=lambda one: (one[0], one[3].total.open >= one[3].total.full, one[1], one[2].code))
    rows: list[UnitScore] = []
    for kind, _, one, each in found:
        before = [row for row in rows if row.kind == kind]
        scored = each.total.open < each.total.full
        place = 1 + sum(row.score > each.score for row in before)
        rows.append(
            UnitScore(
                one,
                kind,
                each.score,
                each.final_band,
                each.total,
                len(each.needs),
                place if sees_all and scored else None,
            )
        )
    return tuple(rows)
