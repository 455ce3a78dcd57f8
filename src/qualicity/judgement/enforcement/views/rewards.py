"""Rewards for reports: the list without names, one of them, and the seal that only who pays opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.theme.forms import Ask, Step
from qualicity.errors import NotFoundError
from qualicity.judgement.enforcement import actions, permissions, queries
from qualicity.judgement.enforcement.lifecycle import RewardState
from qualicity.judgement.enforcement.views.answers import PAGE, said, tried

if TYPE_CHECKING:
    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.judgement.enforcement.models import Tip


@login_required
def rewards(request: SignedIn) -> HttpResponse:
    """List the reports and their rewards; nobody is named."""
    page = Paginator(queries.tips(request.user), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": queries.tip_rows(list(page.object_list))}
    return render(request, "enforcement/rewards.html", context)


@login_required
def reward(request: SignedIn, number: str) -> HttpResponse:
    """Show one report and its reward."""
    return _page(request, queries.tip(number, request.user))


@login_required
@require_POST
def act(request: SignedIn, number: str, verb: str) -> HttpResponse:
    """Propose, approve, refuse or pay a reward."""
    found, by = queries.tip(number, request.user), request.user
    verbs = {
        "propose": (
            lambda: actions.propose_reward(tip=found, level=said(request, "level", 10), by=by),
            _("Proposed."),
        ),
        "approve": (
            lambda: actions.approve_reward(tip=found, finance_agreed=said(request, "finance", 200), by=by),
            _("Approved."),
        ),
        "refuse": (lambda: actions.refuse_reward(tip=found, reason=said(request, "reason"), by=by), _("Refused.")),
        "pay": (lambda: actions.pay_reward(tip=found, by=by), _("Paid.")),
    }
    if verb not in verbs:
        raise NotFoundError(f"没有操作“{verb}”。", f"There is no “{verb}”.")
    status = tried(request, *verbs[verb])
    if status == 200:
        return redirect("enforcement:reward", number=number)
    return _page(request, queries.tip(number, by), status=status, opened=verb)


@login_required
@never_cache
@require_POST
def open_seal(request: SignedIn, number: str) -> HttpResponse:
    """Show who reported, once, to who pays; that it was opened is kept."""
    found, by = queries.tip(number, request.user), request.user
    shown: list[str] = []
    status = tried(
        request,
        lambda: shown.append(actions.open_identity(tip=found, reason=said(request, "reason", 500), by=by)),
        _("The seal was opened: by whom and why is kept."),
    )
    return _page(request, queries.tip(number, by), status=status, opened="open", identity="".join(shown))


def _page(request: SignedIn, found: Tip, *, status: int = 200, opened: str = "", identity: str = "") -> HttpResponse:
    (row,) = queries.tip_rows([found])
    context = {"one": found, "row": row, "steps": _steps(request, found), "opened": opened, "identity": identity}
    return render(request, "enforcement/reward.html", context, status=status)


def _steps(request: SignedIn, found: Tip) -> list[Step]:
    by, unit = request.user, found.case.organisation
    acts, decides, pays = (
        accounts.can(by, one, organisation=unit) for one in (permissions.ACT, permissions.DECIDE, permissions.PAY)
    )
    steps = []
    rules = queries.rules_for(found)
    if found.state == RewardState.SEALED and acts and rules is not None:
        levels = [(one.code, one.title) for one in rules.levels]
        steps.append(
            Step(
                "propose", gettext_lazy("Propose a reward"), _address(found, "propose"),
                [Ask("level", gettext_lazy("Level"), "choice", choices=levels)], is_main=True, hint=rules.title,
            )
        )  # fmt: skip
    if found.state == RewardState.PROPOSED and decides and found.proposed_by_id != by.pk:
        asks = [Ask("finance", gettext_lazy("Under which reference finance agreed"), "text")]
        steps.append(
            Step(
                "approve", gettext_lazy("Approve"), _address(found, "approve"), asks if found.needs_finance else [],
                is_main=True,
            )
        )  # fmt: skip
    if found.state in (RewardState.SEALED, RewardState.PROPOSED) and decides:
        steps.append(
            Step("refuse", gettext_lazy("Refuse"), _address(found, "refuse"), [Ask("reason", gettext_lazy("Reason"))])
        )
    if pays and found.state in (RewardState.APPROVED, RewardState.PAID):
        steps.append(
            Step(
                "open", gettext_lazy("Open the seal"), reverse("enforcement:open_seal", args=(found.number,)),
                [Ask("reason", gettext_lazy("Why"))], hint=gettext_lazy("By whom, when and why is kept for ever."),
            )
        )  # fmt: skip
        if found.state == RewardState.APPROVED and found.approved_by_id != by.pk:
            steps.append(Step("pay", gettext_lazy("It is paid"), _address(found, "pay"), is_main=True))
    return steps


def _address(found: Tip, verb: str) -> str:
    return reverse("enforcement:reward_act", args=(found.number, verb))
