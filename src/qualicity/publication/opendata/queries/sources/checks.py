"""Spot checks as sources of open tables: results, what followed, corrections, and draws that are done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.evidence.inspections import queries as inspections

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Person
    from qualicity.evidence.inspections.models import Draw
    from qualicity.publication.opendata.queries.sources.source import Row

FRAME = "/open/v1/draws/{plan}/{draw}/frame.txt"
"""Where the frame of a draw is to be had, and stays."""
ENDED_BY = ("inspections.notice_", "inspections.end_notices", "inspections.publish_notices")


def results(day: date, by: Person | None) -> Iterator[Row]:  # noqa: ARG001 -- sources are read alike
    """Yield the results of spot checks that are public on a day."""
    parties, titles = inspections.public_parties(on=day), _places()
    for one in inspections.public_results(on=day):
        maker, unit = parties.get(one.token, ("", ""))
        yield {
            **_notice(one, titles),
            "failing_items": "; ".join(map(_item, one.failing_items)),
            "maker_uscc": maker,
            "sampled_unit_uscc": unit,
        }


def follow_ups(day: date, by: Person | None) -> Iterator[Row]:  # noqa: ARG001 -- sources are read alike
    """Yield what followed failures and is public on a day."""
    parties, titles = inspections.public_parties(on=day), _places()
    for one in inspections.public_follow_ups(on=day):
        maker, unit = parties.get(one.token, ("", ""))
        yield {
            **_notice(one, titles),
            "outcome": one.outcome.zh if one.outcome else None,
            "outcome_en": one.outcome.en if one.outcome else None,
            "measures": "; ".join(f"{each.on} {each.what.zh}" for each in one.measures),
            "measures_en": "; ".join(f"{each.on} {each.what.en}" for each in one.measures),
            "maker_uscc": maker,
            "sampled_unit_uscc": unit,
        }


def corrections(day: date, by: Person | None) -> Iterator[Row]:  # noqa: ARG001 -- sources are read alike
    """Yield the public log of corrections; an entry is known by its notice and its number among that notice's."""
    numbers: Counter[str] = Counter()
    for one in reversed(inspections.public_corrections(on=day)):
        numbers[one.token] += 1
        yield {
            "number": f"{one.token}-{numbers[one.token]}",
            "token": one.token,
            "at": one.at,
            "what": one.what,
            "fields": ", ".join(one.fields),
            "reason": one.reason,
        }


def draws(day: date, by: Person | None) -> Iterator[Row]:  # noqa: ARG001 -- sources are read alike
    """Yield the draws that are done: while a target waits to be visited, a seed would tell it so."""
    assert by is not None
    for one in _done(by).select_related("commitment"):
        known = {**_draw(one), "method": one.method}
        yield {
            **known,
            "frame": frame_address(known),
            "year": one.plan.year,
            "title": one.plan.title_zh,
            "title_en": one.plan.title_en or one.plan.title_zh,
            "law": one.plan.law,
            "seed": one.seed,
            "recipe": one.recipe,
            "frame_digest": one.frame_digest,
            "frame_size": one.frame_size,
            "seed_source": one.commitment.source if one.commitment else None,
            "seed_known_on": one.commitment.known_on if one.commitment else None,
            "drawn_on": timezone.localdate(one.drawn_at),
            "targets": getattr(one, "drawn_count", 0),
        }


def targets(day: date, by: Person | None) -> Iterator[Row]:  # noqa: ARG001 -- sources are read alike
    """Yield what was drawn in the draws that are done, and how each visit went."""
    assert by is not None
    titles, products = _places(), {code: one.title for code, one in catalogue().products.items()}
    columns = (
        "draw__plan__code", "draw__number", "number", "enterprise", "enterprise_name", "place", "stratum",
        "probability", "state", "line__product", "line__stage", "draw__method",
    )  # fmt: skip
    rows = inspections.targets(by=by).filter(draw__in=_done(by)).order_by("draw", "number").values_list(*columns)
    for plan, draw, number, uscc, name, place, stratum, probability, state, product, stage, method in rows:
        yield {
            "plan": plan, "draw": draw, "number": number, "uscc": uscc, "name": name, "place": place,
            "place_title": titles.get(place), "stratum": stratum,
            # a chance that a score of risk has set would tell the score
            "probability": probability if method in inspections.OPEN_METHODS else None, "state": state,
            "product": product, "product_title": products[product].zh if product in products else product,
            "product_title_en": products[product].en if product in products else product, "stage": stage,
        }  # fmt: skip


def version(day: date) -> str:
    """Return another word whenever another notice is public."""
    return inspections.public_version(on=day)


def frame_address(draw: Row) -> str | None:
    """Return where the frame of a draw is to be had; None where it was weighted by risk."""
    is_open = draw["method"] in inspections.OPEN_METHODS
    return FRAME.format(plan=draw["plan"], draw=draw["draw"]) if is_open else None


def _done(by: Person) -> QuerySet[Draw]:
    return inspections.finished(inspections.draws(by=by))


def _draw(one: Draw) -> dict[str, Any]:
    return {"plan": one.plan.code, "draw": one.number}


def _notice(one: inspections.PublicNotice, titles: dict[str, str]) -> dict[str, Any]:
    told = asdict(one)
    authority = told.pop("authority", None) or {}
    return {
        **told,
        "place_title": titles.get(told.get("place") or "", told.get("place")),
        "authority": authority.get("zh"),
        "authority_en": authority.get("en"),
    }


def _item(one: inspections.PublicItem) -> str:
    found = "/".join(one.values)
    limit = f"（{one.limit}）" if one.limit else ""
    return f"{one.title} {found}{one.unit}{limit} {one.standard}".strip()


def _places() -> dict[str, str]:
    return {one.code: one.title.zh for one in registry.plan().places}
