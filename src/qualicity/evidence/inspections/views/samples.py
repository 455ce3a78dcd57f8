"""Samples: the list, one sample with what happened to it, its files, and its sheet on paper."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.theme.queries import language
from qualicity.commons.theme.views import TABLE_TYPES, file_answer, table_answer
from qualicity.evidence.inspections import actions, permissions, queries
from qualicity.evidence.inspections.forms.field import DeliveryForm
from qualicity.evidence.inspections.lifecycle import WORDS, Conclusion, SampleState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.evidence.inspections.models import Sample

PAGE = 50
SHOWN_SIDE = 1600
"""How large a photograph is shown on a page, in pixels."""


def _wanted(request: SignedIn) -> queries.SamplesWanted:
    given = {name: value.replace("\x00", "") for name, value in request.GET.items() if isinstance(value, str)}
    return queries.SamplesWanted(
        plan=given.get("check", ""),
        state=given.get("state", "") if given.get("state") in set(SampleState) else "",
        conclusion=given.get("conclusion", "") if given.get("conclusion") in set(Conclusion) else "",
        product=given.get("product", ""),
        organisation=given.get("organisation", ""),
        search=given.get("q", ""),
        since=_day(given.get("since", "")),
        until=_day(given.get("until", "")),
        questioned=bool(given.get("questioned")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:  # nothing, or nonsense: it does not narrow
        return None


@login_required
def samples(request: SignedIn) -> HttpResponse:
    """List samples; filtered, paged, downloadable."""
    wanted = _wanted(request)
    found = queries.samples(by=request.user, wanted=wanted)
    if request.GET.get("format") in TABLE_TYPES:
        return table_answer(_frame(found[:100_000]), "samples", request.GET["format"])
    sees_all = accounts.sees_all(request.user, permissions.READ)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "states": [(str(one), WORDS[one]) for one in SampleState],
        "conclusions": [(str(one), WORDS[one]) for one in Conclusion],
        "checks": queries.plans(by=request.user),
        "units": accounts.organisations() if sees_all else (),
        "may_sample": accounts.can(request.user, permissions.SAMPLE),
    }
    page = "inspections/_samples.html" if request.htmx else "inspections/samples.html"
    return render(request, page, context)


def _frame(found: QuerySet[Sample]) -> pl.DataFrame:
    rows = [
        (one.number, one.plan.code, one.product, one.product_name, one.brand, one.specification, one.batch_number,
         one.produced_on, one.sampled_unit, one.sampled_unit_code, one.maker, one.maker_code, one.place, one.stage,
         one.quantity, one.reserve_quantity, one.sampled_at.isoformat(), one.organisation.title(language()),
         one.laboratory.title(language()) if one.laboratory else None, one.state, one.conclusion or None,
         one.concluded_on, one.design_weight)
        for one in found
    ]  # fmt: skip
    names = (
        "number", "plan", "product", "product_name", "brand", "specification", "batch_number", "produced_on",
        "sampled_unit", "sampled_unit_code", "maker", "maker_code", "place", "stage", "quantity", "reserve_quantity",
        "sampled_at", "organisation", "laboratory", "state", "conclusion", "concluded_on", "design_weight",
    )  # fmt: skip
    return pl.DataFrame(rows, schema=list(names), orient="row", infer_schema_length=None)


@login_required
def sample(request: SignedIn, number: str) -> HttpResponse:
    """Show one sample: its sheet, its files, what happened to it and what is next."""
    found = queries.sample(number, by=request.user)
    return render(request, "inspections/sample.html", _context(request, found))


def _context(request: SignedIn, found: Sample) -> dict[str, Any]:
    may_sample = accounts.can(request.user, permissions.SAMPLE, organisation=found.organisation)
    may_void = may_sample or accounts.can(request.user, permissions.DECIDE, organisation=found.organisation)
    files = queries.files_of(found)
    return {
        "one": found,
        "paper": queries.paper_of(found, _address(found)),
        "state": WORDS[SampleState(found.state)],
        "photos": [one for one in files if one.kind == "photo"],
        "signatures": [one for one in files if one.kind != "photo"],
        "steps": queries.steps_of(found),
        "due": queries.delivery_due(found),
        "earlier": found.recheck_of,
        "rechecks": list(found.rechecks.all()),
        "delivery": DeliveryForm(sample=found) if may_sample and found.state == SampleState.TAKEN else None,
        "may_void": may_void and found.state in (SampleState.TAKEN, SampleState.DELIVERED),
        "may_recheck": may_sample and found.conclusion == Conclusion.UNQUALIFIED,
    }


def _address(found: Sample) -> str:
    return settings.QUALICITY_ADDRESS.rstrip("/") + reverse("inspections:sample", args=[found.number])


@login_required
@require_POST
def deliver(request: SignedIn, number: str) -> HttpResponse:
    """Hand a sample to a laboratory."""
    found = queries.sample(number, by=request.user)
    laboratory = accounts.organisation(request.POST.get("laboratory", ""))
    actions.deliver(sample=found, laboratory=laboratory, by=request.user)
    messages.success(request, _("The sample is at the laboratory."))
    return redirect("inspections:sample", number)


@login_required
@require_POST
def void(request: SignedIn, number: str) -> HttpResponse:
    """Make a sample void."""
    found = queries.sample(number, by=request.user)
    actions.void(sample=found, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("The sample is void; its target may be sampled again."))
    return redirect("inspections:sample", number)


@login_required
def file(request: SignedIn, number: str, file: int) -> HttpResponse | FileResponse:
    """Show a photograph or signature without what the camera wrote into it; ``?original=1`` gives the file itself."""
    one, path = queries.sample_file(number, file, by=request.user)
    if request.GET.get("original"):
        return FileResponse(
            path.open("rb"), as_attachment=True, filename=one.name, content_type="application/octet-stream"
        )
    answer = HttpResponse(queries.shown_picture(path, longest_side=SHOWN_SIDE), content_type=f"image/{one.form}")
    answer["Cache-Control"] = "private, max-age=86400"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@login_required
def sheet(request: SignedIn, number: str) -> HttpResponse:
    """Show the sheet as it is printed."""
    found = queries.sample(number, by=request.user)
    context = {**_context(request, found), "forms": tuple(queries.PAPER_FORMS)}
    return render(request, "inspections/paper.html", context)


@login_required
def document(request: SignedIn, number: str, form: str) -> HttpResponse:
    """Give the sheet as PDF or DOCX."""
    found = queries.sample(number, by=request.user)
    return _on_paper(queries.paper_of(found, _address(found)), number, form)


@login_required
def blank(request: SignedIn, number: int) -> HttpResponse:
    """Show the blank sheet of a target, for whoever goes without a phone; ``?format=pdf`` gives it as a file."""
    target = queries.my_target(number, by=request.user)
    address = settings.QUALICITY_ADDRESS.rstrip("/") + reverse("inspections:field_sheet", args=[number])
    paper = queries.blank_paper(target, address)
    if form := request.GET.get("format"):
        return _on_paper(paper, str(number), form)
    return render(request, "inspections/paper.html", {"paper": paper, "target": target, "forms": ()})


def _on_paper(paper: queries.Paper, number: str, form: str) -> HttpResponse:
    written = queries.paper_file(paper, form)
    name = f"{pgettext('paper', 'Sampling sheet')}-{number}.{form}"
    return file_answer(written.data, name, queries.PAPER_FORMS[form])
