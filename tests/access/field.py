"""Field work in the small city: a target that waits for zhongmu's people, a sample of theirs, and one that failed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.unit.evidence.inspections import field_work

from qualicity.evidence.inspections.models import Sample, SampleFile

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person


def sampled(every: dict[str, Person], _placeholders: dict[str, str]) -> dict[str, str]:
    """Draw three targets for the inspector and the county's officer; sample two of them, of which one fails."""
    people = {"first": every["inspector"], "second": every["county"]}
    field = field_work.drawn(people, code="zhongmu-noodles", count=3)
    names = {"samplers": ("inspector", "county")}
    taken, failed = (field.take(target=field.targets[at], sheet=names, by=every["county"]) for at in (1, 2))
    Sample.objects.filter(pk=failed.pk).update(
        state="concluded", conclusion="unqualified", concluded_on=date(2014, 4, 10)
    )
    return {
        "target": str(field.targets[0].pk),
        "sample": taken.number,
        "failed": failed.number,
        "photo": str(SampleFile.objects.get(sample=taken, kind="photo").pk),
    }
