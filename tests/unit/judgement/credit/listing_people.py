"""People and one heavy penalty, for the tests of the list of the seriously dishonest."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from qualicity.commons.accounts import actions as accounts
from qualicity.commons.accounts import queries as people
from qualicity.commons.registry import actions as registry
from qualicity.judgement.credit import actions
from qualicity.judgement.enforcement import actions as enforcement
from qualicity.judgement.enforcement.actions import PastPenalty, Verdict
from qualicity.judgement.enforcement.models import Penalty

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualicity.commons.accounts.models import Person
    from qualicity.judgement.credit.models import Listing

FIRM, OTHER = "91410122000000190J", "91410181000000270L"
ACTORS = {
    "officer": ("county", "zhongmu"),
    "officer2": ("county", "zhongmu"),
    "reviewer": ("reviewer", "zhongmu"),
    "director": ("director", "zhongmu"),
    "neighbour": ("county", "gongyi"),
    "office": ("office", "quality-supervision"),
    "leader": ("leader", None),
    "auditor": ("auditor", None),
    "finance": ("reporter", "finance"),
}


def gather(make_person: Callable[..., Person]) -> dict[str, Person]:
    """Make the people of two counties, the office, another department and two enterprises."""
    every = {name: make_person(role, unit, name) for name, (role, unit) in ACTORS.items()}
    for name, code in (("firm", FIRM), ("rival", OTHER)):
        registry.register_enterprise(uscc=code, name=f"模拟企业{code[-4:]}", place="410122", by=people.operator())
        every[name], _password = accounts.create_person(
            username=name, name=name, organisation=None, roles=["enterprise"], by=people.operator(), enterprise=code
        )
    return every


def heavy(
    number: str = "1号", *, decided_on: date = date(2014, 3, 3), severe: bool = True, uscc: str = FIRM
) -> Penalty:
    """Return a penalty of the enterprise, one of the heavier unless said otherwise."""
    past = PastPenalty(
        verdict=Verdict(number=number, kinds=("fine",), violation="掺杂掺假", fine_fen=9_000_000, severe=severe),
        organisation=people.organisation("zhongmu"), enterprise=uscc, party_name="模拟企业", place="410122",
        sector="products", decided_on=decided_on,
    )  # fmt: skip
    enforcement.take_over(penalties=[past], by=people.operator())
    return Penalty.objects.get(number=number)


def paper(name: str = "材料.txt") -> SimpleUploadedFile:
    """Return a file that shows something."""
    return SimpleUploadedFile(name, name.encode(), content_type="text/plain")


def proposed(every: dict[str, Person], **given: Any) -> Listing:
    """Return a proposal on the ground of adulteration."""
    words = {"ground": "adulterated", "penalty": None if "penalty" in given else heavy()} | given
    return actions.propose_listing(
        organisation="zhongmu", enterprise=FIRM, facts="以不合格产品冒充合格产品", by=every["officer"], **words
    )


def heard(every: dict[str, Person], **given: Any) -> Listing:
    """Return one whose enterprise was told and has spoken."""
    listing = actions.notify_party(listing=proposed(every, **given), by=every["officer"])
    return actions.state_defence(listing=listing, text="已整改", by=every["firm"])


def listed(every: dict[str, Person], *, number: str = "中质失信〔2014〕1号", **given: Any) -> Listing:
    """Return one on the list and public."""
    listing = actions.ask_consent(listing=heard(every, **given), by=every["officer"])
    listing = actions.give_consent(listing=listing, by=every["office"])
    listing = actions.decide_listing(listing=listing, number=number, by=every["director"])
    return actions.publish_listing(listing=listing, by=every["officer"])
