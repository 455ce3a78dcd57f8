"""Which criterion a code means, and which organisation answers for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import NotFoundError, nearest
from qualicity.judgement.assessment.queries.assessments import rubric_for
from qualicity.judgement.assessment.queries.reviews import lead_of

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Organisation
    from qualicity.definitions.rubrics import Criterion
    from qualicity.judgement.assessment.models import Assessment


def answering(assessment: Assessment, criterion: Criterion) -> Organisation:
    """Return the organisation that answers for a criterion."""
    if assessment.organisation is not None:
        return assessment.organisation
    return accounts.organisation(lead_of(catalogue().plans[assessment.plan], criterion))


def criterion_of(assessment: Assessment, code: str) -> Criterion:
    """Return a criterion of an assessment's rubric; NotFoundError names the nearest."""
    known = {one.code: one for one in rubric_for(assessment).walk()}
    if code in known:
        return known[code]
    like = nearest(code, known)
    raise NotFoundError(
        f"评分细则中没有“{code}”。" + (f"是否指“{like}”？" if like else ""),
        f"The rubric has no criterion “{code}”." + (f" Did you mean “{like}”?" if like else ""),
    )
