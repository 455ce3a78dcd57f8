"""The blocks of a body in the office file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING

from qualicity.engines.documents.official import words as wording
from qualicity.engines.documents.official.docx.styles import Setting, indent
from qualicity.engines.documents.official.docx.tables import form, gap, table
from qualicity.engines.documents.official.docx.text import page_break, paragraph, plain_paragraph, run, runs
from qualicity.engines.documents.official.docx.xml import NAMESPACES, on, tag, val
from qualicity.engines.documents.official.model import (
    Block,
    Grid,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Table,
)
from qualicity.engines.documents.official.numbering import captions, numbers
from qualicity.engines.documents.official.pictures import FINENESS, Size, raster, size_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualicity.engines.documents.official.docx.package import Package

_EMU_PER_MM = 36000
#: A picture leaves room for its caption on a page.
_ROOM_FOR_CAPTION_MM = 22.0


class Blocks:
    """Writes blocks; headings get the bookmarks that the contents lead to, pictures are counted throughout."""

    def __init__(self, setting: Setting, package: Package, link_base: str) -> None:
        self.setting, self.package, self.link_base = setting, package, link_base
        self.bookmarks: Iterator[int] = count(1)
        self.pictures: Iterator[int] = count(1)
        self.listed: list[tuple[int, str, str]] = []

    def written(self, blocks: Sequence[Block], *, held: bool = False) -> str:
        """Return blocks as paragraphs, tables and pictures; ``held``: the last paragraph stays with what follows."""
        found = [
            self._block(block, number, caption)
            for block, number, caption in zip(blocks, numbers(blocks), captions(blocks), strict=True)
        ]
        if held and blocks and isinstance(blocks[-1], Paragraph):
            found[-1] = self._paragraph(blocks[-1], held=True)
        return "".join(found)

    def _block(self, block: Block, number: str, caption: str) -> str:
        match block:
            case Heading():
                return self._heading(block, number)
            case Paragraph():
                return self._paragraph(block)
            case Table():
                return table(block, wording.clean(caption), self.setting, self.package, self.link_base)
            case Grid():
                return form(block, wording.clean(caption), self.setting, self.package, self.link_base)
            case Picture():
                return self._picture(block, wording.clean(caption))
            case PageBreak():
                return plain_paragraph("Gap", page_break(), properties=(_no_height(),))

    def _heading(self, block: Heading, number: str) -> str:
        if block.run_in:
            style = f"heading_{block.level}" if block.level > 2 else ""
            return paragraph(
                "body",
                run(number, style=style),
                runs(block.runs, self.package, self.link_base, style=style),
                runs(block.run_in, self.package, self.link_base),
            )
        mark = next(self.bookmarks)
        name = f"_Toc{mark:08d}"
        if block.level <= 2:
            self.listed.append((block.level, name, number + "".join(wording.text_of(one) for one in block.runs)))
        return paragraph(
            f"heading_{block.level}",
            tag("w:bookmarkStart", {"w:id": mark, "w:name": name}),
            run(number),
            runs(block.runs, self.package, self.link_base),
            tag("w:bookmarkEnd", {"w:id": mark}),
        )

    def _paragraph(self, block: Paragraph, *, held: bool = False) -> str:
        properties = [on("keepNext")] if held else []
        if not block.indented:
            properties.append(indent(self.setting, "body", firstLine=0))
        if block.align:
            properties.append(val("jc", block.align))
        return paragraph("body", runs(block.runs, self.package, self.link_base), properties=properties)

    def _picture(self, block: Picture, caption: str) -> str:
        png = raster(block)
        fineness = FINENESS if block.png is None else 1.0
        page = self.setting.page
        size = size_of(png, "png", fineness=fineness).fitted(
            block.width_mm, page.block_width, page.block_height - _ROOM_FOR_CAPTION_MM
        )
        drawn = _drawing(self.package.picture(png), next(self.pictures), size, wording.clean(block.alternative))
        below = paragraph("caption", run(caption)) if caption else ""
        return plain_paragraph("Picture", tag("w:r", None, drawn)) + below + gap(self.setting, 0.3)


def _no_height() -> str:
    return tag("w:spacing", {"w:before": 0, "w:after": 0, "w:line": 20, "w:lineRule": "exact"})


def _drawing(relation: str, number: int, size: Size, alternative: str) -> str:
    extent = {"cx": round(size.width * _EMU_PER_MM), "cy": round(size.height * _EMU_PER_MM)}
    named = {"id": number, "name": f"图 {number}", "descr": alternative}
    picture = tag(
        "pic:pic",
        None,
        tag("pic:nvPicPr", None, tag("pic:cNvPr", named), tag("pic:cNvPicPr")),
        tag("pic:blipFill", None, tag("a:blip", {"r:embed": relation}), tag("a:stretch", None, tag("a:fillRect"))),
        tag(
            "pic:spPr",
            None,
            tag("a:xfrm", None, tag("a:off", {"x": 0, "y": 0}), tag("a:ext", extent)),
            tag("a:prstGeom", {"prst": "rect"}, tag("a:avLst")),
        ),
    )
    return tag(
        "w:drawing",
        None,
        tag(
            "wp:inline",
            {"distT": 0, "distB": 0, "distL": 0, "distR": 0},
            tag("wp:extent", extent),
            tag("wp:docPr", named),
            tag("wp:cNvGraphicFramePr", None, tag("a:graphicFrameLocks", {"noChangeAspect": 1})),
            tag("a:graphic", None, tag("a:graphicData", {"uri": NAMESPACES["pic"]}, picture)),
        ),
    )
