"""Cases of enforcement: the list, a new one, one of them with what may be done next, its decision and its papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import lifecycle as case_lifecycle
from qualicity.commons.cases import queries as cases
from qualicity.commons.theme.forms import Ask, Step
from qualicity.commons.theme.queries import language
from qualicity.commons.theme.views import TABLE_TYPES, file_answer, table_answer
from qualicity.errors import QualicityError
from qualicity.judgement.enforcement import actions, permissions, queries
from qualicity.judgement.enforcement.actions import Suspect, Verdict
from qualicity.judgement.enforcement.forms import CaseForm, DecisionForm, refuse
from qualicity.judgement.enforcement.lifecycle import CASE
from qualicity.judgement.enforcement.views.answers import MOST_DOWNLOADED, PAGE, said, seen, tried

if TYPE_CHECKING:
    from django.http import HttpResponse

    from qualicity.commons.accounts.models import Person
    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.judgement.enforcement.models import Investigation

REASON = Ask("reason", gettext_lazy("Reason"))
FILES = Ask("files", gettext_lazy("Files that show it"), "files")


@login_required
def home(request: SignedIn) -> HttpResponse:
    """List the cases of enforcement that this person may see; filtered, paged, downloadable."""
    given = {name: str(value).replace("\x00", "")[:200] for name, value in request.GET.items()}
    found = queries.investigations(
        request.user,
        state=given.get("state", ""),
        search=given.get("q", "").strip(),
        open_only=bool(given.get("open")),
    )
    if given.get("format") in TABLE_TYPES:
        rows = queries.investigation_rows(list(found[:MOST_DOWNLOADED]))
        return table_answer(_table(rows), "enforcement-cases", given["format"])
    page = Paginator(found, PAGE).get_page(given.get("page"))
    acts = accounts.can(request.user, permissions.ACT)
    context = {
        "page": page,
        "rows": queries.investigation_rows(list(page.object_list)),
        "states": [(one.code, one.title) for one in case_lifecycle.case_type(CASE).states],
        "wanted": given,
        "may_act": acts,
        "waiting": len(queries.waiting_transfers(request.user)) if acts else 0,
    }
    return render(request, "enforcement/cases.html", context)


@login_required
def new(request: SignedIn) -> HttpResponse:
    """Open a case on a clue."""
    accounts.check(request.user, permissions.ACT)
    form, status = CaseForm(by=request.user), 200
    if request.method == "POST":
        form, status = CaseForm(request.POST, by=request.user), 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                made = actions.open_investigation(
                    organisation=given["organisation"], what=given["what"], origin=given["origin"],
                    suspect=Suspect(given["name"], given["uscc"], given["party_kind"]), sector=given["sector"],
                    campaign=queries.campaign(given["campaign"], request.user) if given["campaign"] else None,
                    goods_fen=given["goods"], by=request.user,
                )  # fmt: skip
            except QualicityError as error:
                status = refuse(form, error)
            else:
                return redirect("enforcement:case", number=made.case_id)
    return render(request, "enforcement/new_case.html", {"form": form}, status=status)


@login_required
@require_POST
def take_over(request: SignedIn) -> HttpResponse:
    """Take over what the desk of spot checks handed to enforcement."""
    found = actions.take_over_transfers(by=request.user)
    text = ngettext("%(n)d failed sample was taken over.", "%(n)d failed samples were taken over.", found.count)
    messages.success(request, text % {"n": found.count})
    if found.without_code:
        messages.warning(
            request,
            _("Without a credit code, to be opened by hand: %(samples)s")
            % {"samples": ", ".join(found.without_code[:20])},
        )
    return redirect("enforcement:home")


@login_required
def case(request: SignedIn, number: int) -> HttpResponse:
    """Show one case: what it is about, its clocks, what may be done next, its papers and its trail."""
    return _page(request, queries.investigation(number, request.user))


@login_required
@require_POST
def move(request: SignedIn, number: int, code: str) -> HttpResponse:
    """Move a case."""
    about = queries.investigation(number, request.user)
    status = tried(
        request,
        lambda: actions.move_case(
            case=about.case, move=code, by=request.user, reason=said(request, "reason"),
            evidence=request.FILES.getlist("files"), seen=seen(request),
        ),
        _("Done: the case is at its next step."),
    )  # fmt: skip
    if status == 200:
        return redirect("enforcement:case", number=number)
    return _page(request, queries.investigation(number, request.user), status=status, opened=code)


@login_required
def decide(request: SignedIn, number: int) -> HttpResponse:
    """Decide a case that was heard."""
    about = queries.investigation(number, request.user)
    accounts.check(request.user, permissions.DECIDE, organisation=about.case.organisation)
    form, status = DecisionForm(initial={"violation": about.case.title_zh.partition("：")[2]}), 200
    if request.method == "POST":
        form, status = DecisionForm(request.POST), 422
        if form.is_valid():
            try:
                made = actions.decide(
                    case=about.case, verdict=_verdict(form.cleaned_data), by=request.user, seen=seen(request)
                )
            except QualicityError as error:
                status = refuse(form, error)
            else:
                messages.success(request, _("Decided. Another person publishes it, where it is to be published."))
                return redirect("enforcement:penalty", number=made.pk)
    context = {"about": about, "form": form}
    return render(request, "enforcement/decide.html", context, status=status)


@login_required
@require_POST
def tip(request: SignedIn, number: int) -> HttpResponse:
    """Record that a case came from a report, and seal who reported."""
    about = queries.investigation(number, request.user)
    status = tried(
        request,
        lambda: actions.record_tip(case=about.case, identity=said(request, "identity", 500), by=request.user),
        _("Recorded: who reported is sealed. The number is on the list of rewards."),
    )
    if status == 200:
        return redirect("enforcement:case", number=number)
    return _page(request, about, status=status, opened="tip")


@login_required
def paper(request: SignedIn, number: int, code: str, form: str) -> HttpResponse:
    """Give out one paper of a case."""
    about = queries.investigation(number, request.user)
    made = queries.paper(about, code, form)
    return file_answer(made.data, f"{code}-{number}.{form}", made.media_type)


def steps_of(about: Investigation, by: Person) -> list[Step]:
    """Return what a person may do now with a case."""
    found = []
    for one in cases.allowed_moves(about.case, by):
        code = one.move.code
        address = reverse("enforcement:move", args=(about.case_id, code))
        asks = [Ask("reason", gettext_lazy("Remark"), required=False)]
        if one.needs_reason:
            asks = [REASON]
        asks.append(
            FILES if one.needs_evidence else Ask("files", gettext_lazy("Files that show it"), "files", required=False)
        )
        if code == "decide":
            continue
        found.append(Step(code, one.move.title, address, asks, is_main=one.move.is_main, hint=one.move.note or ""))
    if accounts.can(by, permissions.ACT, organisation=about.case.organisation) and about.case.is_open:
        found.append(
            Step(
                "tip", gettext_lazy("It came from a report: seal who reported"),
                reverse("enforcement:tip", args=(about.case_id,)),
                [Ask("identity", gettext_lazy("Who reported, and how to reach them"))],
                hint=gettext_lazy("Once saved nobody reads it but who pays the reward, and each reading is kept."),
            )
        )  # fmt: skip
    return found


def _page(request: SignedIn, about: Investigation, *, status: int = 200, opened: str = "") -> HttpResponse:
    one, by = about.case, request.user
    trail = [(each, *cases.move_words(one, each)) for each in cases.moves_of(one)]
    allowed = cases.allowed_moves(one, by)
    context = {
        "about": about,
        "one": one,
        "row": queries.investigation_rows([about])[0],
        "steps": steps_of(about, by),
        "looked_at": one.version,
        "opened": opened,
        "may_decide": any(each.move.code == "decide" for each in allowed),
        "clocks": [
            (
                each,
                cases.why_words(each),
                cases.remaining_words(each.clock.unit, each.remaining) if each.remaining else None,
            )
            for each in (cases.running(clock) for clock in cases.clocks_of(one))
        ],
        "trail": trail,
        "papers": [(each.code, words) for each, words, _after in trail if queries.has_paper(each.code)],
        "attachments": cases.attachments_of(one),
        "tips": queries.tip_rows(list(queries.tips(by, case=one.pk))),
    }
    return render(request, "enforcement/case.html", context, status=status)


def _verdict(given: dict[str, object]) -> Verdict:
    return Verdict(
        number=str(given["number"]), kinds=tuple(given["kinds"]), violation=str(given["violation"]),  # type: ignore[arg-type]
        basis=str(given["basis"]), fine_fen=given["fine"] or 0, confiscated_fen=given["confiscated"] or 0,  # type: ignore[arg-type]
        light=given["scale"] == "light", severe=given["scale"] == "severe",
        limited_until=given["limited_until"],  # type: ignore[arg-type]
    )  # fmt: skip


def _table(rows: tuple[queries.InvestigationRow, ...]) -> pl.DataFrame:
    words = language()
    return pl.DataFrame(
        {
            "case": [one.case.case.pk for one in rows],
            "party": [one.party for one in rows],
            "uscc": [one.case.case.enterprise for one in rows],
            "origin": [one.origin.in_language(words) for one in rows],
            "field": [one.sector.in_language(words) for one in rows],
            "state": [one.case.state.in_language(words) for one in rows],
            "opened_on": pl.Series([one.case.case.opened_on for one in rows], dtype=pl.Date),
            "due_on": pl.Series([one.case.case.due_day for one in rows], dtype=pl.Date),
            "decision": [one.penalty.number if one.penalty else "" for one in rows],
        }
    )
