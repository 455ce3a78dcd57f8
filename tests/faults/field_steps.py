"""What the fault tests do to sampling sheets."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.unit.evidence.inspections import field_work

from qualicity.commons.accounts import actions as accounts
from qualicity.commons.accounts import queries as people
from qualicity.commons.audit import queries as audit
from qualicity.evidence.inspections.models import Sample, SampleFile, Target
from qualicity.evidence.submissions.queries.paths import file_path

SAMPLERS = ("first", "second")


def draw_field(code: str, count: int = 2) -> list[int]:
    """Draw targets for two inspectors; return their numbers."""
    known = {}
    for name in SAMPLERS:
        found = people.people(by=people.operator(), search=name).first()
        known[name] = found or accounts.create_person(
            username=name, name=name, organisation="zhongmu", roles=["inspector"], by=people.operator(),
            password="quiet-river-under-stone",
        )[0]  # fmt: skip
    return [one.pk for one in field_work.drawn(known, code=code, count=count).targets]


def send_sheet(target: int, client_id: str) -> str:
    """Send the sheet of a target; return the number that it is answered with."""
    known = {name: people.person(name) for name in SAMPLERS}
    one = Target.objects.get(pk=target)
    field = field_work.Field(one.draw.plan, [one], known)
    return field.take(client_id=UUID(client_id)).number


def look_at_samples() -> dict[str, Any]:
    """Return the samples by target, and whether all of it agrees."""
    faults = []
    for sample in Sample.objects.select_related("target"):
        if sample.target is None or sample.target.state != "sampled":
            faults.append(f"{sample.number}: its target does not know of it")
        if sample.samplers.count() != 2 or sample.files.count() != 3:
            faults.append(f"{sample.number}: it is not whole")
        if audit.records_of(f"sample:{sample.number}").count() != 1:
            faults.append(f"{sample.number}: the trail says it otherwise than once")
    faults += [f"{one.sha256}: gone" for one in SampleFile.objects.all() if not file_path(one.sha256).is_file()]
    sampled = set(Target.objects.filter(state="sampled").values_list("pk", flat=True))
    faults += [
        f"target {one}: sampled, and by no sample"
        for one in sampled - set(Sample.objects.values_list("target", flat=True))
    ]
    numbers = [f"{one.target_id} {one.number}" for one in Sample.objects.order_by("pk")]
    return {"samples": numbers, "faults": faults, "audit": audit.verify().ok}


STEPS = {"draw_field": draw_field, "send_sheet": send_sheet, "look_at_samples": look_at_samples}
