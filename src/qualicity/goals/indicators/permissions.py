"""Who may see the indicators: everybody with the permission; rows only as far as their registers may be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person

READ = "indicators.read"
READ_ROWS = "registers.read"


class SignedIn(HttpRequest):
    """A request of somebody who has signed in, as ``login_required`` lets it through."""

    user: Person
    htmx: Any
