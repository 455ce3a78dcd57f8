"""What no single definition can know: that every word which points somewhere points at something that is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualicity.definitions.loading import Problem, Source

if TYPE_CHECKING:
    from qualicity.definitions.plans import Plan
    from qualicity.definitions.profiles import Profile
    from qualicity.definitions.registers import Register
    from qualicity.definitions.units import Unit


@dataclass(frozen=True, slots=True)
class Sources:
    """Where each definition was read, by kind and code."""

    plans: dict[str, Source]
    registers: dict[str, Source]
    profiles: dict[str, Source]
    roles: dict[str, Source]
    units: dict[str, Source]


def crosscheck(
    *,
    plans: Mapping[str, Plan],
    registers: Mapping[str, Register],
    profiles: Mapping[str, Profile],
    units: Sequence[Unit],
    sources: Sources,
) -> list[Problem]:
    """Return every mistake between definitions, each with its file and line."""
    return []
