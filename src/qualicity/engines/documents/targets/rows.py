"""Reads one numbered row: several conditions may stand in it, each for its part of the city."""

from __future__ import annotations

import re
from dataclasses import replace

from qualicity.engines.documents.results import Target
from qualicity.engines.documents.targets.extraction import Found, read_conditions
from qualicity.engines.documents.targets.subjects import place_in, scopes_apart


def row_targets(text: str, *, year: int | None = None) -> tuple[Target, ...]:
    """Return the targets of one numbered row; ``year`` is due where the row names none."""
    return with_scopes(list(read_conditions(text, year=year, row=True).found), text)


def with_scopes(found: list[Found], text: str) -> tuple[Target, ...]:
    """Return the targets of one row, each with what tells it from the others of that row."""
    if len(found) == 1:
        target = found[0].target
        return (target if target.scope else replace(target, scope=place_in(text)),)
    open_ = [item for item in found if item.target.scope is None and item.own]
    alike = len(open_) == len(found) and len({item.target.unit for item in open_}) == 1
    if not alike:
        noun = _noun_of_others(found)
        return tuple(_first_of_parts(item, noun) for item in found)
    scopes = scopes_apart([item.subject for item in open_])
    return tuple(replace(item.target, scope=scope) for item, scope in zip(open_, scopes, strict=True))


def _noun_of_others(found: list[Found]) -> str | None:
    """Return the noun in 其他工程, where one condition of the row is for the others."""
    others = [re.match("其[他它](.+)", item.target.scope or "") for item in found]
    return next((other.group(1) for other in others if other), None)


def _first_of_parts(item: Found, noun: str | None) -> Target:
    """Name the part that comes before 其他工程: 大中型工程."""
    part = re.match(rf".*?{re.escape(noun)}", item.subject) if noun and item.target.scope is None else None
    return replace(item.target, scope=part.group(0)) if part else item.target
