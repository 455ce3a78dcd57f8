"""A laboratory's pages: what waits, entering a report, files of results; and the report as everybody reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.queries import language
from qualicity.commons.theme.views import TABLE_TYPES, file_answer, table_answer
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import InputError, QualicityError
from qualicity.evidence.inspections import actions, permissions, queries
from qualicity.evidence.inspections.forms.laboratory import (
    DecisionForm,
    EntryLine,
    ReportForm,
    ResultsFileForm,
    entry_lines,
    measured_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.evidence.inspections.models import ItemResult, LabReport, Sample

PAGE = 50
_FINDINGS = 200


@login_required
def laboratory(request: SignedIn) -> HttpResponse:
    """List the samples that wait for one's own laboratory, the reports that it sent in and its files."""
    by, search = request.user, request.GET.get("q", "").replace("\x00", "").strip()
    found = queries.samples_to_test(by=by, search=search)
    if request.GET.get("format") in TABLE_TYPES:
        rows = queries.to_test(found[:10_000], by=by)
        return table_answer(_waiting_frame(rows), "samples-to-test", request.GET["format"])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": queries.to_test(page, by=by),
        "search": search,
        "reports": queries.own_reports(by=by)[:10],
        "files": queries.lab_files(by=by)[:10],
    }
    name = "inspections/_to_test.html" if request.htmx else "inspections/laboratory.html"
    return render(request, name, context)


def _waiting_frame(rows: Iterable[queries.ToTest]) -> pl.DataFrame:
    cells = [
        (one.sample.number, one.sample.product, one.sample.product_name, one.sample.specification,
         one.sample.batch_number, one.kind, one.sample.delivered_at.date() if one.sample.delivered_at else None,
         one.due)
        for one in rows
    ]  # fmt: skip
    names = ("number", "product", "product_name", "specification", "batch_number", "kind", "delivered_on", "due")
    return pl.DataFrame(cells, schema=list(names), orient="row", infer_schema_length=None)


@login_required
def enter(request: SignedIn, number: str) -> HttpResponse:
    """Enter one sample's results: ``check`` shows what the rules say, ``record`` sends the report in."""
    sample, kind = queries.sample_to_report(number, request.user)
    counting = next((one for one in queries.counting_reports([sample]).get(sample.pk, []) if one.kind == kind), None)
    product = queries.product_of(sample.product)
    posted = request.POST if request.method == "POST" else None
    form = ReportForm(
        posted, replaces=counting is not None, initial={"reported_on": registry.moment().date().isoformat()}
    )
    lines = entry_lines(product, posted) if product is not None else ()
    status = 200
    judged: tuple[queries.JudgedItem, ...] = ()
    faults: tuple[queries.EntryFault, ...] = ()
    if posted is not None:
        measured = measured_of(lines)
        judged, faults = queries.judge_measured(product, measured)
        status = 422 if faults else 200
        if "record" in posted and form.is_valid() and not faults:
            try:
                return _recorded(request, sample, form, measured)
            except QualicityError as error:
                if error.http_status in (403, 404):
                    raise
                form.add_error(None, error.text.in_language(language()))
                status = error.http_status
        elif "record" in posted:
            status = 422
    context = {
        "sample": sample, "kind": kind, "product": product, "counting": counting, "form": form,
        "lines": _with_verdicts(lines, judged, faults), "checked": posted is not None,
        "untested": sum(not any(line.values) for line in lines),
        "conclusion": queries.conclusion_of(judged).value if judged and not faults else "",
        "tries": "record" in (posted or ()),
    }  # fmt: skip
    return render(request, "inspections/enter.html", context, status=status)


def _recorded(request: SignedIn, sample: Sample, form: ReportForm, measured: Any) -> HttpResponse:
    given = form.cleaned_data
    done = actions.record_report(
        sample=sample, number=given["number"], reported_on=given["reported_on"], results=measured,
        reason=given.get("reason", ""), by=request.user,
    )  # fmt: skip
    messages.success(request, _("The report is recorded."))
    return redirect("inspections:lab_report", number=done.pk)


def _with_verdicts(
    lines: tuple[EntryLine, ...], judged: Iterable[queries.JudgedItem], faults: Iterable[queries.EntryFault]
) -> list[tuple[EntryLine, queries.JudgedItem | None, queries.EntryFault | None]]:
    """Return each line with the verdict or the fault of what was typed in it."""
    verdicts = {one.item: one for one in judged}
    tested = [line for line in lines if any(line.values)]
    wrong = {tested[one.position].number: one for one in faults}
    return [(line, verdicts.get(line.item.code), wrong.get(line.number)) for line in lines]


@login_required
def template(request: SignedIn) -> HttpResponse:
    """Send the sheet to fill in, with every sample that waits."""
    day = registry.moment().date().isoformat()
    return file_answer(queries.results_template(by=request.user), f"检验结果-{day}.xlsx", TABLE_TYPES["xlsx"])


@login_required
def upload(request: SignedIn) -> HttpResponse:
    """Take a filled sheet, whole or not at all."""
    accounts.check(request.user, permissions.TEST)
    form, status = ResultsFileForm(), 200
    if request.method == "POST":
        form, status = ResultsFileForm(request.POST, request.FILES), 422
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                done = actions.record_file(file=file, by=request.user, name=file.name)
            except QualicityError as error:
                if error.http_status == 403:
                    raise
                form.add_error("file", error.text.in_language(language()))
                status = error.http_status
            else:
                if done.is_taken:
                    messages.success(request, _("The file was taken in whole."))
                return redirect("inspections:lab_file", number=done.pk)
    return render(request, "inspections/upload.html", {"form": form}, status=status)


@login_required
def file(request: SignedIn, number: int) -> HttpResponse:
    """Show what became of a file: its reports, or every fault by row and cell."""
    one = queries.lab_file(number, request.user)
    columns = {each.name: each.title for each in catalogue().annexes["test_results"].columns}
    context = {
        "one": one,
        "reports": one.reports.select_related("sample").order_by("id")[:_FINDINGS],
        "findings": [(each, columns.get(each["column"])) for each in one.findings[:_FINDINGS]],
        "english": (get_language() or "").startswith("en"),
    }
    return render(request, "inspections/lab_file.html", context)


@login_required
def marked(request: SignedIn, number: int) -> HttpResponse:
    """Give the laboratory's own workbook back, the faulty cells marked and explained."""
    one = queries.lab_file(number, request.user)
    name = f"{one.name.rsplit('.', 1)[0]}-{one.pk}.xlsx"
    return file_answer(queries.marked_workbook(one), name, TABLE_TYPES["xlsx"])


@login_required
def report(request: SignedIn, number: int) -> HttpResponse:
    """Show a report line by line: what was measured, against what, the verdict and its reason."""
    one = queries.report(number, request.user)
    return _shown(request, one, DecisionForm(language=language()))


def _titled(one: LabReport) -> list[tuple[ItemResult, str]]:
    """Return the lines of a report with the title of each in the reader's language."""
    product, chosen = queries.product_of(one.sample.product), language()
    titles = {item.code: item.title.in_language(chosen) for item in product.items} if product else {}
    return [(line, titles.get(line.item, line.title)) for line in queries.lines_of(one)]


def _shown(request: SignedIn, one: LabReport, form: DecisionForm, status: int = 200) -> HttpResponse:
    by = request.user
    context = {
        "one": one, "sample": one.sample, "lines": _titled(one), "earlier": queries.earlier(one),
        "may_decide": queries.can_decide(one, by), "may_replace": queries.can_replace(one, by),
        "may_see_sample": accounts.can(by, permissions.READ), "tests": accounts.can(by, permissions.TEST),
        "form": form, "english": (get_language() or "").startswith("en"),
    }  # fmt: skip
    return render(request, "inspections/lab_report.html", context, status=status)


@login_required
@require_POST
def decide(request: SignedIn, number: int) -> HttpResponse:
    """Decide what the rules left undecided, with a reason."""
    one = queries.report_to_decide(number, request.user)
    form = DecisionForm(request.POST, language=language())
    if not form.is_valid():
        return _shown(request, one, form, status=422)
    try:
        actions.decide_report(report=one, by=request.user, **form.cleaned_data)
    except InputError as error:
        form.add_error(None, error.text.in_language(language()))
        return _shown(request, one, form, status=error.http_status)
    messages.success(request, _("The conclusion is recorded with your reason."))
    return redirect("inspections:lab_report", number=number)
