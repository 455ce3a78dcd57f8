"""A visit in vain: the enterprise was not found, had nothing to sample, or refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError as DuplicateError
from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import queries as registry
from qualicity.errors import NotAllowedError
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.actions.photographs import PHOTO
from qualicity.evidence.inspections.actions.sampling import attach, check_same, check_waiting, taken_in
from qualicity.evidence.inspections.actions.sheets import AHEAD, SheetError, digest_of, wrong
from qualicity.evidence.inspections.lifecycle import TargetState
from qualicity.evidence.inspections.models import Target, Visit
from qualicity.evidence.submissions.actions.files import keep

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from qualicity.commons.accounts.models import Person
    from qualicity.evidence.inspections.actions.photographs import Picture, Taken

OUTCOMES = (TargetState.NOT_FOUND, TargetState.NO_GOODS, TargetState.REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class InVain:
    """What is written down of a visit in vain; a note and a photograph show that somebody was there."""

    outcome: str
    note: str
    visited_at: datetime
    latitude: float | None = None
    longitude: float | None = None
    accuracy_metres: float | None = None


def close_target(*, client_id: UUID, target: Target, visit: InVain, files: Sequence[Picture], by: Person) -> Visit:
    """Close a target that could not be sampled; the same words sent again give the visit that is there."""
    accounts.check(by, permissions.SAMPLE, organisation=target.organisation)
    if not by.is_operator and not target.inspectors.filter(pk=by.pk).exists():
        raise NotAllowedError("您不是该对象的抽样人员。", "You are not one of this target's inspectors.")
    with taken_in(files) as pictures:
        digest = digest_of(f"visit:{target.pk}", visit, ((one.kind, one.incoming.sha256) for one in pictures))
        if (known := _known(client_id, digest)) is not None:
            return known
        _check(visit, target, [one.kind for one in pictures])
        for one in pictures:
            keep(one.incoming)
        try:
            return _stored(client_id, digest, target=target, visit=visit, pictures=pictures, by=by)
        except DuplicateError:  # the same words twice at the same moment
            if (known := _known(client_id, digest)) is not None:
                return known
            raise


def _known(client_id: UUID, digest: str) -> Visit | None:
    found = Visit.objects.filter(client_id=client_id).first()
    if found is not None:
        check_same(found.sheet_digest, digest)
    return found


def _check(visit: InVain, target: Target, kinds: Sequence[str]) -> None:
    problems = []
    if visit.outcome not in OUTCOMES:
        problems.append(
            wrong(
                "outcome",
                "请选择未能抽样的原因。",
                "Choose why nothing was sampled.",
            )
        )
    if not visit.note.strip() or len(visit.note) > 300:
        problems.append(
            wrong(
                "note",
                "请用不超过 300 字写明经过。",
                "Say in at most 300 characters what happened.",
            )
        )
    if PHOTO not in kinds:
        problems.append(
            wrong(
                "photo",
                "请附现场照片。",
                "Add a photograph of the place.",
            )
        )
    if not target.draw.drawn_at.date() <= visit.visited_at.date() or visit.visited_at > registry.moment() + AHEAD:
        problems.append(
            wrong(
                "visited_at",
                "到访时间应在抽取之后，且不晚于现在。",
                "A visit is after the draw, and not in the future.",
            )
        )
    if problems:
        raise SheetError(problems)


@transaction.atomic
def _stored(
    client_id: UUID, digest: str, *, target: Target, visit: InVain, pictures: Sequence[Taken], by: Person
) -> Visit:
    held = Target.objects.select_for_update(of=("self",)).get(pk=target.pk)
    if (known := _known(client_id, digest)) is not None:
        return known
    check_waiting(held)
    now = registry.moment()
    new = Visit.objects.create(
        client_id=client_id, sheet_digest=digest, target=held, outcome=visit.outcome, note=visit.note.strip(),
        visited_at=visit.visited_at, latitude=visit.latitude, longitude=visit.longitude,
        accuracy_metres=visit.accuracy_metres, sent_by=by, received_at=now,
    )  # fmt: skip
    held.state, held.note, held.closed_at = visit.outcome, new.note, now
    held.save(update_fields=["state", "note", "closed_at"])
    attach(pictures, visit=new)
    audit.record(
        by=by, verb="inspections.visit", subject=f"target:{held.pk}",
        detail={"outcome": visit.outcome, "client_id": str(client_id), "files": len(pictures)},
    )  # fmt: skip
    return new
