"""The application form and the evidence archives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.theme.queries import language
from qualicity.errors import InputError
from qualicity.judgement.assessment import actions, permissions, queries
from qualicity.judgement.assessment.views.standing import asked

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.definitions.application_forms import ApplicationForm
    from qualicity.judgement.assessment.queries import FilledForm


@login_required
def application(request: SignedIn) -> HttpResponse:
    """Show the application form and store what the office fills in."""
    here = asked(request)
    opened = here.assessment
    form = queries.form_of()
    status = 200
    if request.method == "POST":
        accounts.check(request.user, permissions.MANAGE)
        try:
            changed = actions.answer_form(
                assessment=here.opened(), form=form, answers=_answers(request, form), by=request.user
            )
        except InputError as error:
            messages.error(request, error.text.in_language(language()))
            status = 422
        else:
            messages.success(request, _("Kept.") if changed else _("Nothing had changed."))
            return redirect(f"{reverse('assessment:application')}?{here.whole_query}")
    filled = queries.filled(opened, form, by=request.user) if opened else None
    may_manage = accounts.can(request.user, permissions.MANAGE) and opened is not None and opened.state != "final"
    context = {
        "form": form, "filled": filled, "assessment": opened, "query": here.query,
        "given": request.POST if status != 200 else {},
        "may_manage": may_manage,
    }  # fmt: skip
    if opened is None:
        accounts.check(request.user, permissions.READ)
    return render(request, "assessment/application.html", context, status=status)


def _answers(request: SignedIn, form: ApplicationForm) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for field in form.fields:
        if field.kind == "yearly":
            prefix = f"{field.code}-"
            given[field.code] = {
                name.removeprefix(prefix): value for name, value in request.POST.items() if name.startswith(prefix)
            }
        elif field.code in request.POST:
            given[field.code] = request.POST[field.code]
    return given


@login_required
def packages(request: SignedIn) -> HttpResponse:
    """List the evidence archives and what still stands in the way of one; the office makes one."""
    here = asked(request)
    if request.method == "POST":
        made = actions.make_package(
            assessment=here.opened(), purpose=request.POST.get("purpose", ""), as_of=here.standing.as_of,
            by=request.user,
        )  # fmt: skip
        messages.success(request, _("The archive is made. Print the hash of its manifest on the report."))
        return redirect(f"{reverse('assessment:packages')}?{here.whole_query}#package-{made.pk}")
    found = here.whole(request)
    opened = found.assessment
    filled: FilledForm | None = queries.filled(opened, queries.form_of(), by=request.user) if opened else None
    context = {
        "found": found, "assessment": opened, "query": here.query, "filled": filled,
        "packages": queries.packages(opened, by=request.user) if opened else (),
        "may_manage": accounts.can(request.user, permissions.MANAGE),
    }  # fmt: skip
    return render(request, "assessment/packages.html", context)


@login_required
def package_file(request: SignedIn, number: int) -> FileResponse:
    """Send an evidence archive."""
    found, path = queries.package_file(number, by=request.user)
    name = f"evidence-{found.purpose}-{found.as_of}-{found.manifest_sha256[:12]}.zip"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/zip")
