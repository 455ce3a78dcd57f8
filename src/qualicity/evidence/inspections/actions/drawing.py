"""Drawing from a plan: the seed's source is said beforehand, then the draw is made and kept with all it came from."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, NotPossibleError
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.lifecycle import PlanState, check_plan
from qualicity.evidence.inspections.models import CheckPlan, Commitment, Draw, Target
from qualicity.evidence.inspections.queries.drawing import RECIPE, checked_seed, chosen, hits
from qualicity.evidence.inspections.queries.draws import stored_frame
from qualicity.evidence.inspections.queries.frame import frame_of
from qualicity.evidence.submissions import actions as submissions
from qualicity.evidence.submissions.actions import files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from qualicity.commons.accounts.models import Person
    from qualicity.evidence.inspections.queries.drawing import Hit
    from qualicity.evidence.inspections.queries.frame import Frame


@transaction.atomic
def announce_seed(*, plan: CheckPlan, source: str, known_on: date, by: Person) -> Commitment:
    """Say beforehand where the seed of the next draw will come from (a public lottery, say), and on which day.

    What would be drawn from today is kept as a digest, so that nobody can change the frame to suit the seed unseen.
    """
    held = _approved(plan, by)
    if not source.strip():
        raise InputError(
            "请写明种子取自何处，例如某日公开开奖的号码。",
            "Say where the seed will come from, such as the numbers of a public lottery.",
        )
    if Commitment.objects.filter(plan=held, draw=None).exists():
        raise NotPossibleError(
            "已公布过下一次抽取的种子来源，不能另行公布。",
            "Where the next seed comes from was announced already, and cannot be announced anew.",
        )
    today = registry.moment()
    if known_on < today.date():
        raise InputError(
            f"种子揭晓日 {known_on} 已经过去，来源须在揭晓之前公布。",
            f"The day on which the seed is known, {known_on}, is past: its source is announced before.",
        )
    take_stock(by=by)
    new = Commitment.objects.create(
        plan=held, source=source.strip()[:300], known_on=known_on, given_by=by, given_at=today,
        frame_digest=frame_of(held, on=today.date()).digest(),
    )  # fmt: skip
    _record(by, "announce_seed", held, {"source": new.source, "known_on": known_on.isoformat()})
    return new


@transaction.atomic
def draw(*, plan: CheckPlan, seed: str | int, by: Person) -> Draw:
    """Draw what is still missing of an approved plan, and keep it with the seed, the frame and every chance.

    The first draw draws everything; a later one draws others in the stead of targets visited in vain. An announced
    seed is not used before its day.
    """
    held, text, now = _approved(plan, by), checked_seed(seed), registry.moment()
    commitment = Commitment.objects.filter(plan=held, draw=None).first()
    if commitment is not None and now.date() < commitment.known_on:
        raise NotPossibleError(
            f"种子（{commitment.source}）要到 {commitment.known_on} 才揭晓，届时再抽取。",
            f"The seed ({commitment.source}) is not known before {commitment.known_on}: draw then.",
        )
    take_stock(by=by)
    frame = frame_of(held, on=now.date())
    found, roster = hits(held, frame, text)
    digest = _keep(frame)
    new = Draw.objects.create(
        plan=held, number=(held.draws.aggregate(last=Max("number"))["last"] or 0) + 1, seed=text, recipe=RECIPE,
        commitment=commitment, method=frame.method, risk_release=frame.release, frame_digest=digest,
        frame_size=frame.size, left_out={str(line): dict(why) for line, why in frame.left_out.items()},
        roster={"people": roster.people, "barred": roster.barred}, drawn_by=by, drawn_at=now,
    )  # fmt: skip
    _keep_targets(new, found)
    _record(by, "draw", held, {"draw": new.number, "seed": text, "frame": digest, "targets": len(found)})
    return new


def take_stock(*, by: Person) -> None:
    """Bring the registry up to the accepted register of enterprises: the house does it, whoever asks for the draw."""
    accounts.check(by, permissions.READ)
    submissions.take_in_enterprises(by=accounts.operator())


def _approved(plan: CheckPlan, by: Person) -> CheckPlan:
    held = CheckPlan.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=plan.pk)
    permissions.check_plan(by, held.organisation)
    check_plan(held.state, allowed=(PlanState.APPROVED,))
    return held


def _keep(frame: Frame) -> str:
    """Keep the frame among the home's files, under its digest."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "frame.txt"
        path.write_bytes(frame.file())
        incoming = files.take_in(path)
    files.keep(incoming)
    return incoming.sha256


def _keep_targets(draw: Draw, found: Sequence[Hit]) -> None:
    before = _chances_before(draw)
    targets = Target.objects.bulk_create(
        (
            Target(
                draw=draw, line=one.line, number=one.number, enterprise=one.enterprise, enterprise_name=one.name,
                place=one.place, organisation=one.organisation, stratum=one.stratum,
                probability=1 - (1 - one.chance) * before[one.line.number, one.enterprise],
            )
            for one in found
        ),
        batch_size=2000,
    )  # fmt: skip
    people = {one.username: one.pk for one in _people(found)}
    through = Target.inspectors.through
    through.objects.bulk_create(
        (
            through(target_id=target.pk, person_id=people[name])
            for target, one in zip(targets, found, strict=True)
            for name in one.inspectors
        ),
        batch_size=2000,
    )


def _people(found: Sequence[Hit]) -> Sequence[Person]:
    return accounts.holders(permissions.SAMPLE, organisations={one.organisation for one in found})


def _chances_before(draw: Draw) -> Mapping[tuple[int, str], float]:
    """Return, by line and enterprise, the chance not to have been drawn by any earlier draw of the plan.

    Earlier draws are drawn once more from the frames that were kept.
    """
    left: defaultdict[tuple[int, str], float] = defaultdict(lambda: 1.0)
    for earlier in draw.plan.draws.filter(number__lt=draw.number).select_related("plan"):
        for line, one in chosen(stored_frame(earlier), earlier.seed).items():
            for key in one.chances:
                left[line, key] *= 1 - one.chances[key] / 10**9
    return left


def _record(by: Person, verb: str, plan: CheckPlan, detail: Mapping[str, Any]) -> None:
    audit.record(by=by, verb=f"inspections.{verb}", subject=f"check_plan:{plan.code}", detail=detail)
