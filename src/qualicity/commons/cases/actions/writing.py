"""What every write of a case does: take it under lock, look whether it is as it was seen, write its trail."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from qualicity.commons.audit import actions as audit
from qualicity.commons.cases import permissions
from qualicity.commons.cases.lifecycle import OFFICE, title_of
from qualicity.commons.cases.models import Case, CaseMove
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import InputError, NotPossibleError, StaleError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.cases import CaseType


def at_day(on: date | None) -> tuple[datetime, date]:
    """Return the moment that clocks count from, and its day; a day to come is refused."""
    moment = registry.moment()
    today = timezone.localdate(moment)
    if on is None or on == today:
        return moment, today
    if on > today:
        raise InputError(f"日期 {on} 还没有到。", f"The day {on} is yet to come.")
    return datetime.combine(on, moment.time(), tzinfo=moment.tzinfo), on


def owner_of(case: Case, kind: CaseType) -> str:
    """Return in one word whose turn it is in the case's state; nobody's at an end."""
    state = kind.state(case.state)
    if state.is_end:
        return ""
    if state.owner == "enterprise":
        return f"@{case.enterprise}"
    if state.owner == "responsible":
        return f"{case.organisation_id}:"
    if state.owner == "opener" and case.opener_organisation_id is not None:
        return f"{case.opener_organisation_id}:"
    role = state.role if state.owner == "role" else OFFICE
    known = catalogue().roles.get(role or OFFICE)
    return f":{role}" if known is None or known.scope == "all" else f"{case.organisation_id}:{role}"


def locked(case: Case, by: Person, seen: int | None) -> Case:
    """Return the case as it is now, locked; StaleError where it is not as it was seen."""
    fresh = (
        Case.objects.select_for_update(of=("self",))
        .select_related("organisation", "opener_organisation", "person", "opened_by", "last_by")
        .get(pk=case.pk)
    )
    permissions.check_read(by, fresh)
    expected = case.version if seen is None else seen
    if fresh.version != expected:
        now = title_of(fresh.type, fresh.state)
        who = fresh.last_by
        raise StaleError(
            f"该事项已由“{who}”先行办理，现为“{now.zh}”。您的操作没有生效，请刷新后再看。",
            f"“{who}” was faster: this case is now at “{now.en}”. Nothing of yours was done; look at it again.",
        )
    return fresh


def check_open(case: Case) -> None:
    """Raise NotPossibleError for a case that has ended."""
    if not case.is_open:
        now = title_of(case.type, case.state)
        raise NotPossibleError(
            f"该事项已是“{now.zh}”，不能再改动。", f"This case has ended at “{now.en}”; nothing can be changed."
        )


def write(
    case: Case,
    *,
    code: str,
    by: Person,
    on: date,
    before: str = "",
    reason: str = "",
    evidence: list[dict[str, Any]] | None = None,
    detail: Mapping[str, Any] | None = None,
) -> CaseMove:
    """Add one entry to the trail and one record to the audit, and save the case; inside the caller's transaction."""
    case.entries += 1
    case.save()
    entry = CaseMove(
        case=case, number=case.entries, code=code, before=before or case.state, after=case.state,
        reason=reason.strip(), evidence=evidence or [], detail=dict(detail or {}), by=by, at=registry.moment(), on=on,
    )  # fmt: skip
    entry.save()
    audit.record(
        by=by, verb=f"cases.{code}", subject=f"case:{case.pk}",
        detail={"type": case.type, "about": case.subject, "before": entry.before, "after": entry.after,
                "reason": entry.reason, "evidence": entry.evidence, "on": on.isoformat(), **entry.detail},
    )  # fmt: skip
    return entry
