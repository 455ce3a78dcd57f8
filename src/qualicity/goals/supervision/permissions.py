"""May this person? Asked by every read and write of the desk, never only by a page."""

from __future__ import annotations

from qualicity.errors import NotFoundError

READ = "supervision.read"
MANAGE = "supervision.manage"


def not_there(zh: str, en: str, number: int) -> NotFoundError:
    """Return the answer to a number that does not exist."""
    return NotFoundError(f"没有编号为 {number} 的{zh}。", f"There is no {en} {number}.")
