"""PDF documents set by typst for the tests: one in which nothing deviates, and the same with something wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import typst

SENTENCE = (
    "为贯彻落实国家质量发展纲要，推进质量强市建设，经市人民政府研究，现就有关事项通知如下，请结合实际认真组织实施。"
)


@dataclass(frozen=True)
class Paper:
    """What may be set wrong; lengths in millimetres, sizes and pitch in points."""

    width: float = 210
    height: float = 297
    top: float = 37
    bottom: float = 35
    left: float = 28
    right: float = 26
    size: float = 16
    body_size: float = 16
    body_tracking: float = -0.205
    pitch: float = 28.99
    tracking: float = -0.205
    indent: float = 2
    font: str = "Noto Serif CJK SC"
    title_size: float = 22
    title_align: str = "center"
    number: str = "郑政〔2014〕17号"
    number_align: str = "center"
    head: bool = True
    head_colour: str = "#e60012"
    red_line: bool = True
    addressees: str = "各县（市、区）人民政府，市人民政府各部门："
    heading: str = "二、工作任务"
    sentence: str = SENTENCE
    colour: str = "#000000"
    date: str = "2014年5月8日"
    date_right: float = 4
    numbered: bool = True
    number_form: str = "— {} —"
    odd: str = "right"
    even: str = "left"
    number_in: float = 1
    number_size: float = 14
    number_below: float = 7
    paragraphs: int = 14
    text_on_first_page: bool = True
    imprint_lines: bool = True
    imprint_up: float = 0
    copies: str = "抄送：市委各部门，市人大常委会办公厅。"
    printed: str = "2014年5月8日印发"


def typeset(path: Path, paper: Paper) -> Path:
    """Write the PDF."""
    path.write_bytes(typst.compile(_source(paper).encode("utf-8")))
    return path


def picture(path: Path) -> Path:
    """Write a PDF that holds a picture of text and no text."""
    path.write_bytes(typst.compile(b'#set page(paper: "a4")\n#rect(width: 100%, height: 100%, fill: gray)'))
    return path


def _source(paper: Paper) -> str:
    before, after = paper.number_form.split("{}")
    leading = paper.pitch - paper.size
    number = f"""context {{
      let n = counter(page).get().first()
      let side = if calc.odd(n) {{ {paper.odd} }} else {{ {paper.even} }}
      place(top + side, dx: (if side == right {{ -1 }} else if side == left {{ 1 }} else {{ 0 }})
        * {paper.number_in * paper.number_size}pt, dy: {paper.number_below}mm - 0.5 * {paper.number_size}pt,
        text(size: {paper.number_size}pt, tracking: 0pt, "{before}" + str(n) + "{after}"))
    }}"""
    parts = [
        f"#set page(width: {paper.width}mm, height: {paper.height}mm, margin: (top: {paper.top}mm, "
        f"bottom: {paper.bottom}mm, left: {paper.left}mm, right: {paper.right}mm), footer-descent: 0mm, "
        f"footer: {number if paper.numbered else 'none'})",
        f'#set text(font: "{paper.font}", size: {paper.size}pt, tracking: {paper.tracking}pt, lang: "zh", '
        f'top-edge: 0.88em, bottom-edge: -0.12em, fill: rgb("{paper.colour}"), cjk-latin-spacing: none)',
        f"#set par(leading: {leading}pt, spacing: {leading}pt, justify: true)",
        f"#let body(it) = {{ set text(size: {paper.body_size}pt, tracking: {paper.body_tracking}pt); "
        f"set par(leading: {paper.pitch - paper.body_size}pt, spacing: {paper.pitch - paper.body_size}pt); "
        f"h({paper.indent}em); it; parbreak() }}",
        f"#v({leading / 2}pt)" if not paper.head else "",
    ]
    parts += _head(paper) if paper.head else []
    parts += [f"#body[{paper.sentence * 3}]"] * (paper.paragraphs // 2)
    if not paper.paragraphs:
        parts.append("#body[质量强市]")
    else:
        parts += ["#body[一、指导思想]", f"#body[{paper.sentence}]", f"#body[{paper.heading}]"]
    parts += [f"#body[{paper.sentence * 3}]"] * (paper.paragraphs // 2)
    parts += _tail(paper) if paper.head else []
    return "\n\n".join(parts)


def _head(paper: Paper) -> list[str]:
    line = f'#v(4mm - {paper.pitch - paper.size}pt)\n#line(length: 156mm, stroke: 1.4pt + rgb("{paper.head_colour}"))'
    return [
        "#v(35mm)",
        f'#align(center, text(size: 42pt, fill: rgb("{paper.head_colour}"), weight: 700)[郑州市人民政府文件])',
        f"#v({2 * paper.pitch}pt)",
        f"#align({paper.number_align})[{paper.number}]",
        line if paper.red_line else "",
        f"#v({2 * paper.pitch - 6}pt)",
        f"#align({paper.title_align}, text(size: {paper.title_size}pt, weight: 700)[关于印发质量强市工作方案的通知])",
        f"#v({paper.pitch}pt)",
        f"#par[{paper.addressees}]" if paper.addressees else "",
        "" if paper.text_on_first_page else "#pagebreak()",
    ]


def _tail(paper: Paper) -> list[str]:
    ruled = "stroke: (top: 1pt, bottom: 1pt)" if paper.imprint_lines else "stroke: none"
    inner = "#line(length: 100%, stroke: 0.7pt)" if paper.imprint_lines else ""
    return [
        f"#v({paper.pitch}pt)",
        f"#align(right)[郑州市人民政府#h({paper.date_right - 0.5}em)]",
        f"#align(right)[{paper.date}#h({paper.date_right}em)]",
        f"#place(bottom, dy: -{paper.imprint_up}mm, block(width: 156mm, {ruled}, inset: (y: 6pt))["
        "#set text(size: 14pt)\n"
        f"#h(1em){paper.copies}\n\n{inner}\n\n#h(1em)郑州市人民政府办公厅#h(1fr){paper.printed}#h(1em)])",
    ]
