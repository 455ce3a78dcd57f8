"""From a value back to the rows, the submission, the person and the file that it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.periods import Period, periods
from qualicity.engines.measures.flows import Frame
from qualicity.engines.measures.trail import Part, Trail, parts, register_of, trail
from qualicity.errors import InputError, NotFoundError, nearest
from qualicity.evidence.submissions import queries as submissions
from qualicity.goals.indicators import permissions
from qualicity.goals.indicators.queries.estimating import members_of, snapshot, tables_of
from qualicity.goals.indicators.queries.reviewed import grain_of
from qualicity.goals.indicators.queries.values import indicator_of

if TYPE_CHECKING:
    import polars as pl

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.plans import Plan
    from qualicity.definitions.registers import Register
    from qualicity.engines.measures.sources import Grain
    from qualicity.evidence.submissions.queries import Origin

#: Rows of one page at most; a download is one page.
MOST = 100_000


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """A page of the rows behind a value, with the submissions that they came in."""

    register: Register
    part: Part
    parts: tuple[Part, ...]
    period: Period
    rows: pl.DataFrame
    passes: pl.Series
    total: int
    origins: dict[int, Origin]


def rows(
    code: str,
    *,
    plan: Plan,
    as_of: date,
    known_on: date | datetime | None = None,
    place: str | None = None,
    period: Period | None = None,
    part: str | None = None,
    offset: int = 0,
    limit: int = 100,
    by: Person | None,
) -> EvidencePage:
    """Return a page of the rows behind an indicator's value in a place and period (default: the latest complete one).

    A person who sees only what is the own place's (or the own organisation's) gets those rows; the value itself
    is for everybody.
    """
    accounts.check(by, permissions.READ)
    accounts.check(by, permissions.READ_ROWS)
    assert by is not None
    indicator = indicator_of(plan, code)
    seen = snapshot(plan, as_of=as_of, known_on=known_on)
    span = period or _latest(indicator.period, seen.since, as_of)
    known = parts(indicator.measure)
    chosen = _part(part, known)
    inside = members_of(plan, indicator).of(place or plan.place)
    visible, filed = _visible(by, inside, register_of(indicator.measure, chosen))
    found = trail(
        indicator.measure,
        chosen,
        tables=tables_of(seen),
        registers=catalogue().registers,
        frame=Frame(span.start, span.end, grain_of(span)),
        members=visible,
        submissions=filed,
        offset=max(0, offset),
        limit=max(1, min(limit, MOST)),
    )
    return EvidencePage(
        register=catalogue().registers[found.register],
        part=chosen,
        parts=known,
        period=span,
        rows=found.rows,
        passes=found.passes,
        total=found.total,
        origins=_origins(found),
    )


def _latest(frequency: Grain, since: date, as_of: date) -> Period:
    complete = tuple(periods(frequency, since, as_of))
    if not complete:
        raise NotFoundError("到该日还没有完整的统计期。", "No period was complete by that day.")
    return complete[-1]


def _part(wanted: str | None, known: tuple[Part, ...]) -> Part:
    for one in known:
        if wanted is None or one == wanted:
            return one
    like = nearest(wanted or "", known)
    raise InputError(
        f"没有“{wanted}”这一部分，可选：{'、'.join(known)}。",
        f"There is no part “{wanted}”; choose one of {', '.join(known)}"
        + (f" (did you mean “{like}”?)." if like else "."),
    )


def _visible(by: Person, inside: tuple[str, ...], register: str) -> tuple[tuple[str, ...], tuple[int, ...] | None]:
    """Return the places, and the submissions (None: any), whose rows a person may see.

    All of them; or those of the own county; or those that the own organisation filed.
    """
    if accounts.sees_all(by, permissions.READ_ROWS):
        return inside, None
    own = by.organisation
    if own is None:
        return (), None
    if own.kind in ("county", "zone") and own.place:
        return tuple(code for code in inside if code == own.place), None
    filed = submissions.submissions(by=by, wanted=submissions.Wanted(register=register))
    return inside, tuple(filed.values_list("pk", flat=True))


def _origins(found: Trail) -> dict[int, Origin]:
    numbers = [int(number) for number in found.rows["submission_id"].unique().sort().drop_nulls()]
    known: dict[int, Origin] = {}
    for number in numbers:
        try:
            known[number] = submissions.row_origin(number)
        except NotFoundError:
            # The rows of a home without its database (a restored lake alone) still show.
            continue
    return known
