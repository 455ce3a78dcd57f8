"""Joint discipline: which organisations are told of which measure, what they did by when, and that they lifted it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, NotPossibleError
from qualicity.judgement.credit import permissions
from qualicity.judgement.credit.actions.listing import locked
from qualicity.judgement.credit.actions.listing_ends import working_days_after
from qualicity.judgement.credit.models import Listing, Notified
from qualicity.judgement.credit.queries.listing_rules import measures

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qualicity.commons.accounts.models import Person

ACT = "cases.act"


@transaction.atomic
def tell_organisations(
    *, listing: Listing, by: Person, whom: Mapping[str, Iterable[str]] | None = None
) -> tuple[Notified, ...]:
    """Tell organisations of a listing that is public: by default whom the definition of each measure names.

    ``whom`` maps measures to codes of organisations. Who was told already is not told twice.
    """
    fresh = locked(listing)
    accounts.check(by, permissions.MANAGE, organisation=fresh.organisation)
    if fresh.published_on is None:
        raise NotPossibleError("公示后方可告知有关单位。", "Organisations are told once the listing is public.")
    known = measures()
    chosen = {one.code: one.organisations for one in known.measures} if whom is None else whom
    units = {one.code: one for one in accounts.organisations()}
    told = set(fresh.notified.values_list("measure", "organisation__code"))
    today = registry.present_day()
    made = []
    for code, codes in chosen.items():
        try:
            measure = known.measure(code)
        except KeyError:
            raise InputError(f"没有管理措施“{code}”。", f"There is no measure “{code}”.") from None
        for unit in codes:
            if unit not in units:
                if whom is None:
                    continue
                accounts.organisation(unit)  # raises, and names the nearest
            if (code, unit) not in told:
                made.append(
                    Notified(
                        listing=fresh, measure=code, organisation=units[unit], told_on=today, told_by=by,
                        due_on=working_days_after(today, measure.days),
                    )
                )  # fmt: skip
    Notified.objects.bulk_create(made)
    if made:
        _log(fresh, "tell", by, count=len(made), whom=sorted({one.organisation.code for one in made}))
    return tuple(made)


@transaction.atomic
def report_measure(*, notified: Notified, done: str, by: Person) -> Notified:
    """Say what an organisation did, for that organisation."""
    fresh = _locked(notified)
    accounts.check(by, ACT, organisation=fresh.organisation)
    locked(fresh.listing)  # what is over is not reported on any more
    if not done.strip():
        raise InputError("请写明采取的措施。", "Say what was done.")
    fresh.done, fresh.done_on, fresh.done_by = done.strip(), registry.present_day(), by
    fresh.save(update_fields=["done", "done_on", "done_by"])
    _log(fresh.listing, "report_measure", by, measure=fresh.measure, organisation=fresh.organisation.code)
    return fresh


@transaction.atomic
def confirm_lifted(*, notified: Notified, by: Person) -> Notified:
    """Confirm that a measure was lifted after the end of its listing, for the organisation that had taken it."""
    fresh = _locked(notified)
    accounts.check(by, ACT, organisation=fresh.organisation)
    if fresh.lift_due is None:
        raise NotPossibleError("该企业仍在名单中，措施不解除。", "The enterprise is still listed: the measure stays.")
    if fresh.lifted_on is not None:
        raise NotPossibleError("已确认解除。", "It is lifted already.")
    fresh.lifted_on, fresh.lifted_by = registry.present_day(), by
    fresh.save(update_fields=["lifted_on", "lifted_by"])
    _log(fresh.listing, "confirm_lifted", by, measure=fresh.measure, organisation=fresh.organisation.code)
    return fresh


def _locked(notified: Notified) -> Notified:
    return (
        Notified.objects.select_for_update(of=("self",)).select_related("organisation", "listing").get(pk=notified.pk)
    )


def _log(listing: Listing, verb: str, by: Person, **detail: object) -> None:
    audit.record(by=by, verb=f"credit.{verb}", subject=f"listing:{listing.pk}", detail=detail)
