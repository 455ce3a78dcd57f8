"""Colours of type and lines, as far as the standard speaks of them: red and black."""

from __future__ import annotations


def _parts(colour: str) -> tuple[int, int, int]:
    try:
        return int(colour[0:2], 16), int(colour[2:4], 16), int(colour[4:6], 16)
    except ValueError:
        return 0, 0, 0


def is_red(colour: str) -> bool:
    """Return whether a colour is a strong red."""
    red, green, blue = _parts(colour)
    return red >= 0xB0 and green <= 0x70 and blue <= 0x70


def is_black(colour: str) -> bool:
    """Return whether a colour prints as black."""
    return max(_parts(colour)) <= 0x40
