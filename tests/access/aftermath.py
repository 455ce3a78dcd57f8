"""What follows failures in the small city: two of zhongmu's, one of gongyi's, and notices that are due and public."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.unit.evidence.inspections.samples import ENTERPRISE, RIVAL, sample

from qualicity.evidence.inspections import actions
from qualicity.evidence.inspections.models import Notice

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.evidence.inspections.models import Sample

ON = date(2014, 3, 10)


def followed(every: dict[str, Person], _placeholders: dict[str, str]) -> dict[str, str]:
    """Open failures, serve one, publish a notice and leave one due; return their numbers."""
    own, clerk = every["colleague"], every["gongyi-clerk"]
    served = _failed(own, "AF-1", ENTERPRISE)
    actions.proceed(sample=served, move="serve", by=own)
    received = _failed(own, "AF-2", ENTERPRISE)
    theirs = _failed(clerk, "AF-3", RIVAL, unit="gongyi", place="410181")
    actions.proceed(sample=theirs, move="serve", by=clerk)
    for by, number, unit in ((own, "AF-4", "zhongmu"), (own, "AF-5", "zhongmu"), (clerk, "AF-6", "gongyi")):
        sample(by, number, conclusion="qualified", on=ON, unit=unit)
    actions.gather_notices(by=own)
    due, public, foreign = Notice.objects.filter(sample__number__in=["AF-4", "AF-5", "AF-6"]).order_by(
        "sample__number"
    )
    actions.publish_notices(notices=[public.pk], by=every["second-office"])
    sample(own, "AF-7", on=ON)
    served.refresh_from_db()
    assert served.failure is not None
    return {
        "failure": str(served.pk), "received_failure": str(received.pk), "their_failure": str(theirs.pk),
        "failure_paper": str(served.failure.attachments.order_by("pk")[0].pk), "notice": str(due.pk),
        "public_notice": str(public.pk), "their_notice": str(foreign.pk),
    }  # fmt: skip


def _failed(by: Person, number: str, enterprise: str, *, unit: str = "zhongmu", place: str = "410122") -> Sample:
    one = sample(by, number, on=ON, unit=unit, place=place, maker_code=enterprise, sampled_unit_code=enterprise)
    actions.open_failure(sample=one, by=by)
    return one
