"""Which assessment a page speaks of: the plan, the day, the rubric and, for a unit's, the organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.errors import NotFoundError
from qualicity.judgement.assessment import queries

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Organisation
    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.commons.registry.queries import Standing
    from qualicity.definitions.rubrics import Rubric
    from qualicity.judgement.assessment.models import Assessment
    from qualicity.judgement.assessment.queries import Whole


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    standing: Standing
    rubric: Rubric
    unit: Organisation | None

    @property
    def query(self) -> str:
        """Return what the addresses of this assessment have in common, beyond the standing."""
        return urlencode({"rubric": self.rubric.code} | ({"unit": self.unit.code} if self.unit is not None else {}))

    @property
    def whole_query(self) -> str:
        """Return the end of an address: standing and assessment."""
        return f"{self.standing.query}&{self.query}"

    @property
    def assessment(self) -> Assessment | None:
        """Return the assessment that was opened for this day, if one was."""
        return queries.current(self.rubric, self.unit, self.standing.as_of)

    def opened(self) -> Assessment:
        """Return the assessment; NotFoundError where none was opened."""
        found = self.assessment
        if found is None:
            raise NotFoundError(
                "该日还没有建立这项考核。请办公室先建立。",
                "No assessment was opened for that day yet. The office opens it.",
            )
        return found

    def whole(self, request: SignedIn) -> Whole:
        """Return the assessment as it stands."""
        return queries.whole(
            rubric=self.rubric, organisation=self.unit, as_of=self.standing.as_of, known_on=self.standing.known_on,
            by=request.user,
        )  # fmt: skip


def asked(request: SignedIn) -> Asked:
    """Return what the address asks for: ``rubric``, ``unit``, and the standing."""
    standing = registry.standing(request.GET)
    unit = request.GET.get("unit", "")
    rubric = queries.rubric_of(
        standing.plan, request.GET.get("rubric", ""), subject="organisation" if unit else "city"
    )
    return Asked(standing, rubric, accounts.organisation(unit) if unit and rubric.subject == "organisation" else None)
