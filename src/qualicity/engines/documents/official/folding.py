"""Pages laid out for a sheet that is folded once: A4 pages on A3, in the order in which a printer needs them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import typst

from qualicity.engines.documents.official.fonts import installed

if TYPE_CHECKING:
    from qualicity.engines.documents.official.rendered import Rendered

_SHEET = """
#set page(width: 420mm, height: 297mm, margin: 0mm)
#let at(n) = if n == 0 { box(width: 210mm, height: 297mm) } else {
  image("pages.pdf", page: n, width: 210mm, height: 297mm)
}
"""


def order(pages: int) -> tuple[tuple[int, int], ...]:
    """Return which pages stand left and right on each side of the sheets; 0 is an empty page.

    The first side bears the last page and the first, its back the second and the last but one, and so on.
    """
    padded = -(-pages // 4) * 4
    sides = []
    for number in range(padded // 2):
        low, high = number + 1, padded - number
        sides.append((high, low) if number % 2 == 0 else (low, high))
    return tuple((left if left <= pages else 0, right if right <= pages else 0) for left, right in sides)


def folded(rendered: Rendered) -> Rendered:
    """Return a PDF of A4 pages as one of A3 sheets to be printed on both sides (short edge) and folded."""
    sides = order(rendered.pages or 0)
    sheets = "\n#pagebreak()\n".join(f"#grid(columns: 2, at({left}), at({right}))" for left, right in sides)
    with TemporaryDirectory(prefix="qualicity-") as name:
        (Path(name) / "pages.pdf").write_bytes(rendered.data)
        source = Path(name) / "sheets.typ"
        source.write_text(_SHEET + sheets, encoding="utf-8")
        data = typst.compile(
            str(source), root=name, font_paths=installed().fonts, ignore_system_fonts=True, format="pdf", timestamp=0
        )
    return replace(rendered, data=data, pages=len(sides))
