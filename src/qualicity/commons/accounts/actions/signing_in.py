"""What is written when somebody signs in, fails to, or changes how their account is guarded."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from qualicity.commons.accounts import queries
from qualicity.commons.accounts.models import FailedSignIn, Person
from qualicity.commons.audit import actions as audit
from qualicity.commons.audit import queries as trail

FORGET_AFTER = timedelta(days=7)


def count_failure(*, username: str, address: str) -> None:
    """Count a failed sign-in; the one that locks the name out at the address is audited as such."""
    username, address = username.strip().lower()[:150], address[:64]
    with transaction.atomic():
        FailedSignIn.objects.create(username=username, address=address, at=trail.now())
        locked = queries.is_locked(username=username, address=address)
        verb = "sign_in.lock" if locked else "sign_in.fail"
        audit.record(by=None, verb=verb, subject=f"person:{username}"[:200], detail={"address": address})
        FailedSignIn.objects.filter(at__lt=trail.now() - FORGET_AFTER).delete()


@transaction.atomic
def signed_in(*, person: Person, address: str) -> None:
    """Note a sign-in and forget the failures before it."""
    FailedSignIn.objects.filter(username=person.username, address=address[:64]).delete()
    audit.record(by=person, verb="sign_in.ok", subject=f"person:{person.username}", detail={"address": address[:64]})


@transaction.atomic
def second_factor_changed(*, person: Person, kind: str, added: bool) -> None:
    """Note that a person turned a second factor on or off."""
    verb = "second_factor.add" if added else "second_factor.remove"
    audit.record(by=person, verb=verb, subject=f"person:{person.username}", detail={"kind": kind})
