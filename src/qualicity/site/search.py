"""Search over the plan and the registers by name, code or pinyin initials."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from pypinyin import Style, lazy_pinyin

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.definitions import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from qualicity.definitions.model import Words
    from qualicity.definitions.plans import Plan

MOST = 30


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: of which kind, its code and title, and the page that it leads to."""

    kind: Any
    code: str
    title: Words
    page: str
    argument: str | int


@lru_cache(maxsize=8192)
def initials(text: str) -> str:
    """Return the initials of a text's pinyin; what is not Chinese stays as it is, in lower case."""
    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()


def find(*, plan: Plan, words: str, by: accounts.Somebody) -> tuple[Hit, ...]:
    """Return what the words name in a plan and its registers: first codes, then beginnings, then anything within."""
    accounts.check(by, "plan.read")
    needle = words.strip().lower()
    if not needle:
        return ()
    ranked = [(rank, hit) for hit in _everything(plan) if (rank := _rank(hit, needle)) is not None]
    ranked.sort(key=lambda pair: pair[0])
    return tuple(hit for _rank_, hit in ranked[:MOST])


def _rank(hit: Hit, needle: str) -> int | None:
    names = (hit.title.zh.lower(), hit.title.en.lower(), initials(hit.title.zh), hit.code)
    if needle == hit.code:
        return 0
    if any(name.startswith(needle) for name in names):
        return 1
    return 2 if any(needle in name for name in names) else None


def _everything(plan: Plan) -> Iterator[Hit]:
    for indicator in plan.indicators:
        yield Hit(_("Target"), indicator.code, indicator.title, "indicators:indicator", indicator.code)
    for task in plan.tasks:
        yield Hit(_("Task"), str(task.number), task.title, "plan:task", task.number)
    for unit in plan.organisations:
        yield Hit(_("Unit"), unit.code, unit.title, "plan:organisation", unit.code)
    for register in catalogue.catalogue().registers.values():
        yield Hit(_("Register"), register.code, register.title, "submissions:register", register.code)


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """Show what was found; the list alone when htmx asks while somebody types."""
    words = request.GET.get("q", "")[:100]
    hits = find(plan=registry.standing(request.GET).plan, words=words, by=request.user)
    fragment = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    template = "site/_hits.html" if fragment else "site/search.html"
    return render(request, template, {"q": words, "hits": hits, "most": MOST})
