"""Handing tasks out: derive, fill in the annex and bring it back, copy to a county; and what was there before."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.views import TABLE_TYPES, file_answer
from qualicity.errors import QualicityError
from qualicity.goals.tasks import actions, permissions, queries
from qualicity.goals.tasks.forms import AnnexForm
from qualicity.goals.tasks.views import answers

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpResponse

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.definitions.plans import Plan


@login_required
def breakdown(request: SignedIn) -> HttpResponse:
    """Show how the tasks were handed out, and what can be done next."""
    standing = registry.standing(request.GET)
    level = permissions.level_of(request.user)
    rows = queries.assignments(
        plan=standing.plan, as_of=standing.as_of, by=request.user,
        wanted=queries.Wanted(level=level.code if level else "city"),
    )  # fmt: skip
    made = queries.breakdowns(plan=standing.plan, by=request.user)
    context = {
        "plan": standing.plan,
        "level": level,
        "rows": rows,
        "complete": sum(not one.missing for one in rows),
        "derived": sum(one.responsibility == "derived" for one in rows),
        "page": Paginator(made, 20).get_page(request.GET.get("page")),
        "may_assign": permissions.can_assign(request.user, level),
    }
    return render(request, "tasks/breakdown.html", context)


@login_required
def template(request: SignedIn) -> HttpResponse:
    """Send the annex to fill in, with what is known already."""
    standing = registry.standing(request.GET)
    level = permissions.level_of(request.user)
    rows = queries.assignments(
        plan=standing.plan, as_of=registry.today(), by=request.user,
        wanted=queries.Wanted(level=level.code if level else "city"),
    )  # fmt: skip
    target = io.BytesIO()
    queries.write_template(plan=standing.plan, rows=queries.filled_annex(standing.plan, rows), target=target)
    return file_answer(target.getvalue(), f"任务分解表-{standing.plan.code}.xlsx", TABLE_TYPES["xlsx"])


@login_required
def imported(request: SignedIn) -> HttpResponse:
    """Take a filled annex, or show for every faulty row what was expected and how to mend it."""
    plan = registry.standing(request.GET).plan
    level = permissions.level_of(request.user)
    permissions.check_assign(request.user, level)
    form, status, found = AnnexForm(), 200, None
    if request.method == "POST":
        form, status = AnnexForm(request.POST, request.FILES), 422
        if form.is_valid():
            try:
                found = _taken(plan, level, form.cleaned_data["file"], request.user)
            except QualicityError as error:
                if error.http_status == 403:
                    raise
                status = answers.refuse(form, error, "file")
            else:
                if found.taken:
                    return _taken_in(request, found)
    findings = list(found.findings.head(500).iter_rows(named=True)) if found else []
    context = {"plan": plan, "level": level, "form": form, "found": found, "findings": findings}
    return render(request, "tasks/import.html", context, status=status)


def _taken(plan: Plan, level: Organisation | None, file: UploadedFile[Any], by: Person) -> actions.Imported:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "annex"
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        return actions.import_breakdown(plan=plan, level=level, path=path, name=file.name or "", by=by)


def _taken_in(request: SignedIn, found: actions.Imported) -> HttpResponse:
    text = ngettext("%(n)d assignment was taken in.", "%(n)d assignments were taken in.", found.assignments)
    messages.success(request, text % {"n": found.assignments})
    return redirect("tasks:breakdown")


@login_required
@require_POST
def derive(request: SignedIn) -> HttpResponse:
    """Hand out what the plan's definition names, where nothing was handed out yet."""
    actions.derive(plan=registry.standing(request.GET).plan, by=request.user)
    messages.success(request, _("The tasks are handed out as the plan's definition names them."))
    return redirect("tasks:breakdown")


@login_required
@require_POST
def copy(request: SignedIn) -> HttpResponse:
    """Copy the city's breakdown to the reader's own county."""
    level = permissions.level_of(request.user)
    permissions.check_copy(request.user, level)
    assert level is not None
    actions.copy_to_county(plan=registry.standing(request.GET).plan, county=level, by=request.user)
    messages.success(request, _("The city's breakdown is copied; fill in the six fixes of your own level."))
    return redirect("tasks:breakdown")
