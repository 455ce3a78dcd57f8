"""Reads of the home: its day, its plans, its places, and where a reader stands."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils import timezone
from pypinyin import Style, lazy_pinyin
from stdnum.cn import uscc as social_credit_code
from stdnum.exceptions import ValidationError

from qualicity.commons.audit.queries import SIMULATED_CLOCK, now
from qualicity.commons.registry.models import Enterprise, HomeSetting
from qualicity.definitions import catalogue
from qualicity.definitions.periods import check_day
from qualicity.engines.tables.places import Places
from qualicity.errors import InputError, NotFoundError, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from qualicity.definitions.plans import Place, Plan

__all__ = [
    "Standing",
    "enterprise",
    "enterprises",
    "initials",
    "is_simulated",
    "moment",
    "now",
    "organisation_code",
    "place",
    "places",
    "plan",
    "plans",
    "present_day",
    "remembered",
    "standing",
    "today",
]

TODAY, SIMULATED, PLAN = "today", "simulated", "plan"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a reader stands: which plan, which place, which day, and how much was known."""

    plan: Plan
    place: str
    as_of: date
    known_on: date | None = None

    @property
    def query(self) -> str:
        """Return the standing as the end of an address, without the question mark."""
        return urlencode(self.fields)

    @property
    def fields(self) -> dict[str, str]:
        """Return the standing as the hidden fields of a form."""
        fields = {"plan": self.plan.code, "place": self.place, "as_of": self.as_of.isoformat()}
        return fields | ({"known_on": self.known_on.isoformat()} if self.known_on else {})

    @property
    def where(self) -> Place:
        """Return the place stood at."""
        return next(one for one in self.plan.places if one.code == self.place)

    def at(self, **changes: Any) -> Standing:
        """Return the same standing with something changed."""
        return replace(self, **changes)


def today() -> date:
    """Return the home's day: QUALICITY_TODAY, else the day stored in the home, else today."""
    if given := os.environ.get("QUALICITY_TODAY"):
        return _day(given, "QUALICITY_TODAY")
    stored = _setting(TODAY)
    return date.fromisoformat(stored) if stored else timezone.localdate()


def moment() -> datetime:
    """Return the moment that is recorded: a simulation's, else the present time of day on the home's day."""
    present = timezone.localtime(now())
    if SIMULATED_CLOCK.get() is not None:
        return present
    day = today()
    return present if day == present.date() else datetime.combine(day, present.time(), tzinfo=present.tzinfo)


def present_day() -> date:
    """Return the day of the moment that is recorded: a simulation's, else the home's."""
    return timezone.localdate(moment())


def remembered(prefix: str) -> dict[str, Any]:
    """Return what the home remembers under the keys that begin so."""
    return dict(HomeSetting.objects.filter(key__startswith=prefix).values_list("key", "value"))


def is_simulated() -> bool:
    """Say whether everything in this home is simulated."""
    return bool(_setting(SIMULATED))


def plans() -> tuple[Plan, ...]:
    """Return every plan that the definitions hold."""
    return tuple(catalogue.catalogue().plans.values())


def plan(code: str | None = None) -> Plan:
    """Return the plan of that code, or the home's own; NotFoundError names the nearest."""
    known = catalogue.catalogue().plans
    code = code or _setting(PLAN)
    if code in known:
        return known[code]
    if code:
        like = nearest(code, known)
        raise NotFoundError(
            f"没有方案“{code}”。" + (f"是否指“{like}”？" if like else ""),
            f"There is no plan “{code}”." + (f" Did you mean “{like}”?" if like else ""),
        )
    if not known:
        raise NotFoundError(
            "尚未载入任何方案。请先用 qualicity plan load 载入。",
            "No plan is loaded yet. Load one with: qualicity plan load",
        )
    return next(iter(known.values()))


def places(plan: Plan) -> Places:
    """Return the places of a plan as the readers of files use them."""
    return Places.of(plan)


def place(plan: Plan, code: str, *, on: date | None = None) -> Place:
    """Return one place of a plan; with ``on``, only if its code was valid on that day."""
    known = {one.code: one for one in plan.places if on is None or _was_valid(one, on)}
    if code in known:
        return known[code]
    like = nearest(code, known)
    raise NotFoundError(
        f"方案中没有地区“{code}”。" + (f"是否指“{like}”？" if like else ""),
        f"The plan has no place “{code}”." + (f" Did you mean “{like}”?" if like else ""),
    )


def standing(given: Mapping[str, str]) -> Standing:
    """Return where a reader stands from the address: ``plan``, ``place``, ``as_of``, ``known_on``."""
    chosen = plan(given.get("plan") or None)
    where = given.get("place") or chosen.place
    place(chosen, where)
    as_of = _day(given["as_of"], "as_of") if given.get("as_of") else today()
    known_on = _day(given["known_on"], "known_on") if given.get("known_on") else None
    return Standing(plan=chosen, place=where, as_of=as_of, known_on=known_on)


def enterprise(code: str) -> Enterprise:
    """Return an enterprise by its social credit code or by the organisation code that came before it."""
    compact = code.strip().upper().replace("-", "")
    found = Enterprise.objects.filter(uscc=compact).first()
    found = found or Enterprise.objects.filter(organisation_code=compact).first()
    if not found:
        raise NotFoundError(f"没有代码为“{code}”的企业。", f"There is no enterprise of code “{code}”.")
    return found


def enterprises(*, place: str = "", industry: str = "", on: date | None = None) -> QuerySet[Enterprise]:
    """Return the enterprises by code, narrowed by place and industry; with ``on``, those in business on that day."""
    found = Enterprise.objects.all()
    if place:
        found = found.filter(place=place)
    if industry:
        found = found.filter(industry=industry)
    if on is not None:
        found = found.filter(Q(closed_on=None) | Q(closed_on__gt=on)).filter(
            Q(registered_on=None) | Q(registered_on__lte=on)
        )
    return found


def initials(name: str) -> str:
    """Return the pinyin initials of a name, sixty at most; what is not Chinese stays as it is, in lower case."""
    return "".join(_initial(one) for one in name)[:60].lower()


def organisation_code(uscc: str) -> str:
    """Return the organisation code inside a social credit code (GB 32100: characters 9 to 17, with its check digit).

    InputError when the check digit is wrong or the code is malformed.
    """
    try:
        compact: str = social_credit_code.validate(uscc)
    except ValidationError as error:
        raise InputError(
            f"统一社会信用代码“{uscc}”不正确（18 位，校验位按 GB 32100）。",
            f"“{uscc}” is not a unified social credit code (18 characters, check digit by GB 32100).",
        ) from error
    return compact[8:17]


@lru_cache(maxsize=30_000)
def _initial(character: str) -> str:
    return "".join(lazy_pinyin(character, style=Style.FIRST_LETTER))


def _was_valid(place: Place, day: date) -> bool:
    return (place.valid_from or date.min) <= day <= (place.valid_to or date.max)


def _setting(key: str) -> Any:
    return HomeSetting.objects.filter(key=key).values_list("value", flat=True).first()


def _day(text: str, name: str) -> date:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError(
            f"{name} 的值“{text}”不是日期，应写作 2015-03-31。",
            f"“{text}” given for {name} is not a date; write it as 2015-03-31.",
        ) from error
    return check_day(day)
