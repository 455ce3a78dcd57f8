"""The list of the seriously dishonest for the house: who is on it, who is on the way, one of them, who was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import queries as cases
from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.queries import language
from qualicity.commons.theme.views import TABLE_TYPES, file_answer, table_answer
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import NotFoundError, QualicityError
from qualicity.judgement.credit import actions, permissions, queries
from qualicity.judgement.credit.views.listing_steps import (
    do,
    do_objection,
    do_repair,
    objection_steps,
    repair_steps,
    said,
    steps_of,
)
from qualicity.judgement.enforcement import queries as enforcement

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.judgement.credit.models import Listing

PAGE = 50
MOST_DOWNLOADED = 20_000


@login_required
def home(request: SignedIn) -> HttpResponse:
    """List who is on the list today, and what is on its way there; filtered, paged, downloadable."""
    words = request.GET.get("q", "").replace("\x00", "")[:100]
    found = queries.in_force(request.user, search=words)
    if request.GET.get("format") in TABLE_TYPES:
        rows = queries.listing_rows(list(found[:MOST_DOWNLOADED]))
        return table_answer(_table(rows), "seriously-dishonest", request.GET["format"])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    under_way = list(queries.listing_proposals(request.user, search=words)[:200])
    by = request.user
    context = {
        "page": page,
        "rows": queries.listing_rows(list(page.object_list)),
        "under_way": queries.listing_rows(under_way),
        "wanted": words,
        "may_manage": accounts.can(by, permissions.MANAGE),
        "may_see_sealed": accounts.can(by, "audit.read"),
        "waiting": len(queries.duties(by)),
        "own": {one.pk for one in page.object_list if _is_own(one, request)},
    }
    return render(request, "credit/listings.html", context)


@login_required
def propose(request: SignedIn) -> HttpResponse:
    """Propose to list an enterprise, beginning from its heavier penalty."""
    accounts.check(request.user, permissions.MANAGE)
    number = request.POST.get("penalty") or request.GET.get("penalty") or ""
    penalty = enforcement.penalty(int(number), request.user) if number.isdecimal() and len(number) < 15 else None
    text = catalogue().laws[queries.grounds().law].on(registry.present_day())
    status = 200
    if request.method == "POST":
        unit = penalty.organisation if penalty else request.user.organisation
        try:
            if unit is None:
                raise NotFoundError("请从本单位的处罚决定提出。", "Begin from a penalty of a unit.")
            made = actions.propose_listing(
                organisation=unit, enterprise=said(request, "enterprise", 18), ground=said(request, "ground", 60),
                facts=said(request, "facts"), penalty=penalty, by=request.user,
            )  # fmt: skip
        except QualicityError as error:
            if error.http_status not in (404, 409, 422):
                raise
            messages.error(request, error.text.in_language(language()))
            status = error.http_status if error.http_status != 404 else 422
        else:
            return redirect("credit:listing", number=made.pk)
    fields = queries.grounds().fields
    context = {
        "penalty": penalty,
        "law": text.title,
        "self_designed": text.certainty == "self_designed",
        "grounds": [(one, fields[one.field]) for one in queries.grounds().of(text.code).grounds],
        "enterprise": penalty.enterprise if penalty else said(request, "enterprise", 18),
        "facts": said(request, "facts"),
    }
    return render(request, "credit/propose_listing.html", context, status=status)


@login_required
def one(request: SignedIn, number: int) -> HttpResponse:
    """Show one proposal or listing while it lasts: what may be done next, requests, objections, who was told."""
    return _page(request, queries.listing(number, request.user))


@login_required
@require_POST
def act(request: SignedIn, number: int, verb: str) -> HttpResponse:
    """Take the next step of a listing."""
    found = queries.listing(number, request.user)
    return _after(request, number, verb, lambda: do(request, found, verb))


@login_required
@require_POST
def act_repair(request: SignedIn, number: int, request_number: int, verb: str) -> HttpResponse:
    """Take the next step of a request to be removed."""
    queries.listing(number, request.user)
    found = queries.repair(request_number, request.user)
    return _after(request, number, f"repair-{verb}", lambda: do_repair(request, found, verb))


@login_required
@require_POST
def act_objection(request: SignedIn, number: int, request_number: int, verb: str) -> HttpResponse:
    """Answer an objection."""
    queries.listing(number, request.user)
    found = queries.objection(request_number, request.user)
    return _after(request, number, f"objection-{verb}", lambda: do_objection(request, found, verb))


@login_required
def paper(request: SignedIn, number: int, code: str, form: str) -> HttpResponse:
    """Give out one paper of a listing; those of one that is over go to readers of the audit trail alone."""
    try:
        found = queries.listing(number, request.user)
    except NotFoundError:
        if not accounts.can(request.user, "audit.read"):
            raise
        sealed_one = queries.sealed(request.user).filter(pk=number).first()
        if sealed_one is None:
            raise
        found = sealed_one
    made = queries.listing_paper(found, code, form)
    return file_answer(made.data, f"{code}-{number}.{form}", made.media_type)


@login_required
def duties(request: SignedIn) -> HttpResponse:
    """Show what one's own unit was told: measures to be reported, measures to be lifted."""
    return render(request, "credit/listing_duties.html", {"duties": queries.duties(request.user)})


@login_required
@require_POST
def answer_duty(request: SignedIn, number: int, verb: str) -> HttpResponse:
    """Say what was done, or that a measure was lifted."""
    found = queries.duty(number, request.user)
    verbs: dict[str, Callable[[], object]] = {
        "report": lambda: actions.report_measure(notified=found, done=said(request, "done"), by=request.user),
        "lift": lambda: actions.confirm_lifted(notified=found, by=request.user),
    }
    if verb not in verbs:
        raise NotFoundError(f"没有操作“{verb}”。", f"There is no “{verb}”.")
    try:
        verbs[verb]()
    except QualicityError as error:
        if error.http_status not in (409, 422):
            raise
        messages.error(request, error.text.in_language(language()))
        context = {"duties": queries.duties(request.user)}
        return render(request, "credit/listing_duties.html", context, status=error.http_status)
    messages.success(request, _("Recorded."))
    return redirect("credit:duties")


@login_required
def sealed(request: SignedIn) -> HttpResponse:
    """Show what is over and sealed, to readers of the audit trail alone."""
    return _sealed(request)


@login_required
@require_POST
def undo(request: SignedIn, number: int) -> HttpResponse:
    """Undo a repair that rested on false papers."""
    found = queries.sealed_repair(number, request.user)
    try:
        made = actions.undo_repair(
            repair=found, number=said(request, "number", 100), reason=said(request, "reason", 500), by=request.user
        )
    except QualicityError as error:
        if error.http_status not in (409, 422):
            raise
        messages.error(request, error.text.in_language(language()))
        return _sealed(request, status=error.http_status)
    messages.success(request, _("Undone: the enterprise is listed anew; another person publishes it."))
    return redirect("credit:listing", number=made.pk)


def _sealed(request: SignedIn, *, status: int = 200) -> HttpResponse:
    words = request.GET.get("q", "").replace("\x00", "")[:100]
    page = Paginator(queries.sealed(request.user, search=words), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": queries.sealed_rows(list(page.object_list)),
        "wanted": words,
        "may_undo": accounts.can(request.user, permissions.DECIDE),
    }
    return render(request, "credit/sealed_listings.html", context, status=status)


def _after(request: SignedIn, number: int, opened: str, work: Callable[[], str]) -> HttpResponse:
    """Do a step and go on to the page as it is then: the listing's own, or the list where it has ended."""
    try:
        done = work()
    except QualicityError as error:
        if error.http_status not in (409, 422):
            raise
        messages.error(request, error.text.in_language(language()))
        return _page(request, queries.listing(number, request.user), status=error.http_status, opened=opened)
    messages.success(request, done)
    try:
        queries.listing(number, request.user)
    except NotFoundError:  # it has ended: nobody sees it any more
        return redirect("credit:listings")
    return redirect("credit:listing", number=number)


def _page(request: SignedIn, found: Listing, *, status: int = 200, opened: str = "") -> HttpResponse:
    by = request.user
    (row,) = queries.listing_rows([found])
    repairs, objections = queries.repairs_of(found), queries.objections_of(found)
    context = {
        "one": found,
        "row": row,
        "steps": sorted(
            repair_steps(found, by) + objection_steps(found, by) + steps_of(found, by),
            key=lambda step: not step.is_main,
        ),
        "looked_at": found.case.version,
        "opened": opened,
        "clocks": [
            (
                each,
                cases.why_words(each),
                cases.remaining_words(each.clock.unit, each.remaining) if each.remaining else None,
            )
            for each in (cases.running(clock) for clock in cases.clocks_of(found.case))
        ],
        "trail": [(each, *cases.move_words(found.case, each)) for each in cases.moves_of(found.case)],
        "attachments": cases.attachments_of(
            found.case, *(each.case for each in repairs), *(each.case for each in objections)
        ),
        "papers": queries.listing_papers(found),
        "repairs": [(each, cases.case_rows([each.case])[0]) for each in repairs],
        "objections": [(each, cases.case_rows([each.case])[0]) for each in objections],
        "told": queries.told_of(found, by),
        "obstacles": queries.obstacles(found, granting=True) if row.is_listed else [],
    }
    return render(request, "credit/listing.html", context, status=status)


def _is_own(one: Listing, request: SignedIn) -> bool:
    by = request.user
    return accounts.sees_all(by, permissions.READ) or one.organisation_id == by.organisation_id


def _table(rows: tuple[queries.ListingRow, ...]) -> pl.DataFrame:
    words = language()
    return pl.DataFrame(
        {
            "uscc": [one.listing.enterprise for one in rows],
            "name": [one.listing.enterprise_name for one in rows],
            "place": [one.listing.place for one in rows],
            "ground": [one.ground.in_language(words) for one in rows],
            "number": [one.listing.number for one in rows],
            "authority": [one.listing.organisation.title(words) for one in rows],
            "listed_on": pl.Series([one.listing.listed_on for one in rows], dtype=pl.Date),
            "published_on": pl.Series([one.listing.published_on for one in rows], dtype=pl.Date),
            "until": pl.Series([one.listing.until for one in rows], dtype=pl.Date),
        }
    )
