"""An enterprise's own view of the list: what it was told, where it speaks, objects, and asks to be removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from qualicity.commons.cases import queries as cases
from qualicity.commons.theme.forms import Ask, Step
from qualicity.commons.theme.queries import language
from qualicity.commons.theme.views import file_answer
from qualicity.errors import NotFoundError, QualicityError
from qualicity.judgement.credit import actions, queries
from qualicity.judgement.credit.views.listing_steps import said, seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.judgement.credit.models import Listing

FILES = Ask("files", gettext_lazy("Files that show it"), "files", required=False)
FACTS = Ask("reason", gettext_lazy("Facts and reasons"))
NO_INTENT = Ask("no_intent", gettext_lazy("There was no intent; the files show it"), "tick", required=False)


@login_required
def mine(request: SignedIn) -> HttpResponse:
    """Show what concerns one's own enterprise; what is over is not shown."""
    rows = queries.listing_rows(list(queries.own_listings(request.user)))
    return render(request, "credit/my_listings.html", {"rows": rows})


@login_required
def one(request: SignedIn, number: int) -> HttpResponse:
    """Show one listing to the enterprise that it concerns."""
    return _page(request, queries.own_listing(number, request.user))


@login_required
@require_POST
def act(request: SignedIn, number: int, verb: str) -> HttpResponse:
    """Take in a statement, an objection, a request to be removed, or its withdrawal."""
    found, by = queries.own_listing(number, request.user), request.user
    reason, files = said(request, "reason"), request.FILES.getlist("files")
    verbs: dict[str, tuple[Callable[[], object], str]] = {
        "state": (
            lambda: actions.state_defence(
                listing=found, text=reason, claims_no_intent=bool(request.POST.get("no_intent")), evidence=files,
                by=by, seen=seen(request),
            ),
            _("Received. It will be weighed before the decision."),
        ),
        "object": (
            lambda: actions.object_to_listing(listing=found, reason=reason, evidence=files, by=by),
            _("Received. Somebody who did not decide the listing answers."),
        ),
        "repair": (
            lambda: actions.ask_repair(listing=found, promise=reason, evidence=files, by=by),
            _("Received. Whether it is complete is decided within days."),
        ),
        "withdraw": (lambda: _withdraw(found, request), _("Withdrawn.")),
    }  # fmt: skip
    if verb not in verbs:
        raise NotFoundError(f"没有操作“{verb}”。", f"There is no “{verb}”.")
    work, words = verbs[verb]
    try:
        work()
    except QualicityError as error:
        if error.http_status not in (409, 422):
            raise
        messages.error(request, error.text.in_language(language()))
        return _page(request, queries.own_listing(number, by), status=error.http_status, opened=verb)
    messages.success(request, words)
    return redirect("credit:my_listing", number=number)


@login_required
def paper(request: SignedIn, number: int, code: str, form: str) -> HttpResponse:
    """Give the enterprise its own paper."""
    made = queries.listing_paper(queries.own_listing(number, request.user), code, form)
    return file_answer(made.data, f"{code}-{number}.{form}", made.media_type)


def _withdraw(found: Listing, request: SignedIn) -> None:
    open_ones = [each for each in queries.repairs_of(found) if each.case.is_open]
    if not open_ones:
        raise NotFoundError("没有正在办理的申请。", "No request is open.")
    actions.withdraw_repair(repair=open_ones[0], by=request.user)


def _page(request: SignedIn, found: Listing, *, status: int = 200, opened: str = "") -> HttpResponse:
    (row,) = queries.listing_rows([found])
    repairs = queries.repairs_of(found)
    objections = queries.objections_of(found)
    obstacles = queries.obstacles(found, granting=False) if row.is_listed else []
    context = {
        "one": found,
        "row": row,
        "steps": _steps(found, request, is_listed=row.is_listed, may_ask=not obstacles),
        "looked_at": found.case.version,
        "opened": opened,
        "obstacles": obstacles,
        "repairs": [(each, cases.case_rows([each.case])[0]) for each in repairs],
        "objections": [(each, cases.case_rows([each.case])[0]) for each in objections],
        "papers": queries.listing_papers(found),
    }
    return render(request, "credit/my_listing.html", context, status=status)


def _steps(found: Listing, request: SignedIn, *, is_listed: bool, may_ask: bool) -> list[Step]:
    def address(verb: str) -> str:
        return reverse("credit:my_listing_act", args=(found.pk, verb))

    steps = [
        Step(
            "state", each.move.title, address("state"),
            (FACTS, NO_INTENT, FILES),
            is_main=True,
        )
        for each in cases.allowed_moves(found.case, request.user)
        if each.move.code == "state"
    ]  # fmt: skip
    if not is_listed:
        return steps
    if any(each.case.is_open for each in queries.repairs_of(found)):
        steps.append(Step("withdraw", gettext_lazy("Withdraw the request"), address("withdraw")))
    elif may_ask:
        steps.append(
            Step(
                "repair", gettext_lazy("Ask to be removed"), address("repair"),
                (
                    Ask("reason", gettext_lazy("Promise to keep good faith, and what was performed and mended")),
                    Ask("files", gettext_lazy("Files that show it"), "files"),
                ),
                is_main=True,
                hint=gettext_lazy("False papers undo a repair: the listing begins anew and bars requests for years."),
            )
        )  # fmt: skip
    if not any(each.case.is_open for each in queries.objections_of(found)):
        steps.append(Step("object", gettext_lazy("Object to the listing"), address("object"), (FACTS, FILES)))
    return steps
