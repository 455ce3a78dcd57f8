"""May this person? Asked by every read and write of the desk, never only by a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.errors import NotFoundError

if TYPE_CHECKING:
    pass

READ = "enforcement.read"
ACT = "enforcement.act"
DECIDE = "enforcement.decide"
PAY = "enforcement.pay"
OBJECT = "credit.object"


def not_there(what: str) -> NotFoundError:
    """Return the one answer to what does not exist and to what is not for this person."""
    return NotFoundError(f"没有“{what}”，或您无权查看。", f"There is no “{what}”, or it is not for you to see.")
