"""The office's page: what is out, what has ended since, and the button that lets the tables out anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.definitions.catalogue import catalogue
from qualicity.publication.opendata import actions, permissions, queries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.definitions.model import Words
    from qualicity.definitions.open_tables import OpenTable


@dataclass(frozen=True, slots=True)
class Line:
    """One open table: the rows that are shown, those that have ended since, and when it last changed."""

    table: OpenTable
    rows: int
    ended: int
    changed: datetime | None


@login_required
def releases(request: SignedIn) -> HttpResponse:
    """Show what is out: tables, rows, what has ended since, and the releases."""
    accounts.check(request.user, permissions.PUBLISH)
    now = queries.edition()
    told = now.manifest.get("tables", {})
    lines = []
    for one in catalogue().open_tables.values():
        rows = queries.whole(one.code, now=now).height
        released = told.get(one.code, {}).get("rows", 0)
        lines.append(Line(one, rows, released - rows, now.changed_at(one.code)))
    titles = {code: one.title for code, one in catalogue().open_tables.items()}
    given = {"now": now, "lines": lines, "releases": _titled(queries.changelog(most=20), titles)}
    return render(request, "opendata/releases.html", given)


def _titled(found: Sequence[Mapping[str, Any]], titles: Mapping[str, Words]) -> list[dict[str, Any]]:
    """Return releases whose changes name each table as people call it, without those that brought nothing."""
    return [
        {
            **one,
            "changes": [
                {**each, "title": titles.get(each["table"], each["table"])}
                for each in one["changes"]
                if each.get("rows") != 0
            ],
        }
        for one in found
    ]


@login_required
@require_POST
def publish(request: SignedIn) -> HttpResponse:
    """Let every open table out as it is today."""
    before = queries.edition().number
    release = actions.publish(by=request.user)
    if release.number == before:
        messages.info(request, _("Nothing has changed: release %(number)s stays.") % {"number": release.number})
    else:
        messages.success(request, _("Release %(number)s is out.") % {"number": release.number})
    return HttpResponseRedirect(reverse("opendata:releases"))
