"""What anybody may see: results of spot checks and what followed, exactly the fields that the definitions let out.

Nothing here takes a person, and nothing else of a sample can be asked: a notice holds its own fields, and only those
of the whitelist are read back from it. After its last day a notice is not found any more, whether or not a chore has
ended it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, get_args

from django.db.models import Count, Max, Q
from django.utils import timezone

from qualicity.definitions.aftermath import PublicField
from qualicity.errors import Text
from qualicity.evidence.inspections.lifecycle import NoticeState
from qualicity.evidence.inspections.models import Correction, Notice
from qualicity.evidence.inspections.queries.settling import families

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

FIELDS: tuple[str, ...] = get_args(PublicField)
DAYS = ("produced_on", "sampled_on", "concluded_on", "closed_on")
BOTH = ("authority", "outcome")


@dataclass(frozen=True, slots=True)
class PublicItem:
    """One failed item: what was tested, what was found, and the limit."""

    title: str
    values: tuple[str, ...]
    unit: str
    limit: str
    standard: str


@dataclass(frozen=True, slots=True)
class PublicMeasure:
    """One step of what followed, and its day."""

    on: date
    what: Text


@dataclass(frozen=True, slots=True)
class PublicCorrection:
    """One entry of the public log: when a notice was changed or taken back, what of it, and why."""

    token: str
    at: date
    what: str
    """``changed`` or ``withdrawn``."""
    fields: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """What every notice shows of itself: its address, law and clause, and whether it came in time.

    ``latency_days`` is how long after the settlement it was published; ``late_days`` how long after its legal day.
    """

    token: str
    law: str
    clause: str
    settled_on: date
    due_on: date
    published_on: date
    public_until: date
    latency_days: int
    late_days: int
    corrected_on: date | None


@dataclass(frozen=True, slots=True)
class PublicResult(PublicNotice):
    """The result of one sample; what the definitions do not let out is None or empty."""

    conclusion: str | None = None
    """``qualified`` or ``unqualified``."""
    product: str | None = None
    brand: str | None = None
    specification: str | None = None
    batch: str | None = None
    produced_on: date | None = None
    failing_items: tuple[PublicItem, ...] = ()
    maker: str | None = None
    sampled_unit: str | None = None
    sampled_address: str | None = None
    place: str | None = None
    stage: str | None = None
    sampled_on: date | None = None
    concluded_on: date | None = None
    authority: Text | None = None
    follow_up: str | None = None
    """The address of the notice of what followed, where it is public too."""


@dataclass(frozen=True, slots=True)
class PublicFollowUp(PublicNotice):
    """What followed one failure; what the definitions do not let out is None or empty."""

    product: str | None = None
    brand: str | None = None
    specification: str | None = None
    batch: str | None = None
    maker: str | None = None
    sampled_unit: str | None = None
    place: str | None = None
    authority: Text | None = None
    outcome: Text | None = None
    measures: tuple[PublicMeasure, ...] = ()
    closed_on: date | None = None
    result: str | None = None
    """The address of the notice of the result, where it is public too."""


@dataclass(frozen=True, slots=True)
class PublicNarrowing:
    """How a reader narrows what is shown; ``enterprise`` is a social credit code, which is never shown itself."""

    words: str = ""
    place: str = ""
    conclusion: str = ""
    law: str = ""
    enterprise: str = ""
    since: date | None = None
    tokens: tuple[str, ...] = field(default_factory=tuple)


EVERYTHING = PublicNarrowing()


def public_results(
    *, on: date, narrowing: PublicNarrowing = EVERYTHING, offset: int = 0, limit: int | None = None
) -> tuple[PublicResult, ...]:
    """Return the results that are public on a day, the latest published first."""
    rows = _page(_shown("result", on, narrowing), offset, limit)
    others, changed = _tokens(rows, "follow_up", on), _corrected(rows)
    return tuple(
        PublicResult(**_common(row, changed), **_fields(row, PublicResult), follow_up=others.get(row.sample_id))
        for row in rows
    )


def public_follow_ups(
    *, on: date, narrowing: PublicNarrowing = EVERYTHING, offset: int = 0, limit: int | None = None
) -> tuple[PublicFollowUp, ...]:
    """Return what followed failures and is public on a day, the latest published first."""
    rows = _page(_shown("follow_up", on, narrowing), offset, limit)
    others, changed = _tokens(rows, "result", on), _corrected(rows)
    return tuple(
        PublicFollowUp(**_common(row, changed), **_fields(row, PublicFollowUp), result=others.get(row.sample_id))
        for row in rows
    )


def public_counts(*, on: date, narrowing: PublicNarrowing = EVERYTHING) -> dict[str, int]:
    """Return how many results and follow-ups are public on a day."""
    return {kind: _shown(kind, on, narrowing).count() for kind in ("result", "follow_up")}


def public_version(*, on: date) -> str:
    """Return a word that is another one whenever what is public has changed; answers are cached under it."""
    found = Notice.objects.aggregate(at=Max("changed_at"), count=Count("id", filter=_public_on(on)))
    return f"{found['at'].timestamp():.6f}-{found['count']}-{on}" if found["at"] else f"0-0-{on}"


def public_corrections(*, on: date, limit: int | None = None) -> tuple[PublicCorrection, ...]:
    """Return the public log of corrections, the latest first: of a notice whose time is over nothing is told."""
    until = Q(notice__public_until__gte=on) & ~Q(notice__published_at=None)
    rows = Correction.objects.filter(until, at__date__lte=on).select_related("notice").order_by("-id")
    return tuple(
        PublicCorrection(
            str(one.notice.token), _day(one.at), one.what, _changed(one) if one.what == "changed" else (), one.reason
        )
        for one in (rows if limit is None else rows[:limit])
    )  # fmt: skip


def _changed(one: Correction) -> tuple[str, ...]:
    return tuple(name for name in FIELDS if one.before.get(name) != one.after.get(name))


def _public_on(on: date) -> Q:
    return Q(state=NoticeState.PUBLISHED, published_at__date__lte=on, public_until__gte=on)


def _shown(kind: str, on: date, narrowing: PublicNarrowing) -> QuerySet[Notice]:
    found = Notice.objects.filter(_public_on(on), kind=kind).select_related("sample")
    if narrowing.words:
        words = narrowing.words.strip()
        found = found.filter(
            Q(fields__product__icontains=words) | Q(fields__maker__icontains=words)
            | Q(fields__sampled_unit__icontains=words) | Q(fields__brand__icontains=words)
        )  # fmt: skip
    if narrowing.place:
        found = found.filter(fields__place=narrowing.place)
    if narrowing.conclusion:
        found = found.filter(fields__conclusion=narrowing.conclusion)
    if narrowing.law:
        found = found.filter(sample__law=narrowing.law)
    if narrowing.enterprise:
        code = narrowing.enterprise
        found = found.filter(Q(sample__maker_code=code) | Q(sample__sampled_unit_code=code))
    if narrowing.since:
        found = found.filter(published_at__date__gte=narrowing.since)
    if narrowing.tokens:
        found = found.filter(token__in=narrowing.tokens)
    return found.order_by("-published_at", "-id")


def _page(rows: QuerySet[Notice], offset: int, limit: int | None) -> list[Notice]:
    return list(rows[offset:] if limit is None else rows[offset : offset + limit])


def _tokens(rows: list[Notice], kind: str, on: date) -> dict[int, str]:
    numbers = [row.sample_id for row in rows]
    found: list[tuple[int, UUID]] = list(
        Notice.objects.filter(_public_on(on), kind=kind, sample__in=numbers).values_list("sample_id", "token")
    )
    return {sample: str(token) for sample, token in found}


def _corrected(rows: list[Notice]) -> dict[int, date]:
    found = Correction.objects.filter(notice__in=[row.pk for row in rows]).values("notice").annotate(last=Max("at"))
    return {one["notice"]: _day(one["last"]) for one in found}


def _common(row: Notice, changed: dict[int, date]) -> dict[str, Any]:
    assert row.published_at is not None
    assert row.public_until is not None
    published = _day(row.published_at)
    return {
        "token": str(row.token), "law": row.sample.law, "clause": row.clause, "settled_on": row.settled_on,
        "due_on": row.due_on, "published_on": published, "public_until": row.public_until,
        "latency_days": (published - row.settled_on) // timedelta(days=1),
        "late_days": max(0, (published - row.due_on) // timedelta(days=1)),
        "corrected_on": changed.get(row.pk),
    }  # fmt: skip


def _fields(row: Notice, kind: type[PublicNotice]) -> dict[str, Any]:
    """Return the fields that both the definitions of today and the notice itself let out."""
    allowed = _allowed(row) & set(kind.__dataclass_fields__)
    return {name: _read(name, row.fields[name]) for name in FIELDS if name in allowed and name in row.fields}


def _allowed(row: Notice) -> set[str]:
    family = next((one for one in families() if one.law == row.sample.law), None)
    if family is None:
        return set()
    part = family.part(row.kind)
    return {*part.passed, *part.failed}


def _read(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in DAYS:
        return date.fromisoformat(value)
    if name in BOTH:
        return Text(value["zh"], value["en"])
    if name == "failing_items":
        return tuple(
            PublicItem(one["title"], tuple(one["values"]), one["unit"], one["limit"], one["standard"])
            for one in value
        )
    if name == "measures":
        return tuple(
            PublicMeasure(date.fromisoformat(one["on"]), Text(one["what"]["zh"], one["what"]["en"])) for one in value
        )
    return value


def _day(at: Any) -> date:
    return timezone.localdate(at)
