"""The only signals that are received here: those of libraries, turned into audit records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa import signals
from django.dispatch import receiver

from qualicity.commons.accounts import actions

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator

    from qualicity.commons.accounts.models import Person


@receiver(signals.authenticator_added)
def second_factor_added(*, user: Person, authenticator: Authenticator, **_: Any) -> None:
    """Audit that a second factor was turned on."""
    actions.second_factor_changed(person=user, kind=authenticator.type, added=True)


@receiver(signals.authenticator_removed)
def second_factor_removed(*, user: Person, authenticator: Authenticator, **_: Any) -> None:
    """Audit that a second factor was turned off."""
    actions.second_factor_changed(person=user, kind=authenticator.type, added=False)
