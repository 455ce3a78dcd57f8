"""The spread of classes, looking enterprises up, one file with every point explained, and one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.theme.queries import language
from qualicity.commons.theme.views import TABLE_TYPES, table_answer
from qualicity.errors import NotFoundError
from qualicity.judgement.credit import actions, permissions, queries
from qualicity.judgement.credit.lifecycle import DisputeState
from qualicity.judgement.credit.queries.looking_up import Wanted, look_up
from qualicity.judgement.credit.views.standing import industries, page_of, places, plain_rows

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.judgement.credit.queries import CreditFile

MOST_DOWNLOADED = 100_000


@login_required
def home(request: SignedIn) -> HttpResponse:
    """Show how enterprises are spread over classes; one may be looked up."""
    accounts.check(request.user, permissions.READ)
    scheme, weighting = queries.scheme()
    run = queries.latest()
    own = permissions.own_place(request.user)
    context: dict[str, Any] = {
        "scheme": scheme, "weighting": weighting, "run": run, "own": own,
        "is_due": queries.is_due(run), "names": places(), "sections": industries(),
        "may_score": accounts.sees_all(request.user, permissions.MANAGE),
        "may_file": accounts.can(request.user, permissions.MANAGE),
        "may_simulate": accounts.sees_all(request.user, permissions.READ),
        "waiting": queries.disputes(by=request.user, state=DisputeState.OPEN).count(),
    }  # fmt: skip
    if run is not None:
        found = queries.spread(run)
        mine = found.places.get(own, {}) if own else found.classes
        total = sum(mine.values())
        context |= {
            "spread": found, "total": total,
            "classes": [
                (one, mine.get(one.code, 0), 100 * mine.get(one.code, 0) / total if total else 0.0)
                for one in scheme.classes
            ],
            "grades": [] if own else list(found.grades.items()),
            "by_place": [] if own else _rows(found.places, scheme.classes),
            "by_industry": [] if own else _rows(found.industries, scheme.classes),
        }  # fmt: skip
    return render(request, "credit/home.html", context)


def _rows(groups: Any, classes: Any) -> list[tuple[str, int, list[int]]]:
    found = [(code, sum(row.values()), [row.get(one.code, 0) for one in classes]) for code, row in groups.items()]
    return sorted(found, key=lambda one: one[1], reverse=True)


@login_required
def enterprises(request: SignedIn) -> HttpResponse:
    """List enterprises by words, class, place and industry; downloads as CSV or Excel."""
    given = request.GET
    wanted = Wanted(
        words=given.get("q", "")[:100], credit_class=given.get("class", ""), place=given.get("where", ""),
        industry=given.get("industry", ""), order=given.get("order", "code"),
    )  # fmt: skip
    found = look_up(wanted, by=request.user)
    if (form := given.get("format", "")) in TABLE_TYPES:
        rows = plain_rows(found[:MOST_DOWNLOADED])
        return table_answer(pl.DataFrame(rows, infer_schema_length=None), "enterprises", form)
    context = {
        "page": page_of(request, found), "wanted": wanted, "names": places(), "sections": industries(),
        "scheme": queries.scheme()[0], "run": found.run, "own": permissions.own_place(request.user),
    }  # fmt: skip
    return render(request, "credit/_enterprises.html" if request.htmx else "credit/enterprises.html", context)


@login_required
def file(request: SignedIn, uscc: str) -> HttpResponse:
    """Show one enterprise's file; its events download as CSV or Excel."""
    found = queries.file(uscc, by=request.user)
    if (form := request.GET.get("format", "")) in TABLE_TYPES:
        return table_answer(_events(found), f"credit-{found.enterprise.uscc}", form)
    return render(request, "credit/file.html", _context(request, found))


@login_required
def mine(request: SignedIn) -> HttpResponse:
    """Show the file of the enterprise that somebody speaks for."""
    accounts.check(request.user, permissions.OBJECT)
    if not request.user.enterprise:
        raise NotFoundError("您的账户没有关联企业。", "Your account speaks for no enterprise.")
    found = queries.file(request.user.enterprise, by=request.user)
    if (form := request.GET.get("format", "")) in TABLE_TYPES:
        return table_answer(_events(found), f"credit-{found.enterprise.uscc}", form)
    return render(request, "credit/file.html", _context(request, found) | {"is_mine": True})


@login_required
def dispute(request: SignedIn, uscc: str) -> HttpResponse:
    """Say that an event is wrong: the event, what it gives, and why it is disputed."""
    found = queries.file(uscc, by=request.user)
    given = request.POST if request.method == "POST" else request.GET
    source, number = given.get("source", ""), given.get("number", "")
    event = next((one for one in found.events if (one.source.code, one.number) == (source, number)), None)
    if event is None:
        raise NotFoundError(f"档案中没有事项“{number}”。", f"The file holds no event “{number}”.")
    if request.method == "POST":
        made = actions.dispute(
            uscc=found.enterprise.uscc, source=source, number=number, reason=request.POST.get("reason", ""),
            by=request.user,
        )  # fmt: skip
        messages.success(request, _("Your dispute is filed; somebody else checks it and answers."))
        return redirect("credit:dispute_case", made.pk)
    if not _may_dispute(request, found):
        permissions.check_manage_file(request.user, found.enterprise)
    points = [part for family in found.families for part in family.parts if part.event == event]
    context = {"file": found, "event": event, "points": points, "is_mine": _is_mine(request, found)}
    return render(request, "credit/dispute.html", context)


@login_required
def disputes(request: SignedIn) -> HttpResponse:
    """List what is disputed and the log of what was corrected."""
    state = request.GET.get("state", "")
    found = queries.disputes(by=request.user, state=state if state in set(DisputeState) else "")
    rows = list(found[:500])
    if (form := request.GET.get("format", "")) in TABLE_TYPES:
        table = [
            {"dispute": one.pk, "uscc": one.uscc, "source": one.source, "number": one.number, "reason": one.reason,
             "state": one.state, "filed": one.filed_at.date(), "answer": one.answer}
            for one in rows
        ]  # fmt: skip
        return table_answer(pl.DataFrame(table, infer_schema_length=None), "disputes", form)
    return render(request, "credit/disputes.html", {"rows": rows, "state": state, "scheme": queries.scheme()[0]})


@login_required
def dispute_case(request: SignedIn, number: int) -> HttpResponse:
    """Show one dispute, and let it be decided or taken back."""
    found = queries.dispute(number, by=request.user)
    enterprise = queries.enterprise_seen(found.uscc, by=request.user)
    is_open = found.state == DisputeState.OPEN
    context = {
        "dispute": found, "enterprise": enterprise, "source": queries.scheme()[0].event(found.source),
        "is_mine": permissions.speaks_for(request.user, found.uscc),
        "may_decide": is_open
        and permissions.can_manage_file(request.user, enterprise, permissions.DECIDE)
        and request.user.pk != found.filed_by_id,
        "may_withdraw": is_open and request.user.pk == found.filed_by_id,
    }  # fmt: skip
    return render(request, "credit/dispute_case.html", context)


@login_required
@require_POST
def dispute_move(request: SignedIn, number: int, verb: str) -> HttpResponse:
    """Decide a dispute or take it back."""
    found = queries.dispute(number, by=request.user)
    answer = request.POST.get("answer", "")
    if verb in ("uphold", "reject"):
        actions.decide(dispute=found, upheld=verb == "uphold", answer=answer, by=request.user)
    elif verb == "withdraw":
        actions.withdraw(dispute=found, reason=answer, by=request.user)
    else:
        raise NotFoundError(f"没有“{verb}”这一步。", f"There is no step “{verb}”.")
    messages.success(request, _("It is recorded."))
    return redirect("credit:dispute_case", number)


@login_required
@require_POST
def score(request: SignedIn) -> HttpResponse:
    """Score every enterprise now, where something is newer than the last run."""
    run = actions.score_if_due(by=request.user) or queries.latest()
    if run is not None:
        messages.success(request, _("%(count)s enterprises are scored.") % {"count": run.enterprises})
    return redirect(reverse("credit:home"))


def _context(request: SignedIn, found: CreditFile) -> dict[str, Any]:
    changes = [(one, one.run.as_of) for one in found.changes]
    return {
        "file": found, "names": places(), "sections": industries(), "history": changes,
        "is_mine": _is_mine(request, found), "may_dispute": _may_dispute(request, found),
        "may_follow": accounts.can(request.user, "submissions.read"),
        "steps": [one for one in found.scheme.grades.rises if one.to == found.grade],
    }  # fmt: skip


def _is_mine(request: SignedIn, found: CreditFile) -> bool:
    return permissions.speaks_for(request.user, found.enterprise.uscc)


def _may_dispute(request: SignedIn, found: CreditFile) -> bool:
    return _is_mine(request, found) or permissions.can_manage_file(request.user, found.enterprise)


def _events(found: CreditFile) -> pl.DataFrame:
    points = {
        (part.event.source.code, part.event.number): part
        for family in found.families for part in family.parts if part.event is not None
    }  # fmt: skip
    rows = [
        {
            "event": one.source.title.in_language(language()), "number": one.number, "day": one.day,
            "until": one.until, "about": one.about, "issuer": one.issuer, "document": one.document,
            "points": points[key].points if (key := (one.source.code, one.number)) in points else None,
            "wrong": one.is_wrong,
        }
        for one in found.events
    ]  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)
