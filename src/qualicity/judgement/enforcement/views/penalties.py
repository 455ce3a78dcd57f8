"""Penalties: the list, one of them, publishing it, annulling it, ending its publicity early."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.forms import Ask, Step
from qualicity.commons.theme.queries import language
from qualicity.commons.theme.views import TABLE_TYPES, table_answer
from qualicity.errors import NotFoundError
from qualicity.judgement.enforcement import actions, permissions, queries
from qualicity.judgement.enforcement.lifecycle import WORDS, Publicity
from qualicity.judgement.enforcement.views.answers import MOST_DOWNLOADED, PAGE, day, said, tried

if TYPE_CHECKING:
    from django.http import HttpResponse

    from qualicity.commons.accounts.models import Person
    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.judgement.enforcement.models import Penalty

LISTS = "credit.manage"
"""Who may propose to list an enterprise, on the desk above."""


@login_required
def penalties(request: SignedIn) -> HttpResponse:
    """List the penalties that this person may see; filtered, paged, downloadable."""
    given = {name: str(value).replace("\x00", "")[:200] for name, value in request.GET.items()}
    found = queries.penalty_list(
        request.user, state=given.get("state", ""), search=given.get("q", "").strip(), sector=given.get("sector", "")
    )
    today = registry.present_day()
    if given.get("format") in TABLE_TYPES:
        return table_answer(
            _table(queries.penalty_rows(list(found[:MOST_DOWNLOADED]), today=today)), "penalties", given["format"]
        )
    page = Paginator(found, PAGE).get_page(given.get("page"))
    context = {
        "page": page,
        "rows": queries.penalty_rows(list(page.object_list), today=today),
        "states": [(one.value, WORDS[one]) for one in Publicity],
        "sectors": queries.definitions().sectors,
        "wanted": given,
    }
    return render(request, "enforcement/penalties.html", context)


@login_required
def penalty(request: SignedIn, number: int) -> HttpResponse:
    """Show one penalty, its publicity, and what may be done next."""
    return _page(request, queries.penalty(number, request.user))


@login_required
@require_POST
def act(request: SignedIn, number: int, verb: str) -> HttpResponse:
    """Publish a penalty, annul it, or end its publicity early."""
    found, by = queries.penalty(number, request.user), request.user
    verbs = {
        "publish": (lambda: actions.publish(penalties=[found.pk], by=by), _("Published.")),
        "annul": (
            lambda: actions.annul(penalty=found, reason=said(request, "reason"), on=day(request, "on"), by=by),
            _("Annulled, and taken down."),
        ),
        "end": (
            lambda: actions.end_early(penalty=found, reason=said(request, "reason"), by=by),
            _("Its publicity has ended."),
        ),
    }
    if verb not in verbs:
        raise NotFoundError(f"没有操作“{verb}”。", f"There is no “{verb}”.")
    status = tried(request, *verbs[verb])
    if status == 200:
        return redirect("enforcement:penalty", number=number)
    return _page(request, queries.penalty(number, by), status=status, opened=verb)


def _page(request: SignedIn, found: Penalty, *, status: int = 200, opened: str = "") -> HttpResponse:
    (row,) = queries.penalty_rows([found], today=registry.present_day())
    context = {
        "one": found, "row": row, "steps": _steps(found, request.user), "opened": opened,
        "propose": f"penalty={found.pk}",
        "may_propose": found.is_heavy and accounts.can(request.user, LISTS, organisation=found.organisation),
    }  # fmt: skip
    return render(request, "enforcement/penalty.html", context, status=status)


def _steps(found: Penalty, by: Person) -> list[Step]:
    steps = []
    reason = Ask("reason", gettext_lazy("Reason"))
    unit = found.organisation
    if (
        found.state == Publicity.DUE
        and accounts.can(by, permissions.ACT, organisation=unit)
        and found.decided_by_id != by.pk
    ):
        steps.append(Step("publish", gettext_lazy("Publish"), _address(found, "publish"), is_main=True))
    if accounts.can(by, permissions.DECIDE, organisation=unit):
        if found.state == Publicity.PUBLIC and found.early_from is not None:
            steps.append(
                Step(
                    "end", gettext_lazy("End its publicity early"), _address(found, "end"),
                    [Ask("reason", gettext_lazy("What was verified"))],
                )
            )  # fmt: skip
        if found.annulled_on is None:
            steps.append(
                Step(
                    "annul", gettext_lazy("It was annulled or changed"), _address(found, "annul"),
                    [Ask("on", gettext_lazy("Day"), "date"), reason],
                    hint=gettext_lazy("What is public is taken down at once."),
                )
            )  # fmt: skip
    return steps


def _address(found: Penalty, verb: str) -> str:
    return reverse("enforcement:penalty_act", args=(found.pk, verb))


def _table(rows: tuple[queries.PenaltyRow, ...]) -> pl.DataFrame:
    words = language()
    return pl.DataFrame(
        {
            "number": [one.penalty.number for one in rows],
            "party": [one.penalty.party_name for one in rows],
            "uscc": [one.penalty.enterprise for one in rows],
            "violation": [one.penalty.violation for one in rows],
            "kinds": ["；".join(each.in_language(words) for each in one.kinds) for one in rows],
            "fine_yuan": [one.penalty.fine_fen / 100 for one in rows],
            "confiscated_yuan": [one.penalty.confiscated_fen / 100 for one in rows],
            "decided_on": pl.Series([one.penalty.decided_on for one in rows], dtype=pl.Date),
            "class": [one.level.in_language(words) for one in rows],
            "publicity": [one.state.in_language(words) for one in rows],
            "public_until": pl.Series([one.penalty.public_until for one in rows], dtype=pl.Date),
        }
    )
