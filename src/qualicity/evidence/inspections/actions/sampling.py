"""Taking a sample, handing it to the laboratory, and making one void."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError as DuplicateError
from django.db import transaction
from django.db.models import Max

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.cases import queries as clocks
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, NotAllowedError, NotPossibleError, Text
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.actions import sheets
from qualicity.evidence.inspections.actions.photographs import Picture, Taken, take
from qualicity.evidence.inspections.actions.questions import questions_about
from qualicity.evidence.inspections.lifecycle import WORDS, SampleState, TargetState
from qualicity.evidence.inspections.models import CheckPlan, Conflict, Sample, SampleFile, Target
from qualicity.evidence.inspections.queries.deliveries import delivery_due
from qualicity.evidence.submissions.actions.files import keep

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.evidence.inspections.models import Visit

LABORATORY = "laboratory"


def take_sample(
    *,
    client_id: UUID,
    sheet: sheets.Sheet,
    files: Sequence[Picture],
    by: Person,
    target: Target | None = None,
    recheck_of: Sample | None = None,
) -> Sample:
    """Take a sample in from its sheet; the same sheet again, at the same time too, gives the sample that is there.

    ``target`` is the drawn target, or ``recheck_of`` the sample whose failure is checked again. SheetError names
    every field that is to be mended; a different sheet under the same ``client_id`` is refused.
    """
    if (target is None) == (recheck_of is None):
        raise InputError("请指明抽样对象，或所复查的样品。", "Name the target, or the sample that is checked again.")
    organisation = (target or recheck_of).organisation  # type: ignore[union-attr]
    accounts.check(by, permissions.SAMPLE, organisation=organisation)
    zone = clocks.zone()
    what = f"target:{target.pk}" if target else f"sample:{recheck_of.number}"  # type: ignore[union-attr]
    with taken_in(files) as pictures:
        digest = sheets.digest_of(what, sheet, ((one.kind, one.incoming.sha256) for one in pictures))
        if (known := _known(client_id, digest, by)) is not None:
            return known
        plan = target.draw.plan if target else recheck_of.plan  # type: ignore[union-attr]
        drawn_at = target.draw.drawn_at if target else recheck_of.sampled_at  # type: ignore[union-attr]
        sheets.check(sheet, law=plan.law, drawn_at=drawn_at, zone=zone, kinds=[one.kind for one in pictures])
        new = _filled(sheet, target=target, recheck_of=recheck_of, plan=plan)
        new.client_id, new.sheet_digest, new.sent_by = client_id, digest, by
        samplers = _samplers(sheet, new, by, drawn=target)
        for one in pictures:
            keep(one.incoming)
        try:
            return _stored(new, samplers, pictures, plan, by)
        except DuplicateError:  # the same client_id reached another plan at the same moment
            if (known := _known(client_id, digest, by)) is not None:
                return known
            raise


def deliver(*, sample: Sample, laboratory: Organisation, by: Person, at: datetime | None = None) -> Sample:
    """Hand a sample to the laboratory that tests it; the law may set a day, and a later one is recorded as late."""
    accounts.check(by, permissions.SAMPLE, organisation=sample.organisation)
    moment = at or registry.moment()
    if laboratory.kind != LABORATORY or not laboratory.is_active:
        raise InputError(f"“{laboratory.title_zh}”不是检验机构。", f"“{laboratory.title_en}” is not a laboratory.")
    with transaction.atomic():
        held = _locked(sample, SampleState.TAKEN)
        if not held.sampled_at <= moment <= registry.moment() + sheets.AHEAD:
            raise InputError(
                "送达时间应在抽样之后，且不晚于现在。",
                "A sample is delivered after it was taken, and not in the future.",
            )
        if held.samplers.filter(organisation=laboratory).exists():
            raise NotAllowedError(
                "抽样与检验应当分离：该样品由这家检验机构的人员抽取，不能由其检验。",
                "Sampling and testing are kept apart: people of this laboratory took the sample.",
            )
        due = delivery_due(held)
        late = due is not None and moment > due.at
        held.laboratory, held.delivered_at, held.state = laboratory, moment, SampleState.DELIVERED
        held.save(update_fields=["laboratory", "delivered_at", "state"])
        audit.record(
            by=by, verb="inspections.deliver", subject=f"sample:{held.number}",
            detail={"laboratory": laboratory.code, "late": late, "due": due.at.isoformat() if due else None},
        )  # fmt: skip
    return held


def void(*, sample: Sample, reason: str, by: Person) -> Sample:
    """Make a sample void for a reason: broken, mixed up, taken wrongly. Its target may be sampled again."""
    if not accounts.can(by, permissions.DECIDE, organisation=sample.organisation):
        accounts.check(by, permissions.SAMPLE, organisation=sample.organisation)
    if not reason.strip():
        raise InputError("请写明作废的理由。", "Give the reason why it is void.")
    with transaction.atomic():
        held = _locked(sample, SampleState.TAKEN, SampleState.DELIVERED)
        held.state, held.void_reason = SampleState.VOID, reason.strip()[:300]
        held.save(update_fields=["state", "void_reason"])
        if held.target_id is not None:
            Target.objects.filter(pk=held.target_id, state=TargetState.SAMPLED).update(
                state=TargetState.WAITING, closed_at=None
            )
        audit.record(
            by=by, verb="inspections.void", subject=f"sample:{held.number}", detail={"reason": held.void_reason}
        )
    return held


@contextmanager
def taken_in(files: Sequence[Picture]) -> Iterator[list[Taken]]:
    """Copy pictures into the home; those that are not kept inside the block are gone after it."""
    with ExitStack() as stack:
        pictures = []
        for one in files:
            taken = take(one, clocks.zone())
            stack.callback(taken.incoming.path.unlink, missing_ok=True)
            pictures.append(taken)
        yield pictures


def attach(pictures: Sequence[Taken], **to: Sample | Visit) -> None:
    """Record pictures with the sample or visit to which they belong; the same bytes once for each kind."""
    SampleFile.objects.bulk_create(
        {
            (one.kind, one.incoming.sha256): SampleFile(
                kind=one.kind, sha256=one.incoming.sha256, size=one.incoming.size, name=one.name, form=one.form,
                taken_at=one.taken_at, latitude=one.latitude, longitude=one.longitude, **to,
            )
            for one in pictures
        }.values()
    )  # fmt: skip


def check_same(known: str, digest: str) -> None:
    """Raise NotPossibleError where another sheet came under the same ``client_id``."""
    if known != digest:
        raise NotPossibleError(
            "这张单已经收到，内容与这次不同，不能再改。如填写有误，请作废后重新抽样。",
            "This sheet has arrived already with other contents and cannot be changed. "
            "If it was wrong, make it void and sample again.",
        )


def _known(client_id: UUID, digest: str, by: Person) -> Sample | None:
    found = Sample.objects.filter(client_id=client_id).select_related("organisation").first()
    if found is None:
        return None
    accounts.check(by, permissions.SAMPLE, organisation=found.organisation)
    check_same(found.sheet_digest, digest)
    return found


def _samplers(sheet: sheets.Sheet, sample: Sample, by: Person, *, drawn: Target | None) -> list[Person]:
    """Return who took the sample: the target's own inspectors, or of a recheck people of the unit who may sample."""
    people = drawn.inspectors.all() if drawn else sample.organisation.people.filter(is_active=True)
    known = {one.username: one for one in people if accounts.can(one, permissions.SAMPLE)}
    strangers = sorted(set(sheet.samplers) - set(known))
    if strangers:
        names = "、".join(known) or "—"
        words = Text(
            f"{'、'.join(strangers)} 不是本次的抽样人员。可选：{names}。",
            f"{', '.join(strangers)} may not take this sample. Those who may: {', '.join(known) or '—'}.",
        )
        raise sheets.SheetError([sheets.Problem("samplers", words)])
    if by.username not in sheet.samplers and not by.is_operator:
        raise NotAllowedError(
            "抽样单只能由参加抽样的人员提交。", "Only somebody who took the sample may send its sheet."
        )
    found = [known[name] for name in dict.fromkeys(sheet.samplers)]
    _check_apart(found, sample)
    return found


def _check_apart(people: Sequence[Person], sample: Sample) -> None:
    """Raise NotAllowedError where somebody speaks for an enterprise of the sample, or declared a conflict with it."""
    enterprises = {code for code in (sample.sampled_unit_code, sample.maker_code) if code}
    declared = Conflict.objects.filter(person__in=people, enterprise__in=enterprises, ended_at=None)
    barred = {one.person_id for one in declared}
    for one in people:
        if one.pk in barred or one.enterprise in enterprises:
            raise NotAllowedError(
                f"{one} 与被抽样单位有利害关系，应当回避。请重新抽取抽样人员。",
                f"{one} has an interest in that enterprise and must stand aside. Draw other inspectors.",
            )


def _filled(sheet: sheets.Sheet, *, target: Target | None, recheck_of: Sample | None, plan: CheckPlan) -> Sample:
    """Return a sample as its sheet says, with what the target or the earlier sample settles."""
    values = {name: getattr(sheet, name) for name in _COPIED}
    new = Sample(**values, plan=plan, law=plan.law, sampling_kind=plan.sampling_kind, received_at=registry.moment())
    if target is not None:
        new.target, new.organisation, new.place = target, target.organisation, target.place
        new.product, new.stage = target.line.product, target.line.stage
        new.sampled_unit, new.sampled_unit_code = target.enterprise_name, target.enterprise
        new.design_weight = 1.0 / target.probability if target.probability > 0 else None
    elif recheck_of is not None:
        new.recheck_of = recheck_of
        for name in ("organisation", "place", "product", "stage", "sampled_unit", "sampled_unit_code"):
            setattr(new, name, getattr(recheck_of, name))
    if new.stage == "production" and not new.maker:
        new.maker, new.maker_code = new.sampled_unit, new.sampled_unit_code
    new.maker_code = new.maker_code.replace("-", "").upper()
    new.signatures = [
        {"side": side, "name": typed.strip(), "how": "typed" if typed.strip() else "drawn"}
        for side, typed in (("sampler", sheet.sampler_typed), ("unit", sheet.unit_typed))
    ]
    return new


_COPIED = (
    "product_name", "brand", "specification", "batch_number", "produced_on", "shelf_life", "goods", "quantity",
    "reserve_quantity", "lot_size", "price_fen", "address", "maker", "maker_code", "latitude", "longitude",
    "accuracy_metres", "sampled_at", "note",
)  # fmt: skip


@transaction.atomic
def _stored(
    new: Sample, samplers: Sequence[Person], pictures: Sequence[Taken], plan: CheckPlan, by: Person
) -> Sample:
    """Give the number and store; whoever sends to the same plan at the same time waits here."""
    held = CheckPlan.objects.select_for_update().get(pk=plan.pk)
    if (known := _known(new.client_id, new.sheet_digest, by)) is not None:
        return known
    if new.target is not None:
        _close(new.target, new)
    new.running = (held.samples.aggregate(last=Max("running"))["last"] or 0) + 1
    new.number = f"{held.code}-{new.running:04d}"
    new.questions = questions_about(new, pictures)
    new.save()
    new.samplers.set(samplers)
    attach(pictures, sample=new)
    audit.record(
        by=by, verb="inspections.sample", subject=f"sample:{new.number}",
        detail={"target": new.target_id, "recheck_of": new.recheck_of_id, "client_id": str(new.client_id),
                "samplers": [one.username for one in samplers], "sheet": new.sheet_digest, "files": len(pictures)},
    )  # fmt: skip
    return new


def _close(target: Target, sample: Sample) -> None:
    held = Target.objects.select_for_update(of=("self",)).get(pk=target.pk)
    check_waiting(held)
    held.state, held.closed_at = TargetState.SAMPLED, sample.received_at
    held.save(update_fields=["state", "closed_at"])


def check_waiting(target: Target) -> None:
    """Raise NotPossibleError unless a target still waits for a visit."""
    if target.state == TargetState.WAITING:
        return
    words = WORDS[TargetState(target.state)]
    number = target.samples.exclude(state=SampleState.VOID).values_list("number", flat=True).first()
    raise NotPossibleError(
        f"该抽样对象已记为“{words.zh}”{f'（{number}）' if number else ''}，不能再次填报。",
        f"This target is recorded already as {words.en}{f' ({number})' if number else ''}.",
    )


def _locked(sample: Sample, *states: SampleState) -> Sample:
    held = Sample.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=sample.pk)
    if held.state not in states:
        words = WORDS[SampleState(held.state)]
        raise NotPossibleError(
            f"样品 {held.number} 现为“{words.zh}”，不能这样做。",
            f"Sample {held.number} is {words.en}; this cannot be done.",
        )
    return held
