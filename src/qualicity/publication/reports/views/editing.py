"""The words of a paragraph around its numbers, and what a rebuilding would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from qualicity.commons.theme.queries import language
from qualicity.errors import InputError, NotFoundError
from qualicity.publication.reports import actions, queries
from qualicity.publication.reports.actions.writing import check_editable
from qualicity.publication.reports.forms import ProseForm

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn


@login_required
def edit(request: SignedIn, number: int) -> HttpResponse:
    """Change the words of one paragraph; its numbers stay bound."""
    found = queries.report(number, by=request.user)
    check_editable(found, request.user)
    key = request.GET.get("key", "")
    readable = queries.readable(found, by=request.user)
    composed = {part.key: part for part in readable.composed if part.key}
    if key not in composed:
        raise NotFoundError(f"公文中没有段落“{key}”。", f"The document has no paragraph “{key}”.")
    original = queries.runs_of(composed[key])
    shown = next((queries.runs_of(part) for part in readable.parts if part.key == key), ())
    form = ProseForm(request.POST or None, initial={"text": queries.as_text(shown)})
    if request.method == "POST" and form.is_valid():
        try:
            if "restore" in request.POST:
                actions.restore_prose(report=found, key=key, by=request.user, seen=_seen(request))
            else:
                text = form.cleaned_data["text"]
                actions.edit_prose(report=found, key=key, text=text, by=request.user, seen=_seen(request))
        except InputError as error:
            form.add_error("text", error.text.in_language(language()))
        else:
            messages.success(request, _("Saved. The numbers are bound as before."))
            return redirect(f"{reverse('reports:document', args=[number])}#{key}")
    context = {
        "one": found,
        "form": form,
        "key": key,
        "tokens": [(token, figure) for token, figure in queries.tokens_of(original).items()],
        "original": queries.as_text(original),
        "is_edited": key in readable.edited,
    }
    return render(request, "reports/edit.html", context, status=422 if form.errors else 200)


@login_required
def changes(request: SignedIn, number: int) -> HttpResponse:
    """Show what would change if a document were built again now; build it again while it is a draft."""
    found = queries.report(number, by=request.user)
    if request.method == "POST":
        made = actions.rebuild(report=found, by=request.user, seen=_seen(request))
        messages.success(request, _("Built again; %(count)s differences.") % {"count": len(made)})
        return redirect(reverse("reports:changes", args=[number]))
    context = {
        "one": found,
        "changes": queries.changes(found, by=request.user),
        "rebuilds": queries.rebuilds(found, by=request.user),
        "may_edit": queries.can_edit(found, by=request.user),
    }
    return render(request, "reports/changes.html", context)


def _seen(request: SignedIn) -> int | None:
    given = request.POST.get("seen", "")
    return int(given) if given.isdecimal() and len(given) < 10 else None
