"""Writes of the home: its day, its plan, whether it is simulated, and enterprises."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from qualicity.commons.accounts import actions as accounts
from qualicity.commons.accounts import queries as people
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import queries
from qualicity.commons.registry.models import Enterprise, HomeSetting
from qualicity.errors import InputError, NotPossibleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date, datetime

    from qualicity.commons.accounts.models import Person


@dataclass(frozen=True, slots=True)
class NewEnterprise:
    """One enterprise as a register tells of it."""

    uscc: str
    name: str
    place: str = ""
    industry: str = ""
    registered_on: date | None = None
    closed_on: date | None = None


def set_today(*, day: date | None, by: Person) -> None:
    """Fix the home's day, or let it follow the calendar again with None."""
    _set(queries.TODAY, day.isoformat() if day else None, by=by)


def set_simulated(*, simulated: bool, by: Person) -> None:
    """Mark the home as simulated; every page then says so."""
    _set(queries.SIMULATED, simulated, by=by)


def set_plan(*, code: str, by: Person) -> None:
    """Choose the plan that pages open with."""
    _set(queries.PLAN, queries.plan(code).code, by=by)


def sync(*, by: Person) -> int:
    """Take every plan's organisations into the home; return how many were made or changed."""
    known = queries.plans()
    main = queries.plan().code if known else ""
    first = sorted(known, key=lambda plan: plan.code != main)
    return sum(accounts.sync_organisations(plan=plan, by=by, is_main=plan.code == main) for plan in first)


@transaction.atomic
def register_enterprise(*, uscc: str, name: str, place: str = "", by: Person) -> Enterprise:
    """Register an enterprise under its social credit code; its older organisation code is kept beside it."""
    people.check(by, "submissions.create")
    compact = uscc.strip().upper()
    older = queries.organisation_code(compact)
    if not name.strip():
        raise InputError("企业名称不能为空。", "An enterprise needs a name.")
    enterprise, created = Enterprise.objects.update_or_create(
        uscc=compact,
        defaults={
            "organisation_code": older,
            "name": name.strip(),
            "place": place,
            "initials": queries.initials(name.strip()),
        },
    )
    verb = "registry.register" if created else "registry.change"
    audit.record(by=by, verb=verb, subject=f"enterprise:{compact}", detail={"name": enterprise.name})
    return enterprise


@transaction.atomic
def register_enterprises(*, enterprises: Iterable[NewEnterprise], by: Person) -> int:
    """Register many enterprises at once, or bring them up to date by their credit codes; return how many.

    Codes are taken to be checked: they come from an accepted register. The audit trail has one record for the batch.
    """
    people.check(by, "lake.manage")
    rows = [
        Enterprise(
            uscc=one.uscc, organisation_code=one.uscc[8:17], name=one.name, place=one.place, industry=one.industry,
            registered_on=one.registered_on, closed_on=one.closed_on, initials=queries.initials(one.name),
        )
        for one in enterprises
    ]  # fmt: skip
    Enterprise.objects.bulk_create(
        rows,
        batch_size=5000,
        update_conflicts=True,
        unique_fields=["uscc"],
        update_fields=["name", "place", "industry", "registered_on", "closed_on", "initials"],
    )
    if rows:
        audit.record(by=by, verb="registry.register_many", subject="enterprises", detail={"count": len(rows)})
    return len(rows)


@transaction.atomic
def remember(*, key: str, change: Callable[[dict[str, Any]], dict[str, Any] | None], by: Person) -> dict[str, Any]:
    """Change what the home remembers under a key; return what it remembers then.

    ``change`` gets what stood there, {} at first, and returns what shall, or None to leave it. Of two who change at
    once the second sees what the first wrote.
    """
    people.check(by, "lake.manage")
    HomeSetting.objects.get_or_create(key=key, defaults={"value": {}})
    stored = HomeSetting.objects.select_for_update().get(key=key)
    if (value := change(stored.value)) is not None:
        stored.value = value
        stored.save(update_fields=["value"])
    remembered: dict[str, Any] = stored.value
    return remembered


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Let everything inside the block be recorded at ``moment``; only in a home marked simulated."""
    if not queries.is_simulated():
        raise NotPossibleError(
            "只有标明为模拟的数据目录才能改动时钟。", "Only a home marked simulated may turn its clock."
        )
    with audit.at(moment):
        yield


@transaction.atomic
def _set(key: str, value: Any, *, by: Person) -> None:
    people.check(by, "lake.manage")
    stored = HomeSetting.objects.filter(key=key)
    if stored.filter(value=value).exists() or (value is None and not stored.exists()):
        return
    if value is None:
        stored.delete()
    else:
        HomeSetting.objects.update_or_create(key=key, defaults={"value": value})
    audit.record(by=by, verb=f"home.{key}", subject="home", detail={"value": value})
