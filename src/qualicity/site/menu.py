"""The menu as data, and what surrounds every page: plan, place, day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from qualicity import __version__
from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.errors import QualicityError

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu: its words, where it leads, its icon, the permission that shows it, and its group."""

    title: Any
    url: str
    icon: str
    permission: str
    namespaces: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in the menu: one entry, or a group with several under its own words."""

    entries: tuple[tuple[Entry, bool], ...]
    title: Any = None
    icon: str = ""

    @property
    def is_here(self) -> bool:
        """Say whether the reader is on a page of it."""
        return any(is_here for _entry, is_here in self.entries)


GROUPS = {
    "market": (_("Market supervision"), "shield-check"),
    "administration": (_("Administration"), "settings"),
}
"""Entries that stand together under one word, where a person sees more than one of them."""

MENU = (
    Entry(_("Inbox"), "worklist:inbox", "inbox", "cases.read", ("worklist",)),
    Entry(_("Overview"), "indicators:overview", "home", "indicators.read", ("indicators",)),
    Entry(_("Plan"), "plan:overview", "target", "plan.read", ("plan", "tasks", "supervision")),
    Entry(_("Evidence"), "submissions:home", "database", "submissions.read", ("submissions",)),
    Entry(_("Spot checks"), "inspections:home", "zoom-check", "inspections.read", ("inspections",), group="market"),
    Entry(_("Samples to test"), "inspections:laboratory", "clipboard-check", "inspections.test", ("inspections",)),
    Entry(_("Quality credit"), "credit:home", "building", "credit.read", ("credit",), group="market"),
    Entry(_("Enforcement"), "enforcement:home", "shield-lock", "enforcement.read", ("enforcement",), group="market"),
    Entry(_("Cases"), "cases:cases", "folder", "cases.read", ("cases",)),
    Entry(_("My spot checks"), "inspections:mine", "clipboard-check", "inspections.object", ("inspections",)),
    Entry(_("My credit file"), "credit:mine", "building", "credit.object", ("credit",)),
    Entry(_("My penalties"), "enforcement:mine", "shield-lock", "credit.object", ("enforcement",)),
    Entry(_("Assessment"), "assessment:home", "clipboard-check", "assessment.read", ("assessment",)),
    Entry(_("My points as an expert"), "assessment:review", "clipboard-check", "assessment.score", ("assessment",)),
    Entry(_("Public review"), "assessment:opinion", "message", "assessment.review", ("assessment",)),
    Entry(_("Documents"), "reports:documents", "file-text", "reports.read", ("reports",)),
    Entry(_("Public"), "opendata:releases", "building-community", "opendata.publish", ("opendata",)),
    Entry(_("People"), "accounts:people", "users", "people.read", ("accounts",), group="administration"),
    Entry(_("Audit trail"), "audit:records", "shield-check", "audit.read", ("audit",), group="administration"),
)


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Give every template the standing, the menu that this person sees, and whether the home is simulated."""
    return {
        "standing": SimpleLazyObject(lambda: _standing(request)),
        "plans": SimpleLazyObject(registry.plans),
        "menu": SimpleLazyObject(lambda: _shown(request)),
        "may_search": SimpleLazyObject(lambda: accounts.can(getattr(request, "user", None), "plan.read")),
        "simulated": SimpleLazyObject(registry.is_simulated),
        "version": __version__,
    }


def _standing(request: HttpRequest) -> registry.Standing | None:
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return None
    try:
        return registry.standing(request.GET)
    except QualicityError:  # an error page must not fail on the very address that it explains
        try:
            return registry.standing({})
        except QualicityError:
            return None


def _shown(request: HttpRequest) -> list[Shown]:
    here = request.resolver_match.namespace if request.resolver_match else ""
    person = getattr(request, "user", None)
    allowed = [(one, here in one.namespaces) for one in MENU if accounts.can(person, one.permission)]
    shown: list[Shown] = []
    for entry, is_here in allowed:
        together = tuple(one for one in allowed if entry.group and one[0].group == entry.group)
        if len(together) < 2:
            shown.append(Shown(((entry, is_here),)))
        elif together[0][0] is entry:
            shown.append(Shown(together, *GROUPS[entry.group]))
    return shown
