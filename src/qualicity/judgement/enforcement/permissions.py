"""May this person? Asked by every read and write of the desk, never only by a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

from qualicity.errors import NotFoundError

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from qualicity.commons.accounts.models import Person

READ = "enforcement.read"
ACT = "enforcement.act"
DECIDE = "enforcement.decide"
PAY = "enforcement.pay"
OBJECT = "credit.object"


class SignedIn(HttpRequest):
    """A request of somebody who has signed in, as pages and API are handed it."""

    user: Person
    htmx: HtmxDetails


def not_there(what: str) -> NotFoundError:
    """Return the one answer to what does not exist and to what is not for this person."""
    return NotFoundError(f"没有“{what}”，或您无权查看。", f"There is no “{what}”, or it is not for you to see.")
