"""Names inside an archive: those that stay in their folder on every system, and how to make one of any words."""

from __future__ import annotations

import re
import unicodedata

from qualicity.errors import InputError

_BAD = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\/]+')
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))})
LONGEST = 400


def is_safe(name: str) -> bool:
    """Return whether a name can be unpacked anywhere without leaving its folder."""
    parts = name.split("/")
    return (
        0 < len(name) <= LONGEST
        and not any(ord(letter) < 32 or letter in '\\:\x7f"<>|?*' for letter in name)
        and all(part not in ("", ".", "..") and part == part.rstrip(" .") for part in parts)
        and not any(part.split(".")[0].lower() in _DEVICES for part in parts)
    )


def check_name(name: str) -> None:
    """Raise InputError unless ``is_safe``."""
    if not is_safe(name):
        raise InputError(f"“{name}”不能作为压缩包内的文件名。", f"“{name}” cannot be a name in an archive.")


def safe_part(words: str, *, longest: int = 80) -> str:
    """Return words as one part of a name: no separators, no control characters, not too long, ending kept."""
    text = _BAD.sub("_", unicodedata.normalize("NFC", words)).strip(" .") or "_"
    if text.split(".")[0].lower() in _DEVICES:
        text = f"_{text}"
    if len(text) <= longest:
        return text
    stem, dot, ending = text.rpartition(".")
    if dot and len(ending) <= 8:
        return f"{stem[: longest - len(ending) - 1].rstrip(' .')}.{ending}"
    return text[:longest].rstrip(" .")
