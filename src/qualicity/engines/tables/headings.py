"""Which heading of a stranger's sheet is which column: width, case, space, units and asterisks do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualicity.definitions.registers import Column, Register

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_NOISE = re.compile(r"[\s*:·•_\-‐–—\u200b\ufeff]+")


@dataclass(frozen=True, slots=True)
class Matching:
    """How a row of headings fits a register.

    ``columns``: column name → position in the sheet; ``unknown``: headings that are no column (with position);
    ``missing``: required columns that no heading names; ``doubled``: columns that several headings name.
    """

    columns: Mapping[str, int]
    unknown: tuple[tuple[int, str], ...]
    missing: tuple[str, ...]
    doubled: tuple[str, ...]
    required: int

    @property
    def fits(self) -> bool:
        """Say whether at least half of the required headings are there, and one heading at all."""
        return bool(self.columns) and len(self.missing) * 2 <= self.required


def normal(text: str) -> str:
    """Return a heading or label as it is compared: one width, lower case, no spaces or asterisks."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def without_brackets(text: str) -> str:
    """Return the compared form without what stands in brackets (units, hints)."""
    flat, inner = unicodedata.normalize("NFKC", text), ""
    while inner != flat:  # brackets may stand in brackets: 等效声级（dB(A)）
        inner, flat = flat, _BRACKETS.sub("", flat)
    return normal(flat)


def match(cells: Sequence[str | None], register: Register) -> Matching:
    """Match the cells of one row against a register: the whole heading first, then without brackets."""
    return matcher(register)(cells)


def matcher(register: Register) -> Callable[[Sequence[str | None]], Matching]:
    """Return ``match`` for one register, ready to be asked of many rows."""
    exact, loose = _known(register)
    required = [column.name for column in register.columns if column.required]
    return lambda cells: _match(cells, exact, loose, required)


def _match(
    cells: Sequence[str | None], exact: Mapping[str, str], loose: Mapping[str, str], required: Sequence[str]
) -> Matching:
    found: dict[str, int] = {}
    unknown: list[tuple[int, str]] = []
    doubled: list[str] = []
    for position, cell in enumerate(cells):
        if cell is None or not cell.strip():
            continue
        name = exact.get(normal(cell)) or loose.get(without_brackets(cell))
        if name is None:
            unknown.append((position, cell.strip()))
        elif name in found:
            doubled.append(name)
        else:
            found[name] = position
    missing = tuple(name for name in required if name not in found)
    return Matching(found, tuple(unknown), missing, tuple(doubled), len(required))


def looks_like(cells: Sequence[str | None], registers: Iterable[Register]) -> Register | None:
    """Return the register whose columns these headings name best, or None where none has all that it requires."""
    best: tuple[float, Register] | None = None
    given = sum(1 for cell in cells if cell and cell.strip())
    for register in registers:
        matching = match(cells, register)
        if matching.missing or not matching.columns:
            continue
        score = len(matching.columns) / max(given, 1) + len(matching.columns) / len(register.columns)
        if best is None or score > best[0]:
            best = (score, register)
    return best[1] if best else None


def _known(register: Register) -> tuple[dict[str, str], dict[str, str]]:
    exact: dict[str, str] = {}
    loose: list[tuple[str, str]] = []
    for column in register.columns:
        for text in _names(column):
            exact.setdefault(normal(text), column.name)
            loose.append((without_brackets(text), column.name))
    # Two columns that differ only in brackets (1 h, 8 h) cannot be told apart without them.
    owners = Counter(form for form, _ in set(loose))
    return exact, {form: name for form, name in loose if form and owners[form] == 1}


def _names(column: Column) -> tuple[str, ...]:
    return (column.title.zh, column.title.en, column.name)
