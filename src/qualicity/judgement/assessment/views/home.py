"""The score and where it comes from, what is missing, what gains most, and how the units stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.views import TABLE_TYPES, table_answer
from qualicity.judgement.assessment import permissions, queries
from qualicity.judgement.assessment.lifecycle import moves
from qualicity.judgement.assessment.queries.answering import answering
from qualicity.judgement.assessment.queries.plain import METHOD
from qualicity.judgement.assessment.views import downloads
from qualicity.judgement.assessment.views.parts import split
from qualicity.judgement.assessment.views.standing import asked

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.judgement.assessment.queries import Whole


def _common(request: SignedIn, found: Whole, query: str) -> dict[str, Any]:
    titles = {one.code: one.title for one in found.plan.organisations}
    return {
        "found": found,
        "assessment": found.assessment,
        "query": query,
        "titles": titles,
        "may_manage": accounts.can(request.user, permissions.MANAGE),
    }


@login_required
def home(request: SignedIn) -> HttpResponse:
    """Show the score, its split and every criterion; downloads as CSV or Excel."""
    here = asked(request)
    if here.rubric.subject == "organisation" and here.unit is None:
        return units(request)
    found = here.whole(request)
    if (form := request.GET.get("format", "")) in TABLE_TYPES:
        return table_answer(downloads.of_scored(found), f"{found.rubric.code}-{found.as_of}", form)
    context = _common(request, found, here.query) | {
        "split": split(found.total),
        "groups": [(one, split(one.total)) for one in found.categories],
        "chances": [(band, found.chances[band.code]) for band in found.rubric.bands[:-1]],
        "method": METHOD,
        "best": queries.actions(found)[:5],
        "unit_rubrics": queries.rubrics(here.standing.plan, "organisation"),
        "official": queries.official(found.assessment, by=request.user) if found.assessment else {},
        "moves": [one.verb for one in moves(found.assessment.state)] if found.assessment else [],
    }
    return render(request, "assessment/home.html", context)


@login_required
def criterion(request: SignedIn, code: str) -> HttpResponse:
    """Show one criterion: rule, input, bound, clause, points, evidence and what is missing."""
    here = asked(request)
    found = here.whole(request)
    one = found.criterion(code)
    opened = found.assessment
    is_open = opened is not None and opened.state == "open"
    may_file = (
        is_open
        and opened is not None
        and accounts.can(request.user, permissions.ANSWER, organisation=answering(opened, one.criterion))
    )
    context = _common(request, found, here.query) | {
        "one": one,
        "split": split(one.marks),
        "actions": [each for each in queries.actions(found) if each.criterion == code],
        "may_file": may_file,
        "may_check": is_open and accounts.can(request.user, permissions.MANAGE),
        "official": queries.official(opened, by=request.user).get(code) if opened else None,
    }
    return render(request, "assessment/criterion.html", context)


@login_required
def missing(request: SignedIn) -> HttpResponse:
    """List what is missing, with who must act and how many points wait; downloads as CSV or Excel."""
    here = asked(request)
    found = here.whole(request)
    who = request.GET.get("who", "")
    needs = [one for one in found.needs if who in ("", one.who)]
    language = get_language() or "zh-hans"
    if (form := request.GET.get("format", "")) in TABLE_TYPES:
        rows = [
            {"criterion": one.criterion, "item": one.item, "kind": one.kind, "who": one.who, "points": one.points,
             "text": one.text.in_language(language)}
            for one in needs
        ]  # fmt: skip
        return table_answer(pl.DataFrame(rows, infer_schema_length=None), "missing", form)
    context = _common(request, found, here.query) | {
        "needs": [(one, found.criterion(one.criterion)) for one in needs],
        "points": sum(one.points for one in needs),
        "whos": sorted({one.who for one in found.needs}),
        "who": who,
    }
    return render(request, "assessment/missing.html", context)


@login_required
def actions(request: SignedIn) -> HttpResponse:
    """List which actions gain most by the deadline, with the gap of each; downloads as CSV or Excel."""
    here = asked(request)
    found = here.whole(request)
    given = request.GET.get("deadline", "")
    deadline = registry.standing({"as_of": given}).as_of if given else found.inputs.deadline
    listed = queries.actions(found, deadline=deadline)
    if (form := request.GET.get("format", "")) in TABLE_TYPES:
        return table_answer(downloads.of_actions(listed), f"actions-{deadline}", form)
    context = _common(request, found, here.query) | {
        "in_time": [one for one in listed if one.in_time],
        "too_late": [one for one in listed if not one.in_time],
        "deadline": deadline,
    }
    return render(request, "assessment/actions.html", context)


@login_required
def units(request: SignedIn) -> HttpResponse:
    """List the member units with their yearly score; a unit sees its own."""
    standing = registry.standing(request.GET)
    rubric = queries.rubric_of(standing.plan, request.GET.get("rubric", ""), subject="organisation")
    rows = queries.unit_scores(rubric, as_of=standing.as_of, known_on=standing.known_on, by=request.user)
    if (form := request.GET.get("format", "")) in TABLE_TYPES:
        return table_answer(downloads.of_units(rows), f"{rubric.code}-{standing.as_of}", form)
    kind = request.GET.get("kind", "")
    shown = [one for one in rows if kind in ("", one.kind)]
    context = {"rubric": rubric, "rows": [(one, split(one.total)) for one in shown], "kind": kind}
    return render(request, "assessment/units.html", context)
