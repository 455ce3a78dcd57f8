"""Pictures of a document in the form that a file needs: SVG for PDF, PNG for DOCX, drawn from one specification."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualicity.engines.charts import drawing
from qualicity.errors import NotPossibleError

if TYPE_CHECKING:
    from qualicity.engines.documents.official.model import Picture

#: Pixels of a drawing per inch when nothing says otherwise (the browser's measure).
_PIXELS_PER_INCH = 96.0
_MM_PER_INCH = 25.4
#: A PNG is drawn this many times finer, for print.
FINENESS = 3.0

_ATTRIBUTE = r"\b{name}\s*=\s*[\"']\s*([0-9.]+)"


@dataclass(frozen=True, slots=True)
class Size:
    """The natural size of a drawing, in millimetres."""

    width: float
    height: float

    def fitted(self, width: float | None, widest: float, highest: float) -> Size:
        """Return the size on paper: the wanted or natural width, never wider or higher than there is room."""
        wide = min(width or self.width, widest)
        high = wide * self.height / self.width
        return Size(wide, high) if high <= highest else Size(highest * self.width / self.height, highest)


def vector(picture: Picture) -> tuple[bytes, str]:
    """Return a drawing for PDF and the suffix of its kind: SVG where there is one."""
    if picture.svg is not None:
        return picture.svg, "svg"
    if picture.specification is not None:
        return drawing.svg(picture.specification).encode(), "svg"
    return _only(picture.png, picture), "png"


def raster(picture: Picture) -> bytes:
    """Return a drawing for DOCX: PNG."""
    if picture.png is not None:
        return picture.png
    if picture.specification is not None:
        return drawing.png(picture.specification, scale=FINENESS)
    return _only(None, picture)


def size_of(data: bytes, suffix: str, *, fineness: float = 1.0) -> Size:
    """Return the natural size of an SVG or PNG."""
    pixels = _svg_pixels(data) if suffix == "svg" else _png_pixels(data)
    scale = _MM_PER_INCH / _PIXELS_PER_INCH / fineness
    return Size(pixels[0] * scale, pixels[1] * scale)


def _svg_pixels(data: bytes) -> tuple[float, float]:
    head = data[:2000].decode("utf-8", "replace")
    head = head[head.find("<svg") :].split(">", 1)[0]
    sides = [re.search(_ATTRIBUTE.format(name=name), head) for name in ("width", "height")]
    if sides[0] and sides[1]:
        return float(sides[0][1]), float(sides[1][1])
    box = re.search(r"viewBox\s*=\s*[\"']\s*\S+\s+\S+\s+([0-9.]+)\s+([0-9.]+)", head)
    return (float(box[1]), float(box[2])) if box else (640.0, 400.0)


def _png_pixels(data: bytes) -> tuple[float, float]:
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        raise NotPossibleError("图片不是 PNG 或 SVG 格式。", "The picture is neither PNG nor SVG.")
    wide, high = struct.unpack(">II", data[16:24])
    return float(wide), float(high)


def _only(data: bytes | None, picture: Picture) -> bytes:
    if data is None:
        raise NotPossibleError(
            f"图片“{picture.alternative}”没有这种文件能用的图形：请给出图表规格，或同时给出 SVG 和 PNG。",
            f"The picture “{picture.alternative}” has no drawing that this file can hold: give a chart's "
            "specification, or both SVG and PNG.",
        )
    return data
