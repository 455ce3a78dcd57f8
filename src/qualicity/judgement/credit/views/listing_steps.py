"""What may be done next with a listing, a request to be removed and an objection, shown and done alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import queries as cases
from qualicity.commons.theme.forms import Ask, Step
from qualicity.errors import NotFoundError
from qualicity.judgement.credit import actions, permissions, queries

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from qualicity.commons.accounts.models import Person
    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.judgement.credit.models import Listing, ListingObjection, ListingRepair

REASON = Ask("reason", gettext_lazy("Reason"))
OPTIONAL_FILES = Ask("files", gettext_lazy("Files that show it"), "files", required=False)
ASKS: dict[str, tuple[Ask, ...]] = {
    "state": (
        Ask("reason", gettext_lazy("What the enterprise says")),
        Ask("no_intent", gettext_lazy("It claims that there was no intent, with evidence"), "tick", required=False),
        OPTIONAL_FILES,
    ),
    "refuse_consent": (REASON,),
    "list": (
        Ask("number", gettext_lazy("Number of the decision"), "text"),
        Ask("on_intent", gettext_lazy("Where no intent is claimed: why it is not proven"), required=False),
    ),
    "not_list": (
        REASON,
        Ask("no_intent", gettext_lazy("It is shown that there was no intent"), "tick", required=False),
    ),
    "revoke": (REASON,),
}
"""What each step of a listing asks for; one that is not here asks for nothing."""

HIDDEN = ("expire", "remove", "lapse")
"""Moves that follow from the day, from a request, or from the end of the listing, and are nobody's to press."""
PARTYS = "withdraw"
"""What only the enterprise does, on its own page."""


def said(request: HttpRequest, name: str, most: int = 4000) -> str:
    """Return words of a form."""
    return request.POST.get(name, "").replace("\x00", "").strip()[:most]


def seen(request: HttpRequest) -> int | None:
    """Return the version that the person was looking at."""
    text = said(request, "seen", 9)
    return int(text) if text.isascii() and text.isdecimal() else None


def steps_of(found: Listing, by: Person) -> list[Step]:
    """Return what a person may do now with a listing."""
    needs = queries.grounds().of(found.law_text).needs_consent
    steps = [
        Step(
            each.move.code, each.move.title, reverse("credit:listing_act", args=(found.pk, each.move.code)),
            ASKS.get(each.move.code, ()), is_main=each.move.is_main, hint=each.move.note or "",
        )
        for each in cases.allowed_moves(found.case, by)
        if each.move.code not in HIDDEN and not (each.move.code == "list" and needs and found.case.state == "heard")
    ]  # fmt: skip
    if (
        found.published_on is not None
        and accounts.can(by, permissions.MANAGE, organisation=found.organisation)
        and queries.is_somebody_untold(found)
    ):
        steps.append(
            Step(
                "tell", gettext_lazy("Tell the organisations of each measure"),
                reverse("credit:listing_act", args=(found.pk, "tell")), is_main=True,
                hint=gettext_lazy("Whom the definition names and who was not told yet."),
            )
        )  # fmt: skip
    return steps


def repair_steps(found: Listing, by: Person) -> list[Step]:
    """Return what a person may do now with the request to be removed that is open."""
    asks: dict[str, tuple[Ask, ...]] = {
        "refuse": (REASON,), "deny": (REASON,),
        "grant": (Ask("reason", gettext_lazy("How it was verified, and what was found")),),
    }  # fmt: skip
    return [
        Step(
            f"repair-{each.move.code}", each.move.title,
            reverse("credit:listing_repair", args=(found.pk, one.pk, each.move.code)),
            asks.get(each.move.code, ()), is_main=each.move.is_main,
        )
        for one in queries.repairs_of(found)
        if one.case.is_open
        for each in cases.allowed_moves(one.case, by)
        if each.move.code not in (*HIDDEN, PARTYS)
    ]  # fmt: skip


def objection_steps(found: Listing, by: Person) -> list[Step]:
    """Return what a person may do now with the objection that is open; who decided the listing does nothing."""
    if found.decided_by_id == by.pk and not by.is_operator:
        return []
    return [
        Step(
            f"objection-{each.move.code}", each.move.title,
            reverse("credit:listing_objection", args=(found.pk, one.pk, each.move.code)),
            (Ask("reason", gettext_lazy("Answer")),),
        )
        for one in queries.objections_of(found)
        if one.case.is_open
        for each in cases.allowed_moves(one.case, by)
        if each.move.code not in (*HIDDEN, PARTYS)
    ]  # fmt: skip


def do(request: SignedIn, found: Listing, verb: str) -> str:
    """Take a step of a listing; return what to say of it."""
    by, version = request.user, seen(request)
    reason, files = said(request, "reason"), request.FILES.getlist("files")
    no_intent = bool(request.POST.get("no_intent"))
    verbs: dict[str, tuple[Callable[[], object], str]] = {
        "notify": (lambda: actions.notify_party(listing=found, by=by, seen=version), _("The notice is given.")),
        "state": (
            lambda: actions.state_defence(
                listing=found, text=reason, claims_no_intent=no_intent, evidence=files, by=by, seen=version
            ),
            _("What the enterprise says is recorded."),
        ),
        "waive": (lambda: actions.note_silence(listing=found, by=by, seen=version), _("Recorded.")),
        "ask_consent": (lambda: actions.ask_consent(listing=found, by=by, seen=version), _("It waits for consent.")),
        "consent": (lambda: actions.give_consent(listing=found, by=by, seen=version), _("Consent is given.")),
        "refuse_consent": (
            lambda: actions.refuse_consent(listing=found, reason=reason, by=by, seen=version),
            _("Consent is refused: the enterprise is not listed."),
        ),
        "list": (
            lambda: actions.decide_listing(
                listing=found, number=said(request, "number", 100), on_intent=said(request, "on_intent"), by=by,
                seen=version,
            ),
            _("The enterprise is listed. Another person publishes it."),
        ),
        "not_list": (
            lambda: actions.drop_listing(listing=found, reason=reason, no_intent=no_intent, by=by, seen=version),
            _("The enterprise is not listed."),
        ),
        "publish": (lambda: actions.publish_listing(listing=found, by=by, seen=version), _("Published.")),
        "revoke": (
            lambda: actions.revoke_listing(listing=found, reason=reason, by=by),
            _("The listing is annulled; nobody sees it any more."),
        ),
        "tell": (lambda: actions.tell_organisations(listing=found, by=by), _("The organisations are told.")),
    }  # fmt: skip
    return _do(verbs, verb)


def do_repair(request: SignedIn, found: ListingRepair, verb: str) -> str:
    """Take a step of a request to be removed; return what to say of it."""
    by, reason = request.user, said(request, "reason")
    verbs: dict[str, tuple[Callable[[], object], str]] = {
        "accept": (lambda: actions.accept_repair(repair=found, by=by), _("Accepted.")),
        "refuse": (lambda: actions.refuse_repair(repair=found, reason=reason, by=by), _("Not accepted.")),
        "grant": (lambda: actions.grant_repair(repair=found, verified=reason, by=by), _("Granted.")),
        "deny": (lambda: actions.deny_repair(repair=found, reason=reason, by=by), _("Denied.")),
        "process": (
            lambda: actions.process_repair(repair=found, by=by),
            _("The enterprise is removed; nobody sees the listing any more."),
        ),
    }
    return _do(verbs, verb)


def do_objection(request: SignedIn, found: ListingObjection, verb: str) -> str:
    """Answer an objection; return what to say of it."""
    by, reason = request.user, said(request, "reason")

    def answer(*, holds: bool) -> Callable[[], object]:
        return lambda: actions.answer_objection(objection=found, holds=holds, answer=reason, by=by)

    words = _("Answered.")
    return _do({"uphold": (answer(holds=True), words), "reject": (answer(holds=False), words)}, verb)


def _do(verbs: dict[str, tuple[Callable[[], object], str]], verb: str) -> str:
    if verb not in verbs:
        raise NotFoundError(f"没有操作“{verb}”。", f"There is no “{verb}”.")
    work, words = verbs[verb]
    work()
    return words
