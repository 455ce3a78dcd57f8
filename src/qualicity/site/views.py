"""Pages that belong to no desk: language, health, and what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import actions as accounts
from qualicity.publication.portal import views as portal

if TYPE_CHECKING:
    from django.http import HttpRequest

YEAR = 365 * 24 * 3600
API, OPEN, PUBLIC = "/api/", "/open/", "/public/"


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language of the interface and return to the page that asked."""
    chosen = request.POST.get("language", "")
    response = _back(request)
    if chosen in dict(settings.LANGUAGES):
        _remember(response, settings.LANGUAGE_COOKIE_NAME, chosen)
        if request.user.is_authenticated:
            accounts.set_language(person=request.user, language=chosen)
    return response


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Switch between light and dark and return to the page that asked."""
    response = _back(request)
    if request.POST.get("appearance") in ("light", "dark"):
        _remember(response, "appearance", request.POST["appearance"])
    return response


def _back(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    return HttpResponseRedirect(target)


def _remember(response: HttpResponse, name: str, value: str) -> None:
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, value, max_age=YEAR, secure=secure, httponly=True, samesite="Lax")


def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Say that the process answers and that its database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"ok": True})


def _page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    if request.path.startswith(PUBLIC):  # of the house behind the window nothing is shown, whoever asks
        return portal.stopped(request, status=status, heading=title, sentence=sentence)
    return render(
        request, "theme/error.html", {"status": status, "heading": title, "sentence": sentence}, status=status
    )


def _plain(status: int, sentence: str) -> JsonResponse:
    """Answer a program in its own form, in both languages."""
    said = {}
    for name, language_code in (("zh", "zh-hans"), ("en", "en")):
        with translation.override(language_code):
            said[name] = _(sentence)
    kinds = {404: "NotFoundError", 500: "BrokenError"}
    return JsonResponse({"error": {"kind": kinds.get(status, "InputError"), **said}}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer a request that makes no sense."""
    return _page(request, 400, _("This request cannot be understood"), _("Go back, check the address and try again."))


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer a request that this person may not make."""
    sentence = _("Your role does not include this. Ask the office if your work needs it.")
    return _page(request, 403, _("Not allowed"), sentence)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer for an address that leads nowhere."""
    if request.path.startswith(API):
        return _plain(404, gettext_noop("There is no such call; /api/v1/docs lists those that there are."))
    if request.path.startswith(OPEN):
        return _plain(404, gettext_noop("There is no such call; /open/v1/openapi.json lists those that there are."))
    sentence = _("There is no such page. The address may be mistyped, or what it showed was moved.")
    return _page(request, 404, _("Page not found"), sentence)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when the house itself failed."""
    sentence = gettext_noop(
        "The fault is ours and was written to the log. Nothing that you entered before was lost; try again."
    )
    if request.path.startswith((API, OPEN)):
        return _plain(500, sentence)
    sentence = _(sentence)
    return _page(request, 500, _("Something broke"), sentence)


def stopped(request: HttpRequest, *, status: int, sentence: str) -> HttpResponse:
    """Show one of our own errors: what happened and what to do next, in its own words."""
    headings = {
        403: _("Not allowed"),
        404: _("Not found"),
        409: _("Not possible now"),
        422: _("This cannot be used"),
        500: _("Something broke"),
    }
    return _page(request, status, headings.get(status, _("This request cannot be understood")), sentence)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form that was open for too long or came from elsewhere."""
    sentence = _("This form was open for too long or came from another site. Reload the page and send it again.")
    return _page(request, 403, _("Not allowed"), sentence)
