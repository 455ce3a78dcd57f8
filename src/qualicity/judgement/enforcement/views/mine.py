"""An enterprise's own pages: what it is told of, where it speaks, and its penalties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from qualicity.commons.cases import queries as cases
from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.forms import Ask, Step
from qualicity.commons.theme.views import file_answer
from qualicity.errors import NotFoundError
from qualicity.judgement.enforcement import actions, queries
from qualicity.judgement.enforcement.views.answers import said, seen, tried

if TYPE_CHECKING:
    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.judgement.enforcement.models import Investigation

SPEAKS = ("state", "ask_hearing")


@login_required
def mine(request: SignedIn) -> HttpResponse:
    """Show what concerns one's own enterprise."""
    found = list(queries.own_cases(request.user))
    penalties = list(queries.own_penalties(request.user)[:100])
    context = {
        "cases": queries.investigation_rows(found),
        "penalties": queries.penalty_rows(penalties, today=registry.present_day()),
    }
    return render(request, "enforcement/mine.html", context)


@login_required
def case(request: SignedIn, number: int) -> HttpResponse:
    """Show one case to its party: what is intended, until when it may speak."""
    return _page(request, queries.own_case(number, request.user))


@login_required
@require_POST
def speak(request: SignedIn, number: int, code: str) -> HttpResponse:
    """Take in a statement, or the wish for a hearing."""
    about = queries.own_case(number, request.user)
    if code not in SPEAKS:
        raise NotFoundError(f"没有操作“{code}”。", f"There is no “{code}”.")
    status = tried(
        request,
        lambda: actions.move_case(
            case=about.case, move=code, by=request.user, reason=said(request, "reason"),
            evidence=request.FILES.getlist("files"), seen=seen(request),
        ),
        _("Received. It will be weighed before the decision."),
    )  # fmt: skip
    if status == 200:
        return redirect("enforcement:my_case", number=number)
    return _page(request, queries.own_case(number, request.user), status=status, opened=code)


@login_required
def paper(request: SignedIn, number: int, code: str, form: str) -> HttpResponse:
    """Give the party its own paper."""
    about = queries.own_case(number, request.user)
    if code not in ("notify", "decide"):
        raise NotFoundError("还没有这份文书。", "There is no such paper yet.")
    made = queries.paper(about, code, form)
    return file_answer(made.data, f"{code}-{number}.{form}", made.media_type)


def _page(request: SignedIn, about: Investigation, *, status: int = 200, opened: str = "") -> HttpResponse:
    one = about.case
    steps = [
        Step(
            each.move.code, each.move.title, reverse("enforcement:speak", args=(one.pk, each.move.code)),
            [
                Ask("reason", gettext_lazy("Facts and reasons")),
                Ask("files", gettext_lazy("Files that show it"), "files", required=False),
            ],
            is_main=each.move.is_main,
        )
        for each in cases.allowed_moves(one, request.user)
        if each.move.code in SPEAKS
    ]  # fmt: skip
    moves = {each.code: each for each in cases.moves_of(one)}
    notice = moves.get("notify")
    context = {
        "about": about,
        "row": queries.investigation_rows([about])[0],
        "steps": steps,
        "looked_at": one.version,
        "opened": opened,
        "notice": notice,
        "papers": [code for code in ("notify", "decide") if code in moves],
    }
    return render(request, "enforcement/my_case.html", context, status=status)
