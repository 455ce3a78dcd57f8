"""Pages of cases by key: each branch of what a person sees is a range of one index, however many cases there are.

An inbox is made of a few such ranges (the unit's, each role's, one's own); they are read one by one and merged.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from django.db.models import Q

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import permissions
from qualicity.commons.cases.models import FAR, Case
from qualicity.commons.cases.queries.cases import unsealed
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Person

COUNTED = 10_000
"""Counting ends here: "10 000 or more" is answer enough, and keeps a page quick."""

RELATED = ("organisation", "opener_organisation", "person", "opened_by")
"""Fetched beside a page and not joined to it: a join may lead a planner to walk the units instead of the index."""

When = Literal["", "overdue", "soon", "later", "none"]
Whose = Literal["mine", "unit"]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list of cases is narrowed to."""

    type: str = ""
    state: str = ""
    organisation: str = ""
    when: When = ""
    subject: str = ""
    search: str = ""
    open_only: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Some cases, and the cursor of the page after, empty on the last."""

    cases: tuple[Case, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases wait, up to COUNTED of each."""

    all: int
    overdue: int
    soon: int


def owners_of(person: Person) -> tuple[str, ...]:
    """Return the words of ``Case.owner`` that mean this person: the unit, the roles there, the roles over all."""
    roles = accounts.roles_of(person)
    found = [f":{one.code}" for one in roles if one.scope == "all"]
    if person.organisation_id is not None:
        found.append(f"{person.organisation_id}:")
        found += [f"{person.organisation_id}:{one.code}" for one in roles if one.scope == "own"]
    if person.enterprise:
        found.append(f"@{person.enterprise}")
    return tuple(found)


def waiting_page(by: Person, narrowing: Narrowing, *, whose: Whose, cursor: str = "", limit: int = 30) -> Page:
    """Return what waits for a person (or for their whole unit), what is due first at the top."""
    after = _read_cursor(cursor)
    branches = [_after(one, after) for one in _branches(by, narrowing, whose)]
    pages = (one.prefetch_related(*RELATED).order_by("due_sort", "pk")[: limit + 1] for one in branches)
    return _merged(pages, limit)


def waiting_counts(by: Person, narrowing: Narrowing, *, whose: Whose) -> Counts:
    """Return how many wait, how many of them are overdue, and how many fall due soon."""
    branches = _branches(by, narrowing, whose)
    at = registry.moment()
    near = at + timedelta(days=catalogue().urging.due_soon_days)
    return Counts(
        all=_count(branches),
        overdue=_count(one.filter(due_sort__lt=at) for one in branches),
        soon=_count(one.filter(due_sort__gte=at, due_sort__lte=near) for one in branches),
    )


def case_page(by: Person, narrowing: Narrowing, *, cursor: str = "", limit: int = 50) -> Page:
    """Return the cases that a person may see, the latest first."""
    accounts.check(by, permissions.READ)
    found = _narrowed(unsealed(by), narrowing)
    if narrowing.organisation:
        found = found.filter(organisation=accounts.organisation(narrowing.organisation))
    if not accounts.sees_all(by, permissions.READ):
        unit = by.organisation_id
        parts = [Q(person=by)] + ([Q(organisation=unit), Q(opener_organisation=unit)] if unit is not None else [])
        branches = [found.filter(part) for part in parts]
    else:
        branches = [found]
    if cursor:
        branches = [one.filter(pk__lt=_number(cursor)) for one in branches]
    rows: dict[int, Case] = {}
    for branch in branches:
        rows |= {one.pk: one for one in branch.prefetch_related(*RELATED).order_by("-pk")[: limit + 1]}
    ordered = [rows[number] for number in sorted(rows, reverse=True)]
    more = len(ordered) > limit
    return Page(tuple(ordered[:limit]), str(ordered[limit - 1].pk) if more else "")


def _branches(by: Person, narrowing: Narrowing, whose: Whose) -> list[QuerySet[Case]]:
    """Return the ranges of open cases that wait for a person, no case in two of them."""
    accounts.check(by, permissions.READ)
    found = _narrowed(Case.objects.filter(is_open=True), narrowing)
    unit = f"{by.organisation_id}:"
    branches = []
    for owner in owners_of(by):
        part = found.filter(owner=owner)
        if owner == unit and whose == "mine":
            # What is handed to a colleague waits for the colleague.
            part = part.filter(Q(person=None) | Q(person=by))
        branches.append(part)
    handed = found.filter(person=by).exclude(owner__in=owners_of(by))
    return [*branches, handed.filter(owner__endswith=":")]


def _narrowed(found: QuerySet[Case], narrowing: Narrowing) -> QuerySet[Case]:
    if narrowing.type:
        found = found.filter(type=narrowing.type)
    if narrowing.state:
        found = found.filter(state=narrowing.state)
    if narrowing.open_only:
        found = found.filter(is_open=True)
    if narrowing.subject:
        found = found.filter(subject=narrowing.subject)
    if narrowing.search:
        words = Q(title_zh__icontains=narrowing.search) | Q(title_en__icontains=narrowing.search)
        if narrowing.search.isdecimal() and len(narrowing.search) < 16:
            words |= Q(pk=int(narrowing.search))
        found = found.filter(words)
    at = registry.moment()
    near = at + timedelta(days=catalogue().urging.due_soon_days)
    if narrowing.when == "overdue":
        return found.filter(is_open=True, due_sort__lt=at)
    if narrowing.when == "soon":
        return found.filter(is_open=True, due_sort__gte=at, due_sort__lte=near)
    if narrowing.when == "later":
        return found.filter(is_open=True, due_sort__gt=near, due_sort__lt=FAR)
    return found.filter(due_sort=FAR) if narrowing.when == "none" else found


def _after(found: QuerySet[Case], cursor: tuple[datetime, int] | None) -> QuerySet[Case]:
    if cursor is None:
        return found
    due, number = cursor
    return found.filter(due_sort__gte=due).exclude(due_sort=due, pk__lte=number)


def _merged(pages: Iterable[Iterable[Case]], limit: int) -> Page:
    ordered = list(heapq.merge(*pages, key=lambda one: (one.due_sort, one.pk)))
    shown = ordered[:limit]
    return Page(tuple(shown), _cursor(shown[-1]) if len(ordered) > limit else "")


def _count(branches: Iterable[QuerySet[Case]]) -> int:
    total = 0
    for branch in branches:
        total += branch.order_by()[: COUNTED - total].count() if total < COUNTED else 0
    return total


def _cursor(case: Case) -> str:
    return f"{(case.due_sort - FAR) // timedelta(microseconds=1)}_{case.pk}"


def _read_cursor(cursor: str) -> tuple[datetime, int] | None:
    if not cursor:
        return None
    due, _, number = cursor.partition("_")
    try:
        return FAR + timedelta(microseconds=int(due)), _number(number)
    except (ValueError, OverflowError) as error:
        raise _no_cursor(cursor) from error


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 16):
        raise _no_cursor(text)
    return int(text)


def _no_cursor(text: str) -> InputError:
    return InputError(f"页码标记“{text}”不可用，请从第一页看起。", f"“{text}” is no page; begin at the first one.")
