"""What was computed once is kept under what it was computed from: measure, definitions, versions of the registers."""

from __future__ import annotations

import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

import polars as pl
from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")

#: Files of cells that a home keeps; the oldest make room.
MOST_FILES = 4000


class Kept(Generic[T]):
    """A bounded memory of results by key; the same thing is never computed twice at once.

    Who asks for what is known never waits for somebody else's computation.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._known: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = threading.Lock()
        self._computing = threading.RLock()

    def get(self, key: Hashable, compute: Callable[[], T]) -> T:
        """Return what is known under a key, or compute it."""
        known = self._look_up(key)
        if known:
            return known[0]
        with self._computing:
            known = self._look_up(key)
            if known:
                return known[0]
            result = compute()
            with self._lock:
                self._known[key] = result
                while len(self._known) > self._size:
                    self._known.popitem(last=False)
            return result

    def _look_up(self, key: Hashable) -> tuple[T] | tuple[()]:
        with self._lock:
            if key not in self._known:
                return ()
            self._known.move_to_end(key)
            return (self._known[key],)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._known.clear()


def frame_on_disk(parts: Iterable[str], compute: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    """Return a frame from the home's folder of cells, or compute it and put it there.

    ``parts`` must name everything that the frame follows from: files of the lake by name (which are never
    overwritten), definitions in full, the version of the code.
    """
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    path = Path(settings.QUALICITY_HOME) / "cells" / digest[:2] / f"{digest}.parquet"
    try:
        return pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError):
        # Nothing there, or a file cut short by a crash: what follows from other things can be made again.
        pass
    frame = compute()
    try:
        _write(frame, path)
    except OSError:
        # A full or read-only disk costs speed only.
        return frame
    return frame


def _write(frame: pl.DataFrame, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{os.getpid()}-{threading.get_ident()}-{path.name}")
    frame.write_parquet(draft)
    draft.replace(path)
    beside = [one for one in path.parent.iterdir() if one.suffix == ".parquet"]
    # 256 folders share the room.
    spare = len(beside) - MOST_FILES // 256
    for old in sorted(beside, key=lambda one: one.stat().st_mtime)[: max(0, spare)]:
        old.unlink(missing_ok=True)
