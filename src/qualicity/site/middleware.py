"""What happens around every request: the language is chosen, and our own errors become pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import QualicityError
from qualicity.site import views
from qualicity.site.menu import MENU

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    Handler = Callable[[HttpRequest], HttpResponse]


def language_of_address(path: str) -> str:
    """Return the language that a public address is read in; nothing for others."""
    if path.startswith("/public/en/"):
        return "en"
    return settings.LANGUAGE_CODE if path.startswith(("/public/", "/open/")) else ""


class LanguageMiddleware:
    """Chinese first: the cookie decides, then the person's own choice, never the browser's list."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language chosen."""
        own = getattr(request.user, "language", "")
        cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        chosen: str = language_of_address(request.path) or cookie or own
        if chosen not in dict(settings.LANGUAGES):
            chosen = settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = chosen
        with translation.override(chosen):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", chosen)
        return response


class PermissionMiddleware:
    """Give the request ``may(permission)``; send on who has a first password, and who has no overview to see."""

    OPEN = ("/account/", "/language/", "/appearance/", "/static/", "/health/")

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, unless a password is to be changed first."""
        person = request.user
        request.may = lambda permission: accounts.can(person, permission)  # type: ignore[attr-defined]
        if getattr(person, "must_change_password", False) and not request.path.startswith(self.OPEN):
            return HttpResponseRedirect(reverse("account_change_password"))
        if request.path == "/" and person.is_authenticated and not accounts.can(person, "indicators.read"):
            first = next((one.url for one in MENU if accounts.can(person, one.permission)), "account_change_password")
            return HttpResponseRedirect(reverse(first))
        return self.get_response(request)


class ErrorMiddleware:
    """Turn a QualicityError into a page (or a fragment) with its sentence and status."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for one of our own errors; leave others to Django."""
        if not isinstance(exception, QualicityError):
            return None
        sentence = exception.text.in_language(translation.get_language() or settings.LANGUAGE_CODE)
        referer = request.headers.get("Referer", "")
        own = referer.startswith(f"{request.scheme}://{request.get_host()}/")
        if request.method == "POST" and own and exception.http_status in (409, 422):
            messages.error(request, sentence)  # back to the form, with the reason above it
            return HttpResponseRedirect(referer)
        return views.stopped(request, status=exception.http_status, sentence=sentence)
