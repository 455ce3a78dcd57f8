"""How long it takes to look at the lights of ten thousand assignments and keep what changed.

A home gets 10 000 assignments with their cases, a report each and evidence for half of them. Ours: ``actions.look``
as ``qualicity tasks lights`` calls it — everything read, every light computed, every change written with its audit
record. Reported is the dearest look, at which every light is new; ``usual_s`` is a look a month later. The peer is
the loop that one would write first: each assignment with its case, trail, last report and files asked for by itself,
its light by the same rule, each change saved by itself. Both must find the same lights.

    .venv/bin/python benchmarks/lights.py [--assignments N] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

GOAL_S = 1.0
DAY = date(2014, 11, 10)
SEED = 2014


def set_up(home: Path) -> None:
    """Make an empty home."""
    os.environ.update(QUALICITY_HOME=str(home), QUALICITY_TODAY="2014-03-01", QUALICITY_HTTPS="0")
    os.environ["DJANGO_SETTINGS_MODULE"] = "qualicity.site.settings"
    os.environ.pop("DATABASE_URL", None)
    from qualicity import __main__ as command

    command._set_up_django()
    command.make_ready()


def fill(count: int) -> Any:
    """Hand out that many assignments, each with its case and a report; return the plan."""
    from django.db import transaction

    from qualicity.commons.accounts import queries as accounts
    from qualicity.commons.registry import queries as registry
    from qualicity.goals.tasks.actions.breaking_down import hand_out, new_breakdown
    from qualicity.goals.tasks.models import Assignment, Progress

    plan, by, chance = registry.plan(), accounts.operator(), random.Random(SEED)
    units = {one.code: one for one in accounts.organisations()}
    pairs = [(task, code) for task in plan.tasks for code in (task.lead, *task.supporting)]
    with transaction.atomic():
        breakdown = new_breakdown(plan=plan, level=None, origin="derived", by=by)
        made = []
        for number in range(count):
            task, code = pairs[number % len(pairs)]
            start = plan.start + timedelta(days=chance.randrange(0, 120))
            deadline = start + timedelta(days=chance.randrange(60, 280))
            made.append(
                Assignment(
                    task=task.number, strategy=task.strategy, organisation=units[code], role="supporting",
                    duty_zh=f"{task.title.zh} {number}", duty_en=f"{task.title.en} {number}", start=start,
                    deadline=min(deadline, plan.end), responsibility="derived",
                )
            )  # fmt: skip
        hand_out(plan=plan, breakdown=breakdown, made=made, by=by, on=plan.start)
        Progress.objects.bulk_create(
            [
                Progress(
                    assignment=one, percent=chance.randrange(0, 101, 10), text="进展", files=0, reported_by=by,
                    day=one.start + timedelta(days=chance.randrange(0, 150)), reported_at=breakdown.made_at,
                )
                for one in made
            ],
            batch_size=2000,
        )  # fmt: skip
        attach(made[::2], by, breakdown.made_at)
    return plan


def attach(made: list[Any], by: Any, moment: Any) -> None:
    """Give the cases of these assignments a file each; the bytes do not matter here."""
    from django.apps import apps

    model = apps.get_model("cases", "Attachment")
    model.objects.bulk_create(
        [
            model(
                case=one.case,
                sha256="0" * 64,
                size=1,
                name="佐证.txt",
                added_by=by,
                added_at=moment.replace(year=2014),
            )
            for one in made
        ],
        batch_size=2000,
    )


def ours(plan: Any, day: date) -> tuple[float, float, int]:
    """Look at every light; return the seconds by the clock and of the processor, and how many changed."""
    from qualicity.commons.accounts import queries as accounts
    from qualicity.goals.tasks import actions

    by = accounts.operator()
    started, busy = time.perf_counter(), time.process_time()
    looked = actions.look(plan=plan, by=by, on=day)
    return time.perf_counter() - started, time.process_time() - busy, len(looked.changes)


def row_by_row(plan: Any, day: date) -> tuple[float, dict[int, str]]:
    """Look at one after the other, and save each change by itself (undone at the end)."""
    from django.db import transaction

    from qualicity.commons.registry import queries as registry
    from qualicity.goals.tasks.models import Assignment, LightChange
    from qualicity.goals.tasks.queries import thresholds
    from qualicity.methods.lights import light_of

    found, rules = {}, thresholds()
    started = time.perf_counter()
    with transaction.atomic():
        for one in Assignment.objects.filter(plan=plan.code, replaced_at=None):
            moves = list(one.case.trail.filter(on__lte=day).order_by("number"))
            state = next((move for move in reversed(moves) if move.before), None)
            report = one.progress.filter(day__lte=day).first()
            light = light_of(
                start=one.start,
                due=one.deadline,
                day=day,
                progress=report.percent / 100 if report else 0.0,
                reported=report.day if report else None,
                closed=state.on if state and state.after == "closed" else None,
                handed_in=state.on if state and state.after == "submitted" else None,
                evidence=one.case.attachments.count(),
                thresholds=rules,
            )
            found[one.pk] = light.light.value
            last = one.lights.first()
            if last is None or last.light != light.light.value:
                LightChange.objects.create(
                    assignment=one, light=light.light.value, before=last.light if last else "",
                    reason=light.reason.value, figure=light.figure, day=day, at=registry.moment(),
                )  # fmt: skip
        seconds = time.perf_counter() - started
        transaction.set_rollback(True)
    return seconds, found


def main() -> int:
    """Run both and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assignments", type=int, default=10_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qualicity-bench-") as name:
        set_up(Path(name) / "home")
        plan = fill(arguments.assignments)
        os.environ["QUALICITY_TODAY"] = "2014-12-20"
        peer, expected = row_by_row(plan, DAY)
        first, busy, changed = ours(plan, DAY)
        from qualicity.goals.tasks.queries.history import last_lights

        assert last_lights(plan) == expected, "the two ways found different lights"
        assert changed == arguments.assignments
        usual, _, later = ours(plan, DAY + timedelta(days=30))
    result = {
        "name": "lights",
        "ours_s": round(first, 3),
        "peers": {"row by row": round(peer, 3)},
        "ratio_to_best": round(first / peer, 3),
        "rows": arguments.assignments,
        "cpu_s": round(busy, 3),
        "usual_s": round(usual, 3),
        "usual_changes": later,
    }
    if arguments.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        print(
            f"lights: {arguments.assignments:,} in {first:.2f} s (a month later {usual:.2f} s, {later:,} changes); "
            f"row by row {peer:.2f} s"
        )
    return 0 if first <= GOAL_S else 1


if __name__ == "__main__":
    sys.exit(main())
