"""The list of the seriously dishonest and administrative penalties as sources of open tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from qualicity.commons.registry import queries as registry
from qualicity.judgement.credit import queries as credit
from qualicity.judgement.enforcement import queries as enforcement

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.publication.opendata.queries.sources.source import Row

ENDED_BY = ("credit.", "enforcement.", "cases.")
EVERY = 1_000_000
FEN = 100


def listings(day: date, by: Person | None) -> Iterator[Row]:  # noqa: ARG001 -- sources are read alike
    """Yield the listings that are public on a day."""
    titles = _places()
    for one in credit.public_listings(on=day, limit=EVERY):
        yield {
            "token": one.token, "uscc": one.uscc, "name": one.name, "place": one.place,
            "place_title": titles.get(one.place), "field": one.field.zh, "field_en": one.field.en,
            "ground": one.ground.zh, "ground_en": one.ground.en, "clause": one.clause, "law": one.law.zh,
            "law_en": one.law.en, "number": one.number, "authority": one.authority.zh,
            "authority_en": one.authority.en, "listed_on": one.listed_on, "published_on": one.published_on,
            "until": one.until, "measures": "; ".join(each.zh for each in one.measures),
            "measures_en": "; ".join(each.en for each in one.measures),
        }  # fmt: skip


def penalties(day: date, by: Person | None) -> Iterator[Row]:  # noqa: ARG001 -- sources are read alike
    """Yield the penalties that are public on a day; money in yuan."""
    titles = _places()
    for one in enforcement.public_penalties(on=day, limit=EVERY):
        yield {
            "token": one.token, "number": one.number, "party": one.party, "uscc": one.uscc, "place": one.place,
            "place_title": titles.get(one.place), "sector": one.sector, "violation": one.violation,
            "basis": one.basis, "kinds": ", ".join(each.zh for each in one.kinds),
            "kinds_en": ", ".join(each.en for each in one.kinds), "fine": one.fine_fen / FEN,
            "confiscated": one.confiscated_fen / FEN, "authority": one.authority.zh,
            "authority_en": one.authority.en, "decided_on": one.decided_on, "published_on": one.published_on,
            "until": one.until, "level": one.level.zh, "level_en": one.level.en,
        }  # fmt: skip


def _places() -> dict[str, str]:
    return {one.code: one.title.zh for one in registry.plan().places}
