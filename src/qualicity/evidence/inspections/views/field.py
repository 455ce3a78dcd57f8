"""Field work on a phone: the targets that wait, the sheet of each, and what lets both work without a network."""

from __future__ import annotations

import json
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qualicity import __version__
from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.queries import language
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import FileError, QualicityError
from qualicity.evidence.inspections import actions, permissions, queries
from qualicity.evidence.inspections.forms.field import SheetForm, VainForm, pictures
from qualicity.evidence.inspections.lifecycle import TargetState

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.evidence.inspections.models import Sample, Target

    View = Callable[..., HttpResponse]

SCRIPTS = (
    "vendor/idb-keyval.js", "vendor/signature_pad.js", "inspections/field-store.js", "inspections/field-form.js",
    "inspections/field.js",
)  # fmt: skip
ASSETS = (
    "theme/appearance.js", "theme/qualicity.css", "theme/qualicity.js", "theme/mark.svg", "vendor/tabler.min.css",
    "vendor/htmx.min.js", "vendor/icons.svg", "inspections/field.css", *SCRIPTS,
)  # fmt: skip
"""What the pages of field work are made of: kept on the phone as they stand, by version."""


def is_script(request: SignedIn) -> bool:
    """Say whether a script asks, which is answered in JSON."""
    return request.headers.get("Accept") == "application/json"


def for_phones(view: View) -> View:
    """Answer a script in JSON, errors and an ended session included; everybody else as any page does."""

    @wraps(view)
    def answer(request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_script(request):
            return login_required(view)(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return JsonResponse({"sign_in": True}, status=401)
        try:
            return view(request, *args, **kwargs)
        except QualicityError as error:
            said = error.text.in_language(language())
            return JsonResponse({"errors": {"__all__": [said]}}, status=error.http_status)

    return answer


@login_required
def targets(request: SignedIn) -> HttpResponse:
    """List the targets that wait for this person, and what was sampled lately."""
    waiting = list(queries.my_targets(request.user))
    context = {
        "targets": [(one, queries.product_title(one.line.product, language())) for one in waiting],
        "samples": queries.my_samples(request.user, most=10),
        **_phone(request),
    }
    return render(request, "inspections/field.html", context)


@for_phones
def sheet(request: SignedIn, number: int) -> HttpResponse:
    """Fill in the sheet of a target, and send it."""
    target = queries.my_target(number, by=request.user)
    inspectors = list(target.inspectors.all())
    form = SheetForm(
        request.POST or None, request.FILES or None, inspectors=inspectors, now=registry.moment(),
        initial={"address": "", "maker": target.enterprise_name if target.line.stage == "production" else ""},
    )  # fmt: skip
    if request.method != "POST":
        return _page(request, target, sheet=form)

    def take() -> Sample:
        return actions.take_sample(
            client_id=form.cleaned_data["client_id"], target=target, sheet=form.sheet(),
            files=pictures(request.FILES), by=request.user,
        )  # fmt: skip

    taken = _tried(form, take)
    if taken is None:
        return _refused(request, form) or _page(request, target, sheet=form, status=422)
    address = reverse("inspections:sample", args=[taken.number])
    return _done(request, {"number": taken.number, "address": address}, _("The sheet arrived."))


@require_POST
@for_phones
def in_vain(request: SignedIn, number: int) -> HttpResponse:
    """Say that a target could not be sampled."""
    target = queries.my_target(number, by=request.user)
    form = VainForm(request.POST, request.FILES, now=registry.moment())

    def close() -> Any:
        return actions.close_target(
            client_id=form.cleaned_data["client_id"], target=target, visit=form.visit(),
            files=pictures(request.FILES), by=request.user,
        )  # fmt: skip

    if _tried(form, close) is None:
        return _refused(request, form) or _page(request, target, vain=form, status=422)
    return _done(request, {"number": "", "address": reverse("inspections:field")}, _("The visit is recorded."))


@for_phones
def recheck(request: SignedIn, number: str) -> HttpResponse:
    """Fill in the sheet of a recheck, and send it."""
    earlier = queries.sample(number, by=request.user)
    accounts.check(request.user, permissions.SAMPLE, organisation=earlier.organisation)
    people = queries.samplers_of_unit(earlier.organisation)
    copied = {
        name: getattr(earlier, name) for name in ("product_name", "brand", "specification", "maker", "maker_code")
    }
    form = SheetForm(
        request.POST or None, request.FILES or None, inspectors=people, now=registry.moment(),
        initial={**copied, "samplers": [request.user.username]},
    )  # fmt: skip
    context = {"earlier": earlier, "sheet": form, **_phone(request)}
    if request.method != "POST":
        return render(request, "inspections/recheck.html", context)

    def take() -> Sample:
        return actions.take_sample(
            client_id=form.cleaned_data["client_id"], recheck_of=earlier, sheet=form.sheet(),
            files=pictures(request.FILES), by=request.user,
        )  # fmt: skip

    taken = _tried(form, take)
    if taken is None:
        return _refused(request, form) or render(request, "inspections/recheck.html", context, status=422)
    address = reverse("inspections:sample", args=[taken.number])
    return _done(request, {"number": taken.number, "address": address}, _("The sheet arrived."))


@require_GET
def worker(request: SignedIn) -> HttpResponse:
    """Give the service worker, which keeps the pages of field work and what they are made of."""
    told = {
        "version": __version__, "assets": [_asset(one) for one in ASSETS], "home": reverse("inspections:field"),
        "static": settings.STATIC_URL,
    }  # fmt: skip
    context = {"settings": json.dumps(told)}
    answer = render(request, "inspections/worker.js", context, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_GET
def manifest(request: SignedIn) -> JsonResponse:  # noqa: ARG001 -- the same for everybody
    """Say what the field pages are called when a phone keeps them on its first screen."""
    home = reverse("inspections:field")
    return JsonResponse(
        {
            "name": _("Sampling in the field"), "short_name": _("Sampling"), "start_url": home, "scope": home,
            "display": "standalone", "background_color": "#ffffff", "theme_color": "#1d4f91",
            "icons": [{"src": _asset("theme/mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
        },
        content_type="application/manifest+json",
    )  # fmt: skip


def _asset(path: str) -> str:
    return static(path) + ("" if settings.DEBUG else f"?v={__version__}")


def _phone(request: SignedIn) -> dict[str, Any]:
    """Return what every page of field work tells its scripts."""
    rules = catalogue().field_work
    return {
        "scripts": SCRIPTS,
        "phone": {
            "person": request.user.username, "moment": registry.moment().isoformat(),
            "longest": rules.photographs.longest_side if rules else 0, "most": rules.photographs.most if rules else 0,
            "worker": reverse("inspections:field_worker"), "home": reverse("inspections:field"),
            "signIn": f"{reverse('account_login')}?next={reverse('inspections:field')}",
        },
    }  # fmt: skip


def _page(request: SignedIn, target: Target, *, status: int = 200, **forms: Any) -> HttpResponse:
    now = registry.moment()
    forms.setdefault("sheet", SheetForm(inspectors=list(target.inspectors.all()), now=now))
    forms.setdefault("vain", VainForm(now=now, prefix=None))
    product = queries.product(target.line.product)
    context = {
        "target": target, "product": product, "product_title": queries.product_title(target.line.product, language()),
        "open": target.state == TargetState.WAITING, "sample": queries.sample_of(target), "status": status,
        "rules": queries.rules_of(target.draw.plan.law, now), **_phone(request), **forms,
    }  # fmt: skip
    return render(request, "inspections/sheet.html", context, status=status)


def _tried(form: SheetForm | VainForm, write: Callable[[], Any]) -> Any:
    """Write what a form says; None when something is to be mended, which then stands beside its field."""
    if not form.is_valid():
        return None
    try:
        return write()
    except actions.SheetError as error:
        form.refuse(error.problems)
    except FileError as error:
        form.say("photo", error.text)
    return None


def _refused(request: SignedIn, form: SheetForm | VainForm) -> HttpResponse | None:
    return JsonResponse({"errors": form.by_field()}, status=422) if is_script(request) else None


def _done(request: SignedIn, done: dict[str, str], said: str) -> HttpResponse:
    if is_script(request):
        return JsonResponse(done)
    messages.success(request, said)
    return redirect(done["address"])
