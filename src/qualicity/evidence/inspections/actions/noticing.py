"""Notices to the public: made when a result is settled, published by another person, corrected and ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, NotAllowedError, NotPossibleError
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.lifecycle import WORDS, Conclusion, NoticeState, SampleState
from qualicity.evidence.inspections.models import Correction, Notice, Sample
from qualicity.evidence.inspections.queries.noticing import clause_of, due_on, fields_of, settled_on, sources_of
from qualicity.evidence.inspections.queries.settling import OVERTURNED, days_after, families, family_of, unsettled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Person

BATCH = 1000


@transaction.atomic
def gather_notices(*, by: Person, samples: Sequence[int] | None = None) -> int:
    """Make the notices that are now due of what is settled, each once; return how many.

    A result is due when it is final, what followed when its case has ended. ``samples`` narrows by number.
    """
    accounts.check(by, permissions.READ)
    return make_notices(by=by, samples=samples)


def make_notices(*, by: Person, samples: Sequence[int] | None) -> int:
    """Make the notices that are due; inside a transaction of somebody who was allowed what made them due."""
    moment = registry.moment()
    made = [
        notice
        for kind, found in (("result", _settled(samples)), ("follow_up", _followed(samples)))
        for notice in _notices(kind, list(found), by, moment)
    ]
    Notice.objects.bulk_create(made, batch_size=BATCH)
    if made:
        audit.record(by=by, verb="inspections.gather_notices", subject="notices", detail={"count": len(made)})
    return len(made)


@transaction.atomic
def publish_notices(*, notices: Iterable[int], by: Person) -> int:
    """Publish notices, all or none; return how many.

    Each by somebody else than who decided what it tells. What is shown is read again from the house at this moment.
    """
    accounts.check(by, permissions.PUBLISH)
    found = _locked(notices)
    for one in found:
        if not accounts.can(by, permissions.PUBLISH, organisation=one.sample.organisation):
            raise permissions.not_there(str(one.pk))
        if one.state != NoticeState.DUE:
            raise _not_in(one, "公布", "published")
        if one.decided_by_id == by.pk and not by.is_operator:
            raise NotAllowedError(
                f"“{one.sample}”的结论由您作出，须由另一人公布。",
                f"You decided on “{one.sample}”: another person publishes it.",
            )
    moment = registry.moment()
    day = timezone.localdate(moment)
    sources = sources_of([one.sample for one in found])
    for one in found:
        part = family_of(one.sample.law).part(one.kind)
        one.state, one.published_by, one.published_at, one.changed_at = NoticeState.PUBLISHED, by, moment, moment
        one.public_until = days_after(day, number=part.shown.number, unit=part.shown.unit)
        one.fields = fields_of(one.sample, part, sources)
    Notice.objects.bulk_update(
        found,
        ["state", "published_by", "published_at", "changed_at", "public_until", "fields"],
        batch_size=BATCH,
    )
    if found:
        audit.record(
            by=by, verb="inspections.publish_notices", subject="notices",
            detail={"count": len(found), "notices": [one.pk for one in found]},
        )  # fmt: skip
    return len(found)


@transaction.atomic
def correct_notice(
    *, notice: Notice, reason: str, by: Person, changes: Mapping[str, str] | None = None
) -> Correction:
    """Correct what a published notice shows; the public log tells what, when and why.

    Without ``changes`` the notice is read again from the house; ``changes`` sets words of whitelisted fields.
    """
    fresh = _one(notice, by, reason)
    if fresh.state != NoticeState.PUBLISHED:
        raise _not_in(fresh, "更正", "corrected")
    part = family_of(fresh.sample.law).part(fresh.kind)
    after = fields_of(fresh.sample, part, sources_of([fresh.sample])) if changes is None else dict(fresh.fields)
    for name, words in (changes or {}).items():
        if name not in {*part.passed, *part.failed} or not isinstance(after.get(name, ""), str):
            raise InputError(
                f"公布内容中没有可更正的“{name}”。", f"The notice shows no “{name}” that can be corrected."
            )
        after[name] = words.strip()
    if after == fresh.fields:
        raise NotPossibleError(
            "公布内容与现有记录一致，无须更正。", "The notice says what the records say: nothing to correct."
        )
    before, fresh.fields, fresh.changed_at = fresh.fields, after, registry.moment()
    fresh.save(update_fields=["fields", "changed_at"])
    return _log(fresh, "changed", (before, after), reason=reason, by=by)


@transaction.atomic
def withdraw_notice(*, notice: Notice, reason: str, by: Person) -> Correction:
    """Take a notice back, or decide that one which is due is not to be published; the log says why."""
    fresh = _one(notice, by, reason)
    if fresh.state not in (NoticeState.DUE, NoticeState.PUBLISHED):
        raise _not_in(fresh, "撤下", "withdrawn")
    fresh.state, fresh.changed_at = NoticeState.WITHDRAWN, registry.moment()
    fresh.ended_at = fresh.changed_at
    fresh.save(update_fields=["state", "changed_at", "ended_at"])
    return _log(fresh, "withdrawn", (fresh.fields, {}), reason=reason, by=by)


@transaction.atomic
def end_notices(*, by: Person) -> int:
    """Take down what was shown to its last day; the public reads stop by themselves at that day. Return how many."""
    accounts.check(by, permissions.PUBLISH)
    moment = registry.moment()
    today = timezone.localdate(moment)
    over = Notice.objects.select_for_update().filter(state=NoticeState.PUBLISHED, public_until__lt=today)
    numbers = list(over.values_list("pk", flat=True))
    Notice.objects.filter(pk__in=numbers).update(state=NoticeState.ENDED, ended_at=moment, changed_at=moment)
    if numbers:
        audit.record(
            by=by, verb="inspections.end_notices", subject="notices",
            detail={"count": len(numbers), "notices": numbers[:BATCH]},
        )  # fmt: skip
    return len(numbers)


def _settled(samples: Sequence[int] | None) -> QuerySet[Sample]:
    """Return samples with a final result of which no notice was made; rechecks belong to what followed."""
    settled = Q(conclusion=Conclusion.QUALIFIED, failure=None)
    for family in families():
        of_family = Q(law=family.law, failure__isnull=False)
        settled |= of_family & ~Q(failure__state__in=unsettled(family.case_type))
    found = Sample.objects.filter(
        settled, state=SampleState.CONCLUDED, recheck_of=None, law__in=[one.law for one in families()],
        conclusion__in=[Conclusion.QUALIFIED, Conclusion.UNQUALIFIED],
    ).exclude(notices__kind="result")  # fmt: skip
    return _narrowed(found, samples)


def _followed(samples: Sequence[int] | None) -> QuerySet[Sample]:
    found = Sample.objects.filter(
        failure__is_open=False, state=SampleState.CONCLUDED, conclusion=Conclusion.UNQUALIFIED, recheck_of=None,
        law__in=[one.law for one in families()],
    ).exclude(notices__kind="follow_up").exclude(failure__state=OVERTURNED)  # fmt: skip
    return _narrowed(found, samples)


def _narrowed(found: QuerySet[Sample], samples: Sequence[int] | None) -> QuerySet[Sample]:
    if samples is not None:
        found = found.filter(pk__in=samples)
    return found.select_related("failure", "plan__organisation", "organisation").order_by("pk")


def _notices(kind: str, samples: list[Sample], by: Person, moment: Any) -> list[Notice]:
    sources = sources_of(samples)
    found = []
    for sample in samples:
        part = family_of(sample.law).part(kind)
        settled = settled_on(kind, sample, sources.trail(sample))
        day, clause = due_on(part.due.law, part.due.step, settled)
        found.append(
            Notice(
                sample=sample, kind=kind, fields=fields_of(sample, part, sources), settled_on=settled, due_on=day,
                clause=clause_of(sample, part, clause), decided_by_id=sources.decided_by(sample) or by.pk,
                changed_at=moment,
            )
        )  # fmt: skip
    return found


def _locked(numbers: Iterable[int]) -> list[Notice]:
    wanted = sorted(set(numbers))
    found = list(
        Notice.objects.select_for_update(of=("self",))
        .filter(pk__in=wanted)
        .select_related("sample__failure", "sample__plan__organisation", "sample__organisation")
        .order_by("pk")
    )
    if len(found) < len(wanted):
        missing = sorted(set(wanted) - {one.pk for one in found})
        raise permissions.not_there(str(missing[0]))
    return found


def _one(notice: Notice, by: Person, reason: str) -> Notice:
    (fresh,) = _locked([notice.pk])
    _check_may_publish(fresh, by)
    if not reason.strip():
        raise InputError("请写明理由，理由将向社会公开。", "Give the reason; the public will read it.")
    return fresh


def _check_may_publish(notice: Notice, by: Person) -> None:
    accounts.check(by, permissions.PUBLISH, organisation=notice.sample.organisation)


def _not_in(notice: Notice, zh: str, en: str) -> NotPossibleError:
    now = WORDS[NoticeState(notice.state)]
    return NotPossibleError(
        f"“{notice.sample}”现为“{now.zh}”，不能{zh}。", f"“{notice.sample}” is {now.en}: it cannot be {en}."
    )


def _log(notice: Notice, what: str, change: tuple[Any, Any], *, reason: str, by: Person) -> Correction:
    before, after = change
    entry = Correction.objects.create(
        notice=notice, at=registry.moment(), what=what, before=before, after=after, reason=reason.strip()[:500], by=by
    )
    audit.record(
        by=by, verb=f"inspections.notice_{what}", subject=f"notice:{notice.pk}",
        detail={"before": before, "after": after, "reason": entry.reason},
    )  # fmt: skip
    return entry
