"""Persons made unrecognisable in names and in running text. Source: the rules that a definition names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_HAN = re.compile(r"[\u3400-\u9fff·]+")


def mask_name(name: str, *, keep: int = 1, filler: str = "某") -> str:
    """Return a name of which only the beginning is left; how long it was cannot be told.

    ``keep`` characters stay, at most all but the last; ``filler`` stands once for the rest. A name of words keeps the
    same number of its first letters.
    """
    plain = name.strip()
    if not plain:
        return ""
    return plain[: min(keep, len(plain) - 1)] + filler


def mask_bare_name(
    text: str, *, designators: Sequence[str], longest: int = 4, keep: int = 1, filler: str = "某"
) -> str:
    """Return a text masked where it is a person's name and nothing else, otherwise as it is.

    A person's name: Chinese characters only, two to ``longest`` of them, none of the ``designators`` among them.
    """
    plain = text.strip()
    is_name = 2 <= len(plain) <= longest and _HAN.fullmatch(plain) and not any(one in plain for one in designators)
    return mask_name(plain, keep=keep, filler=filler) if is_name else text


def mask_running_text(text: str, patterns: Sequence[tuple[str, str]]) -> str:
    """Return a text with every pattern (expression, what stands instead) struck out, in their order."""
    for expression, becomes in patterns:
        text = _compiled(expression).sub(becomes, text)
    return text


@lru_cache(maxsize=256)
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)
