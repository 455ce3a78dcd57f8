"""What a writer hands back: the file, and everything in it that is not as it was asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Substitution:
    """A typeface that was wanted and is not on this machine, and the family that stands in for it."""

    wanted: str
    used: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """One file. ``missing`` are characters that no typeface at hand can draw (they would be empty boxes)."""

    data: bytes
    media_type: str
    suffix: str
    substitutions: tuple[Substitution, ...] = ()
    missing: tuple[str, ...] = ()
    pages: int | None = None
