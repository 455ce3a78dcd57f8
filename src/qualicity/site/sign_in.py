"""How people sign in: with a user name, made by the office; nobody signs up, and nobody needs e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError

from qualicity.commons.accounts import actions, queries
from qualicity.commons.theme.queries import language
from qualicity.errors import NotPossibleError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from qualicity.commons.accounts.models import Person


class Adapter(DefaultAccountAdapter):
    """The house's rules of signing in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody makes an account for themselves."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse while the name is locked out at this address."""
        super().pre_authenticate(request, **credentials)
        try:
            queries.check_not_locked(
                username=str(credentials.get("username", "")), address=self.get_client_ip(request)
            )
        except NotPossibleError as error:
            raise ValidationError(error.text.in_language(language())) from error

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count and audit a failure."""
        super().authentication_failed(request, **credentials)
        actions.count_failure(username=str(credentials.get("username", "")), address=self.get_client_ip(request))

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Audit a sign-in and forget the failures before it."""
        actions.signed_in(person=user, address=self.get_client_ip(request))
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer

    def set_password(self, user: Person, password: str) -> None:
        """Audit that a person chose a password of their own."""
        super().set_password(user, password)
        actions.password_changed(person=user)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: people have no e-mail address here; the audit trail has it."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """One-time passwords are named after the user name: there is no e-mail address to name them after."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: people have no e-mail address here; the audit trail has it."""

    def get_totp_label(self, user: Person) -> str:
        """Return what the authenticator shows beside the code."""
        return user.get_username()
