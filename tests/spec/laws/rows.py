"""How a row of a spec table is read: law, step, event, length, due, clause, certainty."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from qualicity.definitions.catalogue import SHIPPED, load_catalogue
from qualicity.engines.clocks import Clock, Length, WorkingCalendar, due

ZONE = ZoneInfo("Asia/Shanghai")
KNOWN = load_catalogue(SHIPPED)
CALENDAR = WorkingCalendar()


def check(row: str) -> None:
    """Compare a row with what the definitions and the engine say; the clause and its certainty with them."""
    law, step_code, event, number, unit, last, clause, certainty = (part.strip() for part in row.split("|"))
    at = datetime.strptime(event, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)
    text, step = KNOWN.laws[law].step(step_code, on=at.date())
    assert (step.number, step.unit) == (int(number), unit), row
    assert (step.clause or "-", text.certainty_of(step)) == (clause, certainty), row
    length = Length(step.number, step.unit, same_day=step.start == "same_day", rolls=text.does_roll(step))
    found = due(Clock(at, length), CALENDAR, ZONE).at
    assert found is not None
    shown = found.strftime("%Y-%m-%d" if length.in_days else "%Y-%m-%d %H:%M")
    assert shown == last, row


def covered(rows: str) -> set[tuple[str, str, str]]:
    """Return each law, text and step that rows speak of."""
    found = set()
    for row in rows.strip().splitlines():
        law, step, event, *_rest = (part.strip() for part in row.split("|"))
        text = KNOWN.laws[law].on(date.fromisoformat(event[:10]))
        found.add((law, text.code, step))
    return found
