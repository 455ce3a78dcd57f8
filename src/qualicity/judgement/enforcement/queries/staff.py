"""Cases of enforcement and penalties as the house sees them: each unit its own, the office all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import queries as cases
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import Text
from qualicity.judgement.enforcement import permissions
from qualicity.judgement.enforcement.lifecycle import WORDS, Origin, Publicity
from qualicity.judgement.enforcement.models import Investigation, Penalty
from qualicity.judgement.enforcement.queries.public import kind_words, level_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Person
    from qualicity.commons.cases.queries import CaseRow

LARGEST = 2**53


@dataclass(frozen=True, slots=True)
class InvestigationRow:
    """One case of enforcement as a list shows it."""

    case: CaseRow
    party: str
    origin: Text
    sector: Text
    penalty: Penalty | None


@dataclass(frozen=True, slots=True)
class PenaltyRow:
    """One penalty as a list or its page shows it, with its words."""

    penalty: Penalty
    kinds: tuple[Text, ...]
    level: Text
    state: Text
    sector: Text
    is_late: bool
    """Whether it should have been published by now."""


def investigations(
    by: Person, *, state: str = "", search: str = "", campaign: str = "", open_only: bool = False
) -> QuerySet[Investigation]:
    """Return the cases of enforcement that a person may see, the latest first."""
    accounts.check(by, permissions.READ)
    found = Investigation.objects.select_related("case", "case__organisation", "campaign")
    if not accounts.sees_all(by, permissions.READ):
        found = found.filter(case__organisation=by.organisation_id)
    if state:
        found = found.filter(case__state=state)
    if open_only:
        found = found.filter(case__is_open=True)
    if campaign:
        found = found.filter(campaign__code=campaign)
    if search:
        found = found.filter(Q(party_name__icontains=search) | Q(case__enterprise=search.strip().upper()))
    return found


def investigation(number: int, by: Person) -> Investigation:
    """Return one case of enforcement by the number of its case; the same answer for none and for not theirs."""
    found = investigations(by).filter(case=number).first() if 0 < number < LARGEST else None
    if found is None:
        raise permissions.not_there(f"案件 {number}")
    return found


def investigation_rows(found: Sequence[Investigation]) -> tuple[InvestigationRow, ...]:
    """Return cases of enforcement as lists show them, with their deadlines and penalties, in three queries."""
    shown = {row.case.pk: row for row in cases.case_rows(one.case for one in found)}
    decided = {one.case_id: one for one in Penalty.objects.filter(case__in=list(shown)).order_by("pk")}
    return tuple(
        InvestigationRow(
            case=shown[one.case_id],
            party=one.party_name,
            origin=WORDS[Origin(one.origin)],
            sector=sector_words(one.sector),
            penalty=decided.get(one.case_id),
        )
        for one in found
    )


def penalty_list(
    by: Person, *, state: str = "", search: str = "", sector: str = "", campaign: str = ""
) -> QuerySet[Penalty]:
    """Return the penalties that a person may see as staff, the latest first."""
    accounts.check(by, permissions.READ)
    found = Penalty.objects.select_related("organisation", "case", "campaign", "decided_by", "published_by")
    if not accounts.sees_all(by, permissions.READ):
        found = found.filter(organisation=by.organisation_id)
    if state:
        found = found.filter(state=state)
    if sector:
        found = found.filter(sector=sector)
    if campaign:
        found = found.filter(campaign__code=campaign)
    if search:
        words = search.strip()
        found = found.filter(
            Q(party_name__icontains=words) | Q(number__icontains=words) | Q(enterprise=words.upper())
        )
    return found


def penalty(number: int, by: Person) -> Penalty:
    """Return one penalty; the same answer for none and for one of another unit."""
    found = penalty_list(by).filter(pk=number).first() if 0 < number < LARGEST else None
    if found is None:
        raise permissions.not_there(f"处罚 {number}")
    return found


def penalty_rows(found: Sequence[Penalty], *, today: date) -> tuple[PenaltyRow, ...]:
    """Return penalties with their words."""
    return tuple(
        PenaltyRow(
            penalty=one,
            kinds=kind_words(one.kinds),
            level=level_words(one.law_text, one.level),
            state=WORDS[Publicity(one.state)],
            sector=sector_words(one.sector),
            is_late=one.state == Publicity.DUE and one.publish_due is not None and one.publish_due < today,
        )
        for one in found
    )


def own_cases(by: Person) -> QuerySet[Investigation]:
    """Return the open cases about a person's own enterprise, once it has been told of them."""
    accounts.check(by, permissions.OBJECT)
    told = ("noticed", "hearing", "heard", "decided", "delivered")
    return Investigation.objects.filter(
        case__enterprise=by.enterprise or "-", case__is_open=True, case__state__in=told
    ).select_related("case", "case__organisation")


def own_case(number: int, by: Person) -> Investigation:
    """Return one open case about a person's own enterprise."""
    found = own_cases(by).filter(case=number).first() if 0 < number < LARGEST else None
    if found is None:
        raise permissions.not_there(f"案件 {number}")
    return found


def own_penalties(by: Person) -> QuerySet[Penalty]:
    """Return the penalties of a person's own enterprise, the latest first."""
    accounts.check(by, permissions.OBJECT)
    return Penalty.objects.filter(enterprise=by.enterprise or "-").select_related("organisation")


def sector_words(code: str) -> Text:
    """Return what a field is called."""
    known = catalogue().enforcement
    found = next((one for one in known.sectors if one.code == code), None) if known else None
    return found.title.text if found else Text(code, code)
