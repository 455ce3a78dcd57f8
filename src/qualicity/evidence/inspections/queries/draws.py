"""Reads of draws: what was drawn, from what, and the same once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import IntegrityError
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.models import Commitment, Draw, Target
from qualicity.evidence.inspections.queries.drawing import Roster, Stored, checked_seed, hits
from qualicity.evidence.inspections.queries.frame import read_frame
from qualicity.evidence.inspections.queries.plans import plans
from qualicity.evidence.submissions.queries.paths import file_path
from qualicity.methods.drawing import frame_digest

if TYPE_CHECKING:
    from pathlib import Path

    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Person
    from qualicity.evidence.inspections.models import CheckPlan
    from qualicity.evidence.inspections.queries.drawing import Hit
    from qualicity.evidence.inspections.queries.frame import Frame


def draws(*, by: Person, plan: CheckPlan | None = None) -> QuerySet[Draw]:
    """Return the draws that a person sees, the latest first."""
    found = Draw.objects.select_related("plan__organisation", "drawn_by", "commitment__given_by")
    found = found.filter(plan__in=plans(by=by))
    return found if plan is None else found.filter(plan=plan)


def draw(number: int, *, by: Person) -> Draw:
    """Return one draw by its key; NotFoundError where there is none for this person."""
    found = draws(by=by).filter(pk=number).first()
    if found is None:
        raise permissions.not_there(str(number))
    return found


def targets(*, by: Person, draw: Draw | None = None, plan: CheckPlan | None = None) -> QuerySet[Target]:
    """Return the targets that a person sees: those of their own unit's plans, and those their unit is to visit."""
    accounts.check(by, permissions.READ)
    found = Target.objects.select_related("draw__plan", "line", "organisation").prefetch_related("inspectors")
    if not accounts.sees_all(by, permissions.READ):
        found = found.filter(Q(organisation=by.organisation_id) | Q(draw__plan__organisation=by.organisation_id))
    if draw is not None:
        found = found.filter(draw=draw)
    return found if plan is None else found.filter(draw__plan=plan)


def open_commitment(plan: CheckPlan) -> Commitment | None:
    """Return what was announced of the next seed, or None."""
    return Commitment.objects.filter(plan=plan, draw=None).select_related("given_by").first()


def frame_file(draw: Draw, *, by: Person) -> Path:
    """Return where the frame of a draw lies; who sees only their own targets is refused."""
    accounts.check(by, permissions.READ, organisation=draw.plan.organisation)
    path = file_path(draw.frame_digest)
    if not path.is_file():
        raise IntegrityError(
            f"第 {draw.number} 次抽取的名单文件不见了，请从备份恢复。",
            f"The frame of draw {draw.number} is gone from the files. Put it back from a backup.",
        )
    return path


def stored_frame(draw: Draw) -> Frame:
    """Return the frame of a draw as it was; IntegrityError when the file is not the one that was drawn from."""
    rows = file_path(draw.frame_digest).read_text(encoding="utf-8").splitlines()
    if frame_digest(rows) != draw.frame_digest:
        raise IntegrityError(
            f"第 {draw.number} 次抽取的名单文件与记录的摘要不符。",
            f"The frame file of draw {draw.number} does not agree with the digest on record.",
        )
    return read_frame(rows, plan=draw.plan.code, method=draw.method, release=draw.risk_release)


def stored_roster(draw: Draw) -> Roster:
    """Return whom the inspectors of a draw were drawn from."""
    return Roster(
        {code: tuple(team) for code, team in draw.roster["people"].items()},
        {code: tuple(team) for code, team in draw.roster["barred"].items()},
    )


def repeated(draw: Draw, *, seed: str | None = None, by: Person) -> tuple[Hit, ...]:
    """Return what a draw's own frame and roster give once more, with its seed or another one; nothing is stored."""
    accounts.check(by, permissions.READ, organisation=draw.plan.organisation)
    targets = draw.targets.values_list("enterprise", "enterprise_name", "place")
    stored = Stored(stored_roster(draw), {code: (name, place) for code, name, place in targets})
    found, _ = hits(draw.plan, stored_frame(draw), checked_seed(seed or draw.seed), stored)
    return found
