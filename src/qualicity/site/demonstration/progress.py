"""Progress on standard error: phase, share done, seconds."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TextIO

from qualicity.errors import Text

_WIDTH = 28
_NOTHING = Text("", "")


@dataclass(slots=True)
class Progress:
    """A line that grows on a terminal; one line per phase elsewhere."""

    stream: TextIO = field(default_factory=lambda: sys.stderr)
    started: float = field(default_factory=time.perf_counter)
    seconds: dict[str, float] = field(default_factory=dict)
    _phase: Text = _NOTHING
    _since: float = 0.0
    _shown: int = -1

    def phase(self, zh: str, en: str) -> None:
        """Begin a phase."""
        self._close()
        self._phase, self._since, self._shown = Text(zh, en), time.perf_counter(), -1
        self.at(0, 1)

    def at(self, done: int, total: int) -> None:
        """Show how much of the phase is done."""
        share = 100 * done // max(total, 1)
        if share == self._shown or not self._phase.en:
            return
        self._shown = share
        if self.stream.isatty():
            bar = "█" * (share * _WIDTH // 100)
            self.stream.write(f"\r\033[K{bar:░<{_WIDTH}} {share:3d} %  {self._phase}")
            self.stream.flush()

    def finish(self) -> float:
        """End the last phase and return the seconds since the start."""
        self._close()
        return time.perf_counter() - self.started

    def _close(self) -> None:
        if not self._phase.en:
            return
        spent = time.perf_counter() - self._since
        self.seconds[self._phase.en] = round(self.seconds.get(self._phase.en, 0.0) + spent, 2)
        start = "\r\033[K" if self.stream.isatty() else ""
        self.stream.write(f"{start}100 %  {self._phase}  {spent:.1f} s\n")
        self.stream.flush()
        self._phase = _NOTHING
