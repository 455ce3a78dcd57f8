"""Frames of draws that anybody may have: of draws whose visits are done, and where nobody had a weight.

Nothing here takes a person. A frame that was weighted by risk would tell the risk of every single enterprise in it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from qualicity.errors import IntegrityError, NotAllowedError, NotFoundError
from qualicity.evidence.inspections.lifecycle import TargetState
from qualicity.evidence.inspections.models import Draw
from qualicity.evidence.submissions.queries.paths import file_path

if TYPE_CHECKING:
    from pathlib import Path

    from django.db.models import QuerySet

OPEN_METHODS = ("simple", "stratified")
"""Methods by which each enterprise of a stratum has the same chance, so that a frame tells nothing of any of them."""


@dataclass(frozen=True, slots=True)
class PublicFrame:
    """A frame as a file: where it lies, what it is called, and the digest that was published."""

    path: Path
    name: str
    sha256: str


def finished(draws: QuerySet[Draw]) -> QuerySet[Draw]:
    """Return those of some draws whose last visit is done, each with ``drawn_count``."""
    waiting = Count("targets", filter=Q(targets__state=TargetState.WAITING))
    found = draws.annotate(waiting_count=waiting, drawn_count=Count("targets"))
    return found.filter(waiting_count=0, drawn_count__gt=0)


def public_frame(plan: str, number: int) -> PublicFrame:
    """Return the frame of a draw by the plan's code and the draw's number, byte by byte what its digest is of.

    NotFoundError while a visit waits, as if there were no draw; NotAllowedError where it was weighted by risk;
    IntegrityError when the file is not the one that was drawn from.
    """
    draw = finished(Draw.objects.filter(plan__code=plan, number=number)).first()
    if draw is None:
        raise NotFoundError("没有已完成检查的这次抽取。", "There is no such draw whose checks are done.")
    if draw.method not in OPEN_METHODS or draw.risk_release:
        raise NotAllowedError(
            "这次抽取按风险概率进行，名单中的权重会泄露单个企业的风险评分，因此不公开下载；"
            "可向抽查计划的主管部门申请查阅，名单以公布的摘要为准。",
            "This draw was weighted by risk: the weights in its frame would give away the risk score of single "
            "enterprises, so that it cannot be downloaded. Ask the office of the plan to see it; the published "
            "digest fixes it.",
        )
    path = file_path(draw.frame_digest)
    if _digest(path) != draw.frame_digest:
        raise IntegrityError(
            "这次抽取的名单文件与公布的摘要不符，已停止提供；请告知主管部门从备份恢复。",
            "The frame file of this draw does not agree with the published digest and is not given out. Tell the "
            "office to put it back from a backup.",
        )
    return PublicFrame(path, f"{plan}-{number}-frame.txt", draw.frame_digest)


def _digest(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
