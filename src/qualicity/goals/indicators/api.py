"""The indicators over the API."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from django.utils.translation import get_language
from ninja import Field, Query, Router, Schema

from qualicity.commons.registry import queries as registry
from qualicity.definitions.periods import parse
from qualicity.goals.indicators import queries

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.commons.registry.queries import Standing
    from qualicity.engines.measures.estimates import Estimate

router = Router(tags=["indicators"])


class Where(Schema):
    """Where a reader stands; left out, it is the home's plan, its city and its day."""

    plan: str | None = None
    place: str | None = None
    as_of: date | None = None
    known_on: date | None = None

    @property
    def standing(self) -> Standing:
        """Return the standing."""
        given = {"plan": self.plan, "place": self.place, "as_of": self.as_of, "known_on": self.known_on}
        return registry.standing({name: str(value) for name, value in given.items() if value})


class TextOut(Schema):
    """A sentence in both languages."""

    zh: str
    en: str


class TargetOut(Schema):
    """A target; ``aim`` is the figure that the value is held against in its period."""

    kind: str
    value: float | None
    aim: float | None
    unit: str | None
    decimals: int
    every: str | None
    year: int | None
    base_year: int | None
    points: dict[str, float]
    certainty: str


class ValueOut(Schema):
    """One target seen from one place on one day."""

    code: str
    area: str
    row: int | None
    task: int | None
    title: str
    title_en: str
    place: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    numerator: float | None
    denominator: float | None
    refused: int
    outside: int
    unit: str
    target: TargetOut
    status: str
    certainty: str | None
    pace: str | None
    method: str
    method_en: str
    source: str | None
    reason: TextOut | None
    missing: list[str]
    failed: list[str]
    period: str | None
    as_of: date
    versions: dict[str, int]
    trend: list[float | None]
    cite: str
    lead: str


class PeriodOut(Schema):
    """One period of an indicator's history."""

    period: str
    start: date
    end: date
    value: float | None
    low: float | None
    high: float | None
    n: int
    numerator: float | None
    denominator: float | None
    source: str | None
    status: str
    certainty: str | None
    pace: str | None
    aim: float | None
    path: float | None


class PartOut(Schema):
    """One value of a column by which an indicator is broken down."""

    column: str
    part: str
    title: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    numerator: float | None
    denominator: float | None
    source: str | None


class OriginOut(Schema):
    """The submission that rows came in."""

    submission: int
    register_code: str = Field(alias="register")
    period: str
    organisation: str
    filed_by: str
    filed_at: str
    file_name: str
    sha256: str
    state: str


class RowsOut(Schema):
    """A page of the rows behind a value; ``passes``: of a share, what each row counts for."""

    register_code: str = Field(alias="register")
    part: str
    parts: list[str]
    period: str
    total: int
    rows: list[dict[str, Any]]
    passes: list[bool | None]
    origins: dict[str, OriginOut]


@router.get("/indicators", response=list[ValueOut])
def indicator_list(request: SignedIn, where: Query[Where]) -> Any:
    """Return the value of every target of the plan."""
    here = where.standing
    found = queries.values(
        plan=here.plan, as_of=here.as_of, known_on=here.known_on, place=here.place, by=request.user
    )
    return [queries.as_plain(one) for one in found]


@router.get("/indicators/{code}", response=ValueOut)
def indicator_detail(request: SignedIn, code: str, where: Query[Where]) -> Any:
    """Return the value of one target."""
    here = where.standing
    found = queries.value(
        code, plan=here.plan, as_of=here.as_of, known_on=here.known_on, place=here.place, by=request.user
    )
    return queries.as_plain(found)


@router.get("/indicators/{code}/places", response=list[ValueOut])
def indicator_places(request: SignedIn, code: str, where: Query[Where]) -> Any:
    """Return one target's value in every county, district and zone to which it applies."""
    here = where.standing
    found = queries.by_place(code, plan=here.plan, as_of=here.as_of, known_on=here.known_on, by=request.user)
    return [queries.as_plain(one) for one in found]


@router.get("/indicators/{code}/history", response=list[PeriodOut])
def indicator_history(
    request: SignedIn, code: str, where: Query[Where], grain: Literal["month", "quarter", "year"] | None = None
) -> Any:
    """Return one target period by period."""
    here = where.standing
    found = queries.history(
        code,
        plan=here.plan,
        as_of=here.as_of,
        known_on=here.known_on,
        place=here.place,
        grain=grain,
        by=request.user,
    )
    return [
        {
            "period": one.period.label,
            "start": one.period.start,
            "end": one.period.end,
            **_figures(one.estimate),
            "status": str(one.judgement.status),
            "certainty": _word(one.judgement.certainty),
            "pace": _word(one.judgement.pace),
            "aim": one.aim,
            "path": one.path,
        }
        for one in found
    ]


@router.get("/indicators/{code}/parts", response=list[PartOut])
def indicator_parts(request: SignedIn, code: str, where: Query[Where], column: str | None = None) -> Any:
    """Return one target broken down by a column of its register (default: the first that its definition names)."""
    here = where.standing
    found = queries.breakdown(
        code,
        plan=here.plan,
        as_of=here.as_of,
        known_on=here.known_on,
        place=here.place,
        column=column,
        by=request.user,
    )
    language = get_language() or "zh-hans"
    return [
        {"column": one.column, "part": one.part, "title": one.title.in_language(language), **_figures(one.estimate)}
        for one in found
    ]


@router.get("/indicators/{code}/rows", response=RowsOut, by_alias=True)
def indicator_rows(  # noqa: PLR0917 -- the framework reads the parameters of an address
    request: SignedIn,
    code: str,
    where: Query[Where],
    period: str | None = None,
    part: str | None = None,
    offset: int = 0,
    limit: int = 100,
) -> Any:
    """Return the rows behind a value, as far as this person may see them, with the submissions they came in."""
    here = where.standing
    page = queries.rows(
        code,
        plan=here.plan,
        as_of=here.as_of,
        known_on=here.known_on,
        place=here.place,
        period=parse(period) if period else None,
        part=part,
        offset=min(max(offset, 0), 2**40),
        limit=min(limit, 1000),
        by=request.user,
    )
    return {
        "register": page.register.code,
        "part": page.part,
        "parts": list(page.parts),
        "period": page.period.label,
        "total": page.total,
        "rows": page.rows.to_dicts(),
        "passes": page.passes.to_list(),
        "origins": {
            str(number): {
                "submission": origin.submission,
                "register": origin.register,
                "period": origin.period.label,
                "organisation": origin.organisation.code,
                "filed_by": origin.filed_by.username,
                "filed_at": origin.filed_at.isoformat(),
                "file_name": origin.file_name,
                "sha256": origin.sha256,
                "state": str(origin.state),
            }
            for number, origin in page.origins.items()
        },
    }


def _figures(estimate: Estimate) -> dict[str, Any]:
    return {
        "value": estimate.value,
        "low": estimate.low,
        "high": estimate.high,
        "n": estimate.n,
        "numerator": estimate.numerator,
        "denominator": estimate.denominator,
        "source": estimate.source,
    }


def _word(state: object) -> str | None:
    return None if state is None else str(state)
