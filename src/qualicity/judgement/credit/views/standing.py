"""What the pages of credit files share: names of places and industries, looks, tables to download."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator

from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.queries import language
from qualicity.definitions.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.paginator import Page

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.definitions.model import Words
    from qualicity.judgement.credit.queries.looking_up import Found, Row

PER_PAGE = 50


def places() -> dict[str, Words]:
    """Return the places of the plan by code."""
    return {one.code: one.title for one in registry.plan().places}


def industries() -> dict[str, Words]:
    """Return the sections of industries by code."""
    column = catalogue().registers["enterprises"].column("industry")
    return {one.code: one.title for one in column.codes}


def page_of(request: SignedIn, found: Found) -> Page[Row]:
    """Return the page that an address asks for."""
    return Paginator(found, PER_PAGE).get_page(request.GET.get("page"))  # type: ignore[arg-type]


def plain_rows(rows: Iterable[Row]) -> list[dict[str, object]]:
    """Return enterprises as the rows of a table."""
    names, sections = places(), industries()
    return [
        {
            "uscc": one.enterprise.uscc, "name": one.enterprise.name,
            "place": names[one.enterprise.place].in_language(language()) if one.enterprise.place in names else "",
            "industry": (
                sections[one.enterprise.industry].in_language(language())
                if one.enterprise.industry in sections else ""
            ),
            "score": one.standing.score if one.standing else None,
            "class": one.standing.credit_class if one.standing else None,
            "grade": one.standing.grade if one.standing else None,
            "events": one.standing.events if one.standing else None,
        }
        for one in rows
    ]  # fmt: skip
