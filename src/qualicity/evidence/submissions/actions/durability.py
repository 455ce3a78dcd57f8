"""Whether writes wait for the disk: always, save where a simulation is built that is worthless until whole."""

from __future__ import annotations

import os
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from qualicity.commons.registry import queries as registry
from qualicity.errors import NotPossibleError

if TYPE_CHECKING:
    from collections.abc import Iterator

_WAITS: ContextVar[bool] = ContextVar("waits_for_the_disk", default=True)


def to_disk(handle: int) -> None:
    """Wait until what was written to an open file has reached the disk."""
    if _WAITS.get():
        os.fsync(handle)


@contextmanager
def waiting_once() -> Iterator[None]:
    """Wait for the disk once, at the end of the block, and not for each file; only in a home marked simulated."""
    if not registry.is_simulated():
        raise NotPossibleError(
            "只有标明为模拟的数据目录才可以最后一次性落盘。",
            "Only a home marked simulated may leave the waiting for the disk to the end.",
        )
    token = _WAITS.set(False)
    try:
        yield
        os.sync()
    finally:
        _WAITS.reset(token)
