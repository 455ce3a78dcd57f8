"""The list of cases, one case with its trail, clocks and files, and what may be done to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import actions, lifecycle, permissions, queries
from qualicity.commons.cases.forms import AssignForm, MoveForm, NarrowingForm, SteeringForm
from qualicity.commons.theme.queries import language
from qualicity.engines.tables import exports
from qualicity.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django import forms

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.commons.cases.models import Case, CaseMove
    from qualicity.errors import Text

PER_PAGE = 50
MOST_DOWNLOADED = 10_000
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the trail with its words."""

    move: CaseMove
    title: Text
    after: Text


@login_required
def cases(request: SignedIn) -> HttpResponse:
    """List the cases that this person may see; filtered, paged by cursor, downloadable."""
    form = NarrowingForm(request.GET)
    narrowing = form.narrowing
    kind = request.GET.get("format", "")
    if kind in TYPES:
        page = queries.case_page(request.user, narrowing, limit=MOST_DOWNLOADED)
        return download(queries.case_rows(page.cases), "cases", kind)
    page = queries.case_page(request.user, narrowing, cursor=request.GET.get("after", ""), limit=PER_PAGE)
    context = {
        "rows": queries.case_rows(page.cases),
        "cursor": page.cursor,
        "form": form,
        "wanted": narrowing,
        "types": lifecycle.case_types(),
        "units": accounts.organisations() if accounts.sees_all(request.user, permissions.READ) else (),
    }
    return render(request, "cases/_list.html" if request.htmx else "cases/cases.html", context)


def download(rows: Iterable[queries.CaseRow], name: str, kind: str) -> HttpResponse:
    """Return cases as CSV or Excel."""
    chosen = language()
    columns = (
        "case",
        "type",
        "subject",
        "title",
        "state",
        "organisation",
        "person",
        "due",
        "standing",
        "why",
        "opened",
    )
    frame = pl.DataFrame(
        [
            (
                one.case.pk, one.kind.in_language(chosen), one.case.subject, one.case.title(chosen),
                one.state.in_language(chosen), one.case.organisation.title(chosen),
                str(one.case.person or ""), one.case.due_day.isoformat() if one.case.due_day else "", one.look,
                one.why.in_language(chosen), one.case.opened_on.isoformat(),
            )
            for one in rows
        ],
        schema={column: pl.Int64 if column == "case" else pl.String for column in columns},
        orient="row",
    )  # fmt: skip
    content = exports.to_csv(frame) if kind == "csv" else exports.to_xlsx(frame, name)
    disposition = f'attachment; filename="{name}.{kind}"'
    return HttpResponse(content, content_type=TYPES[kind], headers={"Content-Disposition": disposition})


@login_required
def case(request: SignedIn, number: int) -> HttpResponse:
    """Show one case: where it stands, what may be done now, its clocks, its files, its trail."""
    return _page(request, queries.case(number, by=request.user))


def _page(request: SignedIn, one: Case, *, status: int = 200, opened: str = "") -> HttpResponse:
    kind = lifecycle.case_type(one.type)
    clocks = [(each, queries.why_words(each), _left(each)) for each in map(queries.running, queries.clocks_of(one))]
    alive = [each for each, _why, _words in clocks if each.look != "ended"]
    steers = queries.can_steer(one, request.user)
    hands = one.is_open and (
        steers or (permissions.may_act(request.user) and permissions.stands_as(request.user, one, "responsible"))
    )
    context = {
        "one": one,
        "kind": kind,
        "row": queries.case_rows([one])[0],
        "allowed": () if lifecycle.case_type(one.type).desk_only else queries.allowed_moves(one, request.user),
        "clocks": clocks,
        "alive": alive,
        "paused": [each for each in alive if each.look == "paused"],
        "trail": [_entry(one, each) for each in reversed(queries.moves_of(one))],
        "attachments": queries.attachments_of(one),
        "may_attach": queries.can_attach(one, request.user),
        "may_steer": steers,
        "people": _people(one) if hands else (),
        "may_assign": hands,
        "opened": opened,
        "said": request.POST.get("reason", ""),
    }
    return render(request, "cases/case.html", context, status=status)


def _left(each: queries.Running) -> Text | None:
    return queries.remaining_words(each.clock.unit, each.remaining) if each.remaining else None


def _entry(one: Case, move: CaseMove) -> Entry:
    return Entry(move, *queries.move_words(one, move))


def _people(one: Case) -> tuple[Any, ...]:
    return tuple(one.organisation.people.filter(is_active=True, is_operator=False))


def _checked(form: forms.Form) -> dict[str, Any]:
    """Return what was typed; InputError names the first field that cannot be used."""
    if form.is_valid():
        return form.cleaned_data
    name, errors = next(iter(form.errors.items()))
    raise InputError(f"“{name}”不可用：{errors[0]}", f"“{name}” cannot be used: {errors[0]}")


def _done(request: SignedIn, one: Case, act: Callable[[], object], told: str, *, opened: str = "") -> HttpResponse:
    """Do something and show the case again; what was typed wrongly is said on the page itself."""
    try:
        act()
    except InputError as error:
        messages.error(request, error.text.in_language(language()))
        return _page(request, one, status=422, opened=opened)
    messages.success(request, told)
    return redirect(f"{reverse('cases:case', args=[one.pk])}?{request.GET.urlencode()}")


@login_required
@require_POST
def move(request: SignedIn, number: int, code: str) -> HttpResponse:
    """Make a move."""
    one = queries.case(number, by=request.user)

    def act() -> None:
        form = MoveForm(request.POST, request.FILES, attachments=queries.attachments_of(one))
        given = _checked(form)
        lifecycle.check_here(lifecycle.case_type(one.type))
        actions.move(
            case=one, move=code, by=request.user, reason=given["reason"], due=given["due"], seen=given["seen"],
            evidence=[*given["known"], *given["added"]],
        )  # fmt: skip

    return _done(request, one, act, _("Done. The trail has it."), opened=code)


@login_required
@require_POST
def assign(request: SignedIn, number: int) -> HttpResponse:
    """Hand the case to a person of the responsible organisation."""
    one = queries.case(number, by=request.user)

    def act() -> None:
        people = _people(one)
        given = _checked(AssignForm(request.POST, people=people))
        chosen = next((each for each in people if each.username == given["person"]), None)
        actions.assign(case=one, person=chosen, by=request.user, seen=given["seen"])

    return _done(request, one, act, _("Handed over."), opened="assign")


@login_required
@require_POST
def steer(request: SignedIn, number: int, verb: str) -> HttpResponse:
    """Extend, pause or resume a clock."""
    one = queries.case(number, by=request.user)
    if verb not in ("extend", "suspend", "resume"):
        raise NotFoundError(f"没有“{verb}”这项操作。", f"There is no such thing to do: “{verb}”.")

    def act() -> None:
        given = _checked(SteeringForm(request.POST))
        common = {"case": one, "by": request.user, "clock": given["clock"], "seen": given["seen"]}
        if verb == "extend":
            actions.extend(**common, reason=given["reason"], due=given["due"], number=given["number"])
        elif verb == "suspend":
            actions.suspend(**common, reason=given["reason"])
        else:
            actions.resume(**common, reason=given["reason"])

    return _done(request, one, act, _("The deadline was changed."), opened=verb)


@login_required
@require_POST
def attach(request: SignedIn, number: int) -> HttpResponse:
    """Add a file."""
    one = queries.case(number, by=request.user)

    def act() -> None:
        given = request.FILES.get("file")
        if given is None:
            raise InputError("请选择一个文件。", "Choose a file.")
        actions.attach(case=one, file=given, by=request.user, note=request.POST.get("note", ""))

    return _done(request, one, act, _("The file was added."))


@login_required
def file(request: SignedIn, number: int, file: int) -> FileResponse:
    """Give a file as it came; never shown in the browser, for a stranger's file could be a page."""
    found = queries.attachment(queries.case(number, by=request.user), file, request.user)
    path = queries.file_of(found.sha256)
    if not path.is_file():
        raise NotFoundError("文件不在服务器上，请从备份恢复。", "The file is not there; restore it from the backup.")
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=found.name, content_type="application/octet-stream"
    )
