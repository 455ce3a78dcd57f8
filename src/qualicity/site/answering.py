"""How a command answers: text for a person, or exactly one JSON value for a program."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence


def language() -> str:
    """Return the language that the command line speaks: ``zh``, ``en``, or nothing where it is to speak both."""
    said = os.environ.get("QUALICITY_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    return said[:2] if said[:2] in ("zh", "en") else ""


def answer(arguments: argparse.Namespace, value: object, text: str) -> int:
    """Print the value as JSON where ``--json`` was asked, else the text; return 0."""
    sys.stdout.write((json.dumps(value, ensure_ascii=False, indent=2) if arguments.json else text) + "\n")
    return 0


def columns(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as aligned text; a Chinese character is as wide as two Latin ones."""
    table = [["—" if cell in (None, "") else str(cell) for cell in row] for row in rows]
    if not table:
        return ""
    widths = [max(_width(row[place]) for row in table) for place in range(len(table[0]))]
    lines = (
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        for row in table
    )
    return "\n".join(line.rstrip() for line in lines)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
