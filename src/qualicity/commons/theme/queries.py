"""What a page asks of its surroundings: the language in which it is written."""

from __future__ import annotations

from django.utils.translation import get_language


def language() -> str:
    """Return the language in which the page is written; Chinese where none was chosen."""
    return get_language() or "zh-hans"
