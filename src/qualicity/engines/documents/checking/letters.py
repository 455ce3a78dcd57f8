"""What a character is, for setting type: Chinese or not, wide or half-width."""

from __future__ import annotations

import unicodedata
from typing import Final

#: Signs that a font of Latin letters and a Chinese font both have; set from a Latin font they look wrong in Chinese.
SHARED_SIGNS: Final = frozenset("“”‘’…—·")


def is_han(sign: str) -> bool:
    """Return whether this is a Chinese character (no punctuation)."""
    return "\u4e00" <= sign <= "\u9fff" or "\u3400" <= sign <= "\u4dbf" or sign in "〇々" or sign >= "\U00020000"


def is_wide(sign: str) -> bool:
    """Return whether the character takes a whole em in Chinese text."""
    return sign in SHARED_SIGNS or unicodedata.east_asian_width(sign) in "WF"


def is_chinese(sign: str) -> bool:
    """Return whether this is a Chinese character or one of its full-width signs."""
    return is_han(sign) or "\u3000" <= sign <= "\u303f" or "\uff00" <= sign <= "\uff60"
