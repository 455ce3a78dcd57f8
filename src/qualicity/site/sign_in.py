"""How people sign in: with a user name, made by the office; nobody signs up, and nobody needs e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter

from qualicity.commons.accounts import actions, queries

if TYPE_CHECKING:
    from django.http import HttpRequest

    from qualicity.commons.accounts.models import Person


class Adapter(DefaultAccountAdapter):
    """The house's rules of signing in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody makes an account for themselves."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse while the name is locked out at this address."""
        super().pre_authenticate(request, **credentials)
        queries.check_not_locked(
            username=str(credentials.get("username", "")), address=self.get_client_ip(request)
        )

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count and audit a failure."""
        super().authentication_failed(request, **credentials)
        actions.count_failure(username=str(credentials.get("username", "")), address=self.get_client_ip(request))


class SecondFactorAdapter(DefaultMFAAdapter):
    """One-time passwords are named after the user name: there is no e-mail address to name them after."""

    def _get_site_name(self) -> str:
        return "Qualicity 质城"

    def get_totp_label(self, user: Person) -> str:
        """Return what the authenticator shows beside the code."""
        return user.get_username()
