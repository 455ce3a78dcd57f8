"""Filing a new table, and waiting for a large one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.theme.queries import language
from qualicity.errors import QualicityError
from qualicity.evidence.submissions import actions, permissions, queries
from qualicity.evidence.submissions.forms import FilingForm
from qualicity.evidence.submissions.models import Submission, Upload

if TYPE_CHECKING:
    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn


@login_required
def new(request: SignedIn) -> HttpResponse:
    """Ask for a file and take it in; a script shows progress and is answered with where to go."""
    accounts.check(request.user, permissions.CREATE)
    corrects = _corrected(request)
    if request.method == "POST":
        form = FilingForm(request.POST, request.FILES, person=request.user)
        if form.is_valid():
            try:
                return _gone_to(request, _received(request, form, corrects))
            except QualicityError as error:
                form.add_error("file", error.text.in_language(language()))
                status = error.http_status
        else:
            status = 422
        if _is_script(request):
            words = [str(message) for found in form.errors.values() for message in found]
            return JsonResponse({"errors": words}, status=status)
        return render(request, "submissions/new.html", {"form": form, "corrects": corrects}, status=status)
    form = FilingForm(initial=_first(request, corrects), person=request.user)
    return render(request, "submissions/new.html", {"form": form, "corrects": corrects})


def _corrected(request: SignedIn) -> Submission | None:
    number = request.POST.get("corrects") or request.GET.get("corrects") or ""
    return queries.submission(int(number), by=request.user) if number.isdecimal() and len(number) < 15 else None


def _first(request: SignedIn, corrects: Submission | None) -> dict[str, str]:
    if corrects is not None:
        return {
            "register": corrects.register,
            "organisation": corrects.organisation.code,
            "period": corrects.period.label,
            "profile": corrects.profile,
        }
    given = {name: request.GET.get(name, "") for name in ("register", "organisation", "period", "profile")}
    unit = permissions.own_organisation(request.user)
    return {**given, "organisation": given["organisation"] or (unit.code if unit else "")}


def _received(request: SignedIn, form: FilingForm, corrects: Submission | None) -> Submission | Upload:
    given = form.cleaned_data
    return actions.receive_or_enqueue(
        register=given["register"],
        organisation=given["organisation"],
        period=given["period"],
        file=given["file"],
        profile=given["profile"] or None,
        corrects=corrects,
        by=request.user,
    )


def _gone_to(request: SignedIn, done: Submission | Upload) -> HttpResponse:
    page = "submissions:submission" if isinstance(done, Submission) else "submissions:upload"
    query = request.GET.copy()
    query.pop("corrects", None)
    address = reverse(page, args=[done.pk]) + (f"?{query.urlencode()}" if query else "")
    return JsonResponse({"location": address}) if _is_script(request) else redirect(address)


def _is_script(request: SignedIn) -> bool:
    return request.headers.get("Accept") == "application/json"


@login_required
def upload(request: SignedIn, number: int) -> HttpResponse:
    """Show how far a large file has come; when it is done, go to its submission."""
    one = queries.upload(number, by=request.user)
    if one.submission_id:
        address = reverse("submissions:submission", args=[one.submission_id])
        if request.htmx:
            answer = render(request, "submissions/_upload.html", {"upload": one})
            answer["HX-Redirect"] = address
            return answer
        return redirect(address)
    page = "submissions/_upload.html" if request.htmx else "submissions/upload.html"
    answer = render(request, page, {"upload": one})
    if one.stage != Upload.Stage.FAILED and not request.htmx:
        answer["Refresh"] = "3"
    return answer
