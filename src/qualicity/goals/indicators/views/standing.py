"""What every page asks the queries: for which plan, which day, known when, by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.commons.registry.queries import Standing


def asked(request: SignedIn, standing: Standing) -> dict[str, Any]:
    """Return the keyword arguments that the desk's queries have in common."""
    return {"plan": standing.plan, "as_of": standing.as_of, "known_on": standing.known_on, "by": request.user}
