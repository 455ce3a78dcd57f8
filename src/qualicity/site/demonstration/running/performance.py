"""Plays the tale in the order of its clock: first what hands the work out, then what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import actions as registry
from qualicity.site.demonstration.running import chasing, handing_out, judging, working, writing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualicity.site.demonstration.progress import Progress
    from qualicity.site.demonstration.running.told import Happening, Stage


def run(stage: Stage, progress: Progress) -> int:
    """Let the plan run up to the last day, and return how many things happened."""
    handed = _play(handing_out.happenings(stage), progress)
    every = [
        *working.happenings(stage),
        *working.looks(stage),
        *chasing.happenings(stage),
        *judging.happenings(stage),
        *writing.happenings(stage),
    ]
    return handed + _play(every, progress)


def _play(every: Iterable[Happening], progress: Progress) -> int:
    steps = sorted(every, key=lambda one: (one.at, one.order))
    # Asked once here: only a home marked simulated may turn its clock.
    with registry.clock_at(steps[0].at):
        for done, step in enumerate(steps, 1):
            with audit.at(step.at):
                step.what()
            progress.at(done, len(steps))
    return len(steps)
