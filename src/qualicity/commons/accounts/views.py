"""Pages of people, tokens and one's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import actions, queries
from qualicity.commons.accounts.forms import NewPersonForm, PeopleFileForm, PersonForm, TokenForm
from qualicity.commons.theme.queries import language
from qualicity.definitions import catalogue
from qualicity.engines.tables import exports
from qualicity.errors import NotFoundError, QualicityError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django import forms

    from qualicity.commons.accounts.queries import SignedIn

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PER_PAGE = 50


def _refuse(form: forms.Form, error: QualicityError) -> None:
    form.add_error(None, error.text.in_language(language()))


@login_required
def people(request: SignedIn) -> HttpResponse:
    """List the people; narrowed, paged, downloaded."""
    asked = {name: request.GET.get(name, "") for name in ("search", "role", "organisation")}
    inactive = request.GET.get("inactive") == "1"
    found = queries.people(by=request.user, inactive=inactive, **asked)
    if request.GET.get("format") in ("csv", "xlsx"):
        return _download(queries.rows(found), request.GET["format"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": queries.rows(page.object_list),
        "asked": asked,
        "inactive": inactive,
        "roles": catalogue.catalogue().roles.values(),
        "organisations": queries.organisations(),
        "may_manage": queries.can(request.user, "people.manage"),
    }
    fragment = request.htmx and not request.htmx.boosted
    return render(request, "accounts/_people.html" if fragment else "accounts/people.html", context)


def _download(rows: Iterable[queries.PersonRow], form: str) -> HttpResponse:
    found = list(rows)
    frame = pl.DataFrame(
        {
            "username": [row.person.username for row in found],
            "name": [row.person.name for row in found],
            "organisation": [row.person.organisation.code if row.person.organisation else "" for row in found],
            "roles": [",".join(row.person.roles) for row in found],
        },
        schema=dict.fromkeys(("username", "name", "organisation", "roles"), pl.String),
    )
    content, kind = (
        (exports.to_csv(frame), "text/csv; charset=utf-8")
        if form == "csv"
        else (
            exports.to_xlsx(frame, "people"),
            SHEET,
        )
    )
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="people.{form}"'}
    )


@login_required
@never_cache
def new(request: SignedIn) -> HttpResponse:
    """Make one person; their first password is shown this once."""
    queries.check(request.user, "people.manage")
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person, password = actions.create_person(**form.cleaned_data, by=request.user)
        except QualicityError as error:
            _refuse(form, error)
        else:
            return render(request, "accounts/handed_over.html", {"newcomers": [actions.Newcomer(person, password)]})
    return render(request, "accounts/new.html", {"form": form})


@login_required
@never_cache
def imported(request: SignedIn) -> HttpResponse:
    """Make everybody that a file names; all of them or none."""
    queries.check(request.user, "people.manage")
    form = PeopleFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            newcomers = actions.import_people(file=form.cleaned_data["file"], by=request.user)
        except QualicityError as error:
            _refuse(form, error)
        else:
            return render(request, "accounts/handed_over.html", {"newcomers": newcomers})
    return render(request, "accounts/import.html", {"form": form, "roles": catalogue.catalogue().roles.values()})


@login_required
def person(request: SignedIn, username: str) -> HttpResponse:
    """Show one person; who may manage people changes them here."""
    found = queries.person_seen_by(request.user, username)
    manages = queries.can(request.user, "people.manage") and not found.is_operator
    initial = {
        "name": found.name,
        "organisation": found.organisation.code if found.organisation else "",
        "roles": found.roles,
    }
    form = PersonForm(request.POST or None, initial=initial) if manages else None
    if request.method == "POST":
        queries.check(request.user, "people.manage")
        if form and form.is_valid():
            try:
                actions.change_person(person=found, **form.cleaned_data, by=request.user)
            except QualicityError as error:
                _refuse(form, error)
            else:
                messages.success(request, _("Saved."))
                return redirect(request.get_full_path())
    (row,) = queries.rows([found])
    return render(request, "accounts/person.html", {"row": row, "form": form, "tokens": queries.tokens(found)})


@login_required
@require_POST
@never_cache
def reset_password(request: SignedIn, username: str) -> HttpResponse:
    """Give a person a new password, shown this once."""
    found = queries.person_seen_by(request.user, username)
    password = actions.reset_password(person=found, by=request.user)
    return render(request, "accounts/handed_over.html", {"newcomers": [actions.Newcomer(found, password)]})


@login_required
@require_POST
def activity(request: SignedIn, username: str) -> HttpResponse:
    """Deactivate a person, or let them sign in again."""
    found = queries.person_seen_by(request.user, username)
    actions.set_active(person=found, active=request.POST.get("active") == "1", by=request.user)
    messages.success(request, _("Saved."))
    return redirect("accounts:person", username=found.username)


@login_required
def me(request: SignedIn) -> HttpResponse:
    """Show who one is here and what one may do."""
    (row,) = queries.rows([request.user])
    context = {"row": row, "may_have_tokens": queries.can(request.user, "tokens.manage")}
    return render(request, "accounts/me.html", context)


@login_required
@never_cache
def tokens(request: SignedIn) -> HttpResponse:
    """List one's own tokens, and make one; its secret is shown this once."""
    queries.check(request.user, "tokens.manage")
    form = TokenForm(request.POST or None, person=request.user)
    secret = ""
    if request.method == "POST" and form.is_valid():
        try:
            _token, secret = actions.create_token(person=request.user, **form.cleaned_data, by=request.user)
        except QualicityError as error:
            _refuse(form, error)
        else:
            form = TokenForm(person=request.user)
    context = {"form": form, "secret": secret, "tokens": queries.tokens(request.user)}
    return render(request, "accounts/tokens.html", context)


@login_required
@require_POST
def revoke(request: SignedIn, prefix: str) -> HttpResponse:
    """End a token: one's own, or anybody's for who manages people."""
    token = queries.token(prefix)
    if token.person_id != request.user.pk and not queries.can(request.user, "people.manage"):
        raise NotFoundError(f"没有令牌“{prefix}”。", f"There is no token “{prefix}”.")
    actions.revoke_token(token=token, by=request.user)
    messages.success(request, _("The token no longer works."))
    own = token.person_id == request.user.pk
    return redirect(reverse("accounts:tokens") if own else reverse("accounts:person", args=[token.person.username]))
