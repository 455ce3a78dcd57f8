"""The pages: the overview, one indicator, and the rows behind a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Show every target with its value."""
    return render(request, "theme/base.html")


indicator = rows = overview
