"""Circulars and letters: the list, drafting one from facts, one of them, issuing it, and what climbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import lifecycle as cases
from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.views import TABLE_TYPES, table_answer
from qualicity.errors import QualicityError
from qualicity.goals.supervision import actions, permissions, queries
from qualicity.goals.supervision.forms import CircularForm, WordsForm
from qualicity.goals.supervision.views import answers

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn


@login_required
def circulars(request: SignedIn) -> HttpResponse:
    """List circulars and letters."""
    plan = registry.standing(request.GET).plan
    rows = queries.circulars(
        plan=plan, by=request.user, kind=request.GET.get("kind", "")[:10],
        organisation=request.GET.get("organisation", "")[:60],
    )  # fmt: skip
    if request.GET.get("format") in TABLE_TYPES:
        return table_answer(_frame(rows), f"{plan.code}-circulars", request.GET["format"])
    context = {
        "plan": plan,
        "rows": rows,
        "kind": request.GET.get("kind", ""),
        "may_manage": accounts.can(request.user, permissions.MANAGE),
    }
    return render(request, "supervision/circulars.html", context)


def _frame(rows: tuple[queries.CircularView, ...]) -> pl.DataFrame:
    facts = [(one, fact) for one in rows for fact in one.facts]
    return pl.DataFrame(
        {
            "number": [one.mark.zh for one, _ in facts],
            "kind": [one.kind for one, _ in facts],
            "title": [one.title for one, _ in facts],
            "issued_on": pl.Series([one.issued_on for one, _ in facts], dtype=pl.Date),
            "organisation": [fact.organisation.code for _, fact in facts],
            "fact": [fact.text.zh for _, fact in facts],
            "value": pl.Series([fact.value for _, fact in facts], dtype=pl.Float64),
            "unit": [fact.unit for _, fact in facts],
            "day": pl.Series([fact.day for _, fact in facts], dtype=pl.Date),
        }
    )


@login_required
def new(request: SignedIn) -> HttpResponse:
    """Draft a circular from the facts of the standing day."""
    accounts.check(request.user, permissions.MANAGE)
    standing = registry.standing(request.GET)
    form, status = CircularForm(plan=standing.plan), 200
    if request.method == "POST":
        form, status = CircularForm(request.POST, plan=standing.plan), 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                made = actions.draft(
                    plan=standing.plan, kind=given["kind"], title=given["title"], as_of=standing.as_of,
                    organisations=given["organisations"], reply_by=given["reply_by"], by=request.user,
                )  # fmt: skip
            except QualicityError as error:
                status = answers.refuse(form, error)
            else:
                return redirect("supervision:circular", number=made.pk)
    facts = queries.facts(plan=standing.plan, as_of=standing.as_of, by=request.user)
    context = {"plan": standing.plan, "form": form, "facts": facts}
    return render(request, "supervision/new_circular.html", context, status=status)


@login_required
def circular(request: SignedIn, number: int) -> HttpResponse:
    """Show one circular; the words around the facts of a draft are changed here."""
    found = queries.circular(number=number, by=request.user)
    manages = accounts.can(request.user, permissions.MANAGE)
    form, status = _words(found), 200
    if request.method == "POST":
        accounts.check(request.user, permissions.MANAGE)
        form, status = WordsForm(request.POST), 422
        if form.is_valid():
            left_out = [int(one) for one in request.POST.getlist("without") if one.isdecimal() and len(one) < 15]
            try:
                actions.change(circular=number, without_facts=left_out, by=request.user, **form.cleaned_data)
            except QualicityError as error:
                status = answers.refuse(form, error)
            else:
                messages.success(request, _("Saved."))
                return redirect("supervision:circular", number=number)
    context = {
        "one": found,
        "addressees": [
            (each, cases.title_of("supervision_letter", each.answer) if each.answer else None)
            for each in found.addressees
        ],
        "form": form if manages and found.state == "draft" else None,
        "may_manage": manages,
    }
    return render(request, "supervision/circular.html", context, status=status)


def _words(found: queries.CircularView) -> forms.Form:
    given = {name: getattr(found, name) for name in ("title", "opening", "closing", "reply_by")}
    return WordsForm(initial=given)


@login_required
@require_POST
def issue(request: SignedIn, number: int) -> HttpResponse:
    """Issue a circular."""
    actions.issue(circular=number, by=request.user)
    messages.success(request, _("Issued. Who must answer finds it among what waits for them."))
    return redirect("supervision:circular", number=number)


@login_required
@require_POST
def drop(request: SignedIn, number: int) -> HttpResponse:
    """Drop a draft."""
    actions.drop(circular=number, reason=request.POST.get("reason", "")[:500], by=request.user)
    messages.success(request, _("The draft is dropped; it is kept."))
    return redirect("supervision:circulars")


@login_required
@require_POST
def climb(request: SignedIn) -> HttpResponse:
    """Bring to accountability what was not answered in time."""
    found = actions.climb(plan=registry.standing(request.GET).plan, by=request.user)
    text = ngettext(
        "%(n)d answer that is overdue went to accountability.",
        "%(n)d answers that are overdue went to accountability.",
        len(found),
    )
    messages.success(request, text % {"n": len(found)})
    return redirect("supervision:circulars")
