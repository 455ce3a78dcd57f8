"""What a draw drew from, as a file for anybody, and the few lines that repeat the draw from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualicity.evidence.inspections import queries as inspections
from qualicity.publication.opendata.queries.asking import row
from qualicity.publication.opendata.queries.files import Download
from qualicity.publication.opendata.queries.sources.checks import frame_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.publication.opendata.queries.shelf import Edition

SCRIPT = """\
import hashlib

seed, plan = {seed!r}, {plan!r}
with open("frame.txt", encoding="utf-8") as file:
    rows = [row.rstrip("\\n").split("|") for row in file]
for line, stratum, enterprise, number in rows:
    if not enterprise:
        numbered = sorted(
            (hashlib.sha256(f"{{seed}}/{{plan}}/{{line}}|{{code}}".encode()).hexdigest(), code)
            for other, place, code, weight in rows
            if code and (other, place) == (line, stratum)
        )
        print(line, stratum, *[code for digest, code in numbered[: int(number)]])
"""
"""A program that needs nothing but SHA-256; it prints who is drawn, by line and stratum."""


def draw_frame(plan: str, number: int, *, now: Edition) -> Download:
    """Return the frame of a draw that the open table of draws shows, as the file that its digest was taken of."""
    row("draws", (plan, number), now=now)
    found = inspections.public_frame(plan, number)
    return Download(found.path, found.name, "text/plain; charset=utf-8", found.sha256)


def script(draw: Mapping[str, Any]) -> str | None:
    """Return the program that repeats a draw from its frame; None where it follows another recipe, or by risk."""
    if frame_address(draw) is None or draw["recipe"] != inspections.RECIPE:
        return None
    return SCRIPT.format(seed=draw["seed"], plan=draw["plan"])
