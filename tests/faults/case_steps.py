"""What the fault tests do to cases."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import queries as audit
from qualicity.commons.cases import actions, queries
from qualicity.commons.cases.models import Case, CaseClock, CaseMove
from qualicity.errors import StaleError


def open_letter(number: int) -> int:
    """Open a supervision letter; return its number."""
    return actions.open_case(
        type="supervision_letter", subject=f"task:{number}", title_zh=f"督办{number}", organisation="zhongmu",
        due=date(2014, 4, 30), by=accounts.operator(),
    ).pk  # fmt: skip


def answer_letter(number: int, seen: int = 1) -> str:
    """Answer a letter with a file; say how it went."""
    by = accounts.operator()
    proof = Path(os.environ["QUALICITY_HOME"]) / f"proof-{number}-{os.getpid()}.txt"
    proof.write_text(f"proof {number}", encoding="utf-8")
    try:
        actions.move(case=queries.case(number, by), move="answer", by=by, reason="已办", evidence=[proof], seen=seen)
    except StaleError:
        return "stale"
    finally:
        proof.unlink(missing_ok=True)
    return "moved"


def look_at_cases() -> dict[str, Any]:
    """Return what a reader sees of every case, and whether all of it agrees."""
    faults = []
    for case in Case.objects.all():
        trail = list(CaseMove.objects.filter(case=case).order_by("number"))
        if [one.number for one in trail] != list(range(1, case.entries + 1)) or trail[-1].after != case.state:
            faults.append(f"{case.pk}: its trail does not lead to where it stands")
        records = audit.records(search=f"case:{case.pk}").filter(subject=f"case:{case.pk}").count()
        if records != len(trail):
            faults.append(f"{case.pk}: {len(trail)} entries, {records} records")
        running = list(CaseClock.objects.filter(case=case, stand="running"))
        if case.due != min((one.due for one in running if one.due), default=None):
            faults.append(f"{case.pk}: it carries another deadline than its clocks")
        for kept in queries.attachments_of(case):
            if not queries.file_of(kept.sha256).is_file():
                faults.append(f"{case.pk}: the file {kept.name} is gone")
    return {"states": dict(Case.objects.values_list("pk", "state")), "faults": faults, "audit": audit.verify().ok}


STEPS = {"open_letter": open_letter, "answer_letter": answer_letter, "look_at_cases": look_at_cases}
