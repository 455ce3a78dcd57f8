"""Lights of whole columns against the slow obvious way, one assignment and one rule after the other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qualicity.methods.lights import NEVER, Light, Reason, Standing, Thresholds, lights, words

FIRST = date(2014, 1, 1)
days = st.integers(0, 400).map(lambda number: FIRST + timedelta(days=number))
one = st.fixed_dictionaries(
    {
        "start": days,
        "length": st.integers(0, 200),
        "closed": st.none() | days,
        "handed_in": st.none() | days,
        "reported": st.none() | days,
        "progress": st.integers(0, 100).map(lambda percent: percent / 100),
        "evidence": st.integers(0, 2),
    }
)
rules = st.builds(
    Thresholds,
    due_soon_days=st.integers(0, 40),
    behind_by=st.sampled_from([0.1, 0.25, 0.5]),
    settling_days=st.integers(0, 40),
    silent_days=st.integers(1, 90),
    evidence_from=st.sampled_from([0.3, 0.5, 1.0]),
    check_days=st.integers(0, 20),
)


def obvious(row: dict[str, Any], day: date, t: Thresholds) -> tuple[Light, Reason]:
    start, due = row["start"], row["start"] + timedelta(days=row["length"])
    closed, came = row["closed"], row["handed_in"]
    if closed is not None and closed <= day:
        return (Light.green, Reason.closed) if closed <= due else (Light.green, Reason.closed_late)
    if day < start:
        return Light.green, Reason.not_begun
    if came is not None and came <= day and came <= due:
        slow = (day - came).days > t.check_days
        return (Light.yellow, Reason.check_slow) if slow else (Light.blue, Reason.awaiting_check)
    if day > due:
        return Light.red, Reason.overdue
    if row["progress"] >= t.evidence_from and not row["evidence"]:
        return Light.yellow, Reason.no_evidence
    gone = min(1.0, (day - start).days / max((due - start).days, 1))
    if (day - start).days >= t.settling_days and gone - row["progress"] > t.behind_by + 1e-9:
        return Light.yellow, Reason.behind
    heard = max(start, row["reported"] or start)
    if (day - heard).days > t.silent_days:
        return Light.yellow, Reason.silent
    if (due - day).days <= t.due_soon_days:
        return Light.blue, Reason.due_soon
    return Light.green, Reason.in_order


@given(st.lists(one, max_size=30), days, rules)
def test_columns_agree_with_one_after_the_other(rows: list[dict[str, Any]], day: date, t: Thresholds) -> None:
    def column(name: str) -> Any:
        return np.array([NEVER if r[name] is None else r[name].toordinal() for r in rows], dtype=np.int64)

    start = column("start")
    standing = Standing(
        start=start,
        due=start + np.array([row["length"] for row in rows], dtype=np.int64),
        closed=column("closed"),
        handed_in=column("handed_in"),
        reported=column("reported"),
        progress=np.array([row["progress"] for row in rows], dtype=np.float64),
        evidence=np.array([row["evidence"] for row in rows], dtype=np.int64),
    )
    lit = lights(standing, day=day, thresholds=t)
    found = [(lit.at(place).light, lit.at(place).reason) for place in range(len(rows))]
    assert found == [obvious(row, day, t) for row in rows]


def test_every_reason_has_its_sentence_whatever_the_number() -> None:
    for reason in Reason:
        for figure in (0.0, 1.0, 11.0, 21.0):
            said = words(reason, figure)
            assert "{" not in said.zh + said.en
            assert " 1 days" not in f" {said.en}"
