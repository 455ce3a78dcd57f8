"""What the fault tests do to a home, each step in a process of its own that may be killed at any instant.

Run as ``python -m tests.faults.scenario``: reads one JSON order per line, forks, lets the child carry it
out and answers with one JSON line. The parent imports everything and touches
nothing, so that a child starts in milliseconds.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.faults.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from tests.faults import (  # noqa: E402
    case_steps,
    document_steps,
    field_steps,
    laboratory_steps,
    listing_steps,
    notice_steps,
    release_steps,
)
from tests.faults.scenario_size import ROWS  # noqa: E402

from qualicity.commons.accounts import queries as accounts  # noqa: E402
from qualicity.commons.audit import queries as audit  # noqa: E402
from qualicity.commons.registry import actions as registry  # noqa: E402
from qualicity.definitions.catalogue import catalogue  # noqa: E402
from qualicity.definitions.periods import parse  # noqa: E402
from qualicity.errors import QualicityError, StaleError  # noqa: E402
from qualicity.evidence.submissions import actions, queries  # noqa: E402
from qualicity.evidence.submissions.lifecycle import State  # noqa: E402
from qualicity.evidence.submissions.models import RegisterTable, Submission, VersionMark  # noqa: E402

HEADINGS = "地区,统计月末,清运量(吨),无害化处理量(吨)"


def prepare() -> None:
    """Make the database and the organisations."""
    call_command("migrate", interactive=False, verbosity=0)
    registry.sync(by=accounts.operator())


def file_one(number: int, corrects: int | None = None) -> int:
    """File and submit a table of its own, to be accepted by a later step; return its number."""
    path = Path(os.environ["QUALICITY_HOME"]) / f"in-{number}.csv"
    earlier = Submission.objects.get(pk=corrects) if corrects else None
    generator = random.Random(number)
    amounts = [generator.uniform(100, 900) for _ in range(ROWS)]
    day = earlier.period.label if earlier else f"20{10 + number // 12 % 30:02d}-{1 + number % 12:02d}"
    # One row per place and day would collide: each row is a place outside the city.
    lines = [f"{330100 + n},{day}-28,{amount:.2f},{amount * 0.9:.2f}" for n, amount in enumerate(amounts)]
    path.write_text("\n".join([HEADINGS, *lines]), encoding="utf-8")
    by = accounts.operator()
    draft = actions.receive(
        register="waste", organisation="zhongmu", period=parse(day), file=path, name=path.name, by=by,
        corrects=earlier,
    )  # fmt: skip
    path.unlink()
    assert draft.state == State.DRAFT, queries.findings(draft, by=by)
    return actions.submit(submission=draft, unexplained=True, by=by).pk


def accept(number: int) -> str:
    """Accept a submission; say how it went."""
    try:
        actions.accept(submission=Submission.objects.get(pk=number), by=accounts.operator(), reason="x")
    except StaleError:
        return "stale"
    return "accepted"


def compact() -> int:
    """Merge the small files of the register."""
    return actions.compact(register="waste", by=accounts.operator()).version


def look(thoroughly: bool = False) -> dict[str, Any]:
    """Return what a reader sees, and whether it agrees with what was recorded; thoroughly: every version of it."""
    frame = queries.scan("waste")
    counts = {} if frame is None else dict(frame.collect().group_by("submission_id").len().iter_rows())
    return {
        "accepted": sorted(Submission.objects.filter(state=State.ACCEPTED).values_list("pk", flat=True)),
        "states": dict(Submission.objects.values_list("pk", "state")),
        "counts": counts,
        "pointer": queries.versions().get("waste"),
        "last_mark": VersionMark.objects.order_by("-version").values_list("version", flat=True).first(),
        "rows": RegisterTable.objects.values_list("rows", flat=True).first(),
        "lake": [str(one.fault) for one in actions.verify_lake(by=accounts.operator()) if not one.ok]
        if thoroughly
        else [],
        "audit": audit.verify().ok,
    }


STEPS = {
    "prepare": prepare,
    "file": file_one,
    "accept": accept,
    "compact": compact,
    "look": look,
    **case_steps.STEPS,
    **document_steps.STEPS,
    **release_steps.STEPS,
    **laboratory_steps.STEPS,
    **notice_steps.STEPS,
    **listing_steps.STEPS,
    **field_steps.STEPS,
}


def _carry_out(order: dict[str, Any], answer: int) -> None:
    try:
        result: Any = {"ok": STEPS[order["step"]](*order.get("given", []))}
    except QualicityError as error:
        result = {"error": type(error).__name__, "text": str(error)}
    os.write(answer, json.dumps(result).encode())
    connection.close()


def _fork(order: dict[str, Any]) -> tuple[int, int]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            _carry_out(order, writing)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(writing)
    return child, reading


def _answer(reading: int) -> Any:
    parts = b""
    while part := os.read(reading, 65536):
        parts += part
    os.close(reading)
    return json.loads(parts) if parts else None


def main() -> None:
    """Answer orders: {"steps": [order, …] carried out at once, "kill_after": seconds or null}."""
    catalogue()
    for line in sys.stdin:
        asked = json.loads(line)
        children = [_fork(order) for order in asked["steps"]]
        if asked.get("kill_after") is not None:
            time.sleep(asked["kill_after"])
            for child, _reading in children:
                os.kill(child, signal.SIGKILL)
        answers = [_answer(reading) for _child, reading in children]
        for child, _reading in children:
            os.waitpid(child, 0)
        sys.stdout.write(json.dumps(answers) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
