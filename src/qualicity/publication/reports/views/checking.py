"""Holding a document, of this house or another, against the standard's layout."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.theme.queries import language
from qualicity.engines.documents.checking.checking import check_document
from qualicity.errors import FileError
from qualicity.publication.reports import permissions
from qualicity.publication.reports.forms import CheckForm
from qualicity.publication.reports.queries.rendering import style

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.engines.documents.checking.results import Checked


@login_required
def check(request: SignedIn) -> HttpResponse:
    """Measure a DOCX or PDF and list what is not as the standard sets it; nothing of the file is kept."""
    accounts.check(request.user, permissions.READ)
    form = CheckForm(request.POST or None, request.FILES or None)
    checked: Checked | None = None
    if request.method == "POST" and form.is_valid():
        try:
            checked = _checked(form.cleaned_data["file"])
        except FileError as error:
            form.add_error("file", error.text.in_language(language()))
    context = {"form": form, "checked": checked, "style": style()}
    return render(request, "reports/check.html", context, status=422 if form.errors else 200)


def _checked(file: UploadedFile[bytes]) -> Checked:
    name = Path(file.name or "file").name
    with tempfile.TemporaryDirectory(prefix="qualicity-") as folder:
        path = Path(folder) / f"document{Path(name).suffix.lower()[:10]}"
        with path.open("wb") as out:
            for block in file.chunks():
                out.write(block)
        return check_document(path, style(), name=name)
