"""Hands every delivery in through the ordinary door, in the order of a simulated clock.

The files are made by a second process, ahead of the reading, so that both cores work.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import actions as registry
from qualicity.evidence.submissions import actions as submissions
from qualicity.site.demonstration import deliver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualicity.commons.accounts.models import Person
    from qualicity.evidence.submissions.models import Submission
    from qualicity.site.demonstration.city import City
    from qualicity.site.demonstration.progress import Progress
    from qualicity.site.demonstration.story import Delivery

_AHEAD = 12
_EXPLAINED = "模拟说明：已逐条核对，确系监测或检查原始记录。"


@dataclass(slots=True)
class Tally:
    """What was handed in."""

    submissions: int = 0
    accepted: int = 0
    returned: int = 0
    waiting: int = 0
    rows: int = 0
    warnings: int = 0
    forms: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One thing that happens: a file comes in, or the office decides."""

    at: datetime
    number: int
    decides: bool


def perform(
    city: City, told: tuple[Delivery, ...], *, folder: Path, reporters: dict[str, Person], progress: Progress
) -> Tally:
    """Hand in all deliveries and decide on them, and return what came of it."""
    tally, standing = Tally(), dict[tuple[str, str, str], "Submission"]()
    handed: dict[int, Submission] = {}
    steps = _steps(told)
    files = _files(city, told, folder)
    office = accounts.person("office")
    # Asked once here: only a home marked simulated may turn its clock.
    with registry.clock_at(timezone.make_aware(steps[0].at)):
        for done, step in enumerate(steps):
            delivery = told[step.number]
            with audit.at(timezone.make_aware(step.at)):
                if step.decides:
                    _decide(delivery, handed.pop(step.number), standing, tally, by=office)
                else:
                    handed[step.number] = _hand_in(delivery, next(files), standing, reporters, tally)
            progress.at(done + 1, len(steps))
    return tally


def _steps(told: tuple[Delivery, ...]) -> list[Step]:
    steps = [Step(one.received, number, decides=False) for number, one in enumerate(told)]
    steps += [
        Step(one.decided, number, decides=True)
        for number, one in enumerate(told)
        if one.outcome not in {"pending", "refused"}
    ]
    return sorted(steps)


def _files(city: City, told: tuple[Delivery, ...], folder: Path) -> Iterator[Path]:
    """Yield the files in the order of the deliveries, made some steps ahead by another process."""
    context = multiprocessing.get_context("spawn")
    waiting: list[Future[str]] = []
    with ProcessPoolExecutor(1, mp_context=context) as maker:
        try:
            for number in range(len(told)):
                while len(waiting) < _AHEAD and number + len(waiting) < len(told):
                    waiting.append(maker.submit(deliver.make, city.seed, number + len(waiting), str(folder)))
                yield Path(waiting.pop(0).result())
        finally:
            maker.shutdown(cancel_futures=True)


def _hand_in(
    delivery: Delivery,
    file: Path,
    standing: dict[tuple[str, str, str], Submission],
    reporters: dict[str, Person],
    tally: Tally,
) -> Submission:
    by = reporters[delivery.organisation]
    submission = submissions.receive(
        register=delivery.register,
        organisation=delivery.organisation,
        period=delivery.period,
        file=file,
        name=file.name,
        by=by,
        corrects=standing.get(delivery.key) if delivery.corrects else None,
    )
    file.unlink()
    tally.submissions += 1
    tally.forms[delivery.form] = tally.forms.get(delivery.form, 0) + 1
    if submission.state == "returned":
        tally.returned += delivery.outcome != "good_rows"
        assert delivery.content == "slips", f"{delivery.key} came back: the simulation made a file with errors"
        return submission
    assert delivery.content != "slips", f"{delivery.key} was meant to have errors"
    explanation = delivery.explanation or (_EXPLAINED if submission.warnings else "")
    tally.warnings += bool(submission.warnings)
    tally.waiting += delivery.outcome == "pending"
    with audit.at(timezone.make_aware(delivery.received + timedelta(minutes=20))):
        return submissions.submit(submission=submission, explanation=explanation, by=by)


def _decide(
    delivery: Delivery,
    submission: Submission,
    standing: dict[tuple[str, str, str], Submission],
    tally: Tally,
    *,
    by: Person,
) -> None:
    if delivery.outcome == "returned":
        submissions.return_(submission=submission, reason=delivery.reason, by=by)
        tally.returned += 1
        return
    accepted = submissions.accept(
        submission=submission, reason=delivery.reason, good_rows_only=delivery.outcome == "good_rows", by=by
    )
    standing[delivery.key] = accepted
    tally.accepted += 1
    tally.rows += accepted.accepted_rows
