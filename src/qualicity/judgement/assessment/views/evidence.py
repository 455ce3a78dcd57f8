"""Filing, checking and reading the documents of a criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.errors import InputError
from qualicity.judgement.assessment import actions, queries
from qualicity.judgement.assessment.views.standing import asked

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn


@login_required
@require_POST
def file(request: SignedIn, code: str) -> HttpResponse:
    """File a document for an item of a criterion."""
    here = asked(request)
    opened = here.opened()
    upload = request.FILES.get("file")
    if upload is None:
        raise InputError("请选择文件。", "Choose a file.")
    actions.file_evidence(
        assessment=opened, criterion=code, item=request.POST.get("item", ""), file=upload, name=upload.name or "",
        note=request.POST.get("note", ""), by=request.user,
    )  # fmt: skip
    messages.success(request, _("The document is filed. Another person of the office checks it."))
    return redirect(f"{reverse('assessment:criterion', args=[code])}?{here.whole_query}")


@login_required
@require_POST
def check(request: SignedIn, number: int) -> HttpResponse:
    """Say that a document shows what it should, or refuse it."""
    here = asked(request)
    found = queries.evidence(number, by=request.user)
    passed = request.POST.get("verdict") == "pass"
    actions.check_evidence(evidence=found, passed=passed, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("The document is checked.") if passed else _("The document is refused."))
    return redirect(f"{reverse('assessment:criterion', args=[found.criterion])}?{here.whole_query}")


@login_required
def evidence_file(request: SignedIn, number: int) -> FileResponse:
    """Send a document as it was filed."""
    found = queries.evidence(number, by=request.user)
    response = FileResponse(queries.evidence_path(found).open("rb"), as_attachment=True, filename=found.name)
    response["Content-Type"] = "application/octet-stream"
    return response
