"""The split of points as parts of a bar and of a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from qualicity.judgement.assessment.queries.plain import PARTS

if TYPE_CHECKING:
    from qualicity.methods.scoring import Marks, Total

WORDS = {
    "certain": _("Certain"),
    "likely": _("Likely"),
    "at_risk": _("At risk"),
    "within_reach": _("Within reach"),
    "open": _("Waiting for evidence"),
    "lost": _("Lost"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its name, words and points, and where its bar begins and how long it is, of 1000."""

    name: str
    words: Any
    points: float
    start: float
    width: float


def split(total: Total | Marks) -> tuple[Part, ...]:
    """Return the parts that have points, in order."""
    found, at = [], 0.0
    for name in PARTS:
        points = getattr(total, name)
        width = 1000.0 * points / total.full if total.full else 0.0
        if points > 0:
            found.append(Part(name, WORDS[name], points, round(at, 1), round(width, 1)))
        at += width
    return tuple(found)
