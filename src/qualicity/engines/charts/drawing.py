"""How a specification is drawn: SVG for pages and PDF, PNG for office files."""

from __future__ import annotations

import json
import os
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualicity.engines.charts.specifications import Specification

#: The version of Vega-Lite that specifications are written for.
VEGA_LITE = "5.21"
#: The environment variable that names folders of typefaces (joined as in PATH), beside those of the system.
FONTS_VARIABLE = "QUALICITY_FONTS"


def svg(specification: Specification) -> str:
    """Return an SVG on white, for a page, a PDF or a download."""
    return _svg(written(specification))


def written(specification: Specification) -> str:
    """Return a specification on white as text: the same chart always in the same words."""
    return json.dumps(specification | {"background": "white"}, ensure_ascii=False, sort_keys=True)


def png(specification: Specification, *, scale: float = 2.0) -> bytes:
    """Return a PNG on white, for a DOCX."""
    import vl_convert  # noqa: PLC0415 -- a heavy renderer

    know_fonts()
    # from the SVG, which is kept: the longer half of the work is then done once for page, PDF and DOCX
    drawn: bytes = vl_convert.svg_to_png(svg(specification), scale=scale)
    return drawn


@lru_cache(maxsize=1)
def know_fonts() -> None:
    """Tell the renderer, once, of the folders of typefaces beside the system's."""
    import vl_convert  # noqa: PLC0415 -- a heavy renderer

    for folder in filter(None, os.environ.get(FONTS_VARIABLE, "").split(os.pathsep)):
        vl_convert.register_font_directory(folder)


@lru_cache(maxsize=512)
def _svg(specification: str) -> str:
    import vl_convert  # noqa: PLC0415 -- a heavy renderer

    know_fonts()
    return str(vl_convert.vegalite_to_svg(specification, vl_version=VEGA_LITE))
