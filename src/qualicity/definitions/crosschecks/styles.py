"""What a house style must agree on with itself: faces, sizes, elements, and a text block that fits its margins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualicity.definitions.styles import ELEMENTS
from qualicity.errors import Text

if TYPE_CHECKING:
    from qualicity.definitions.crosschecks.asking import Check
    from qualicity.definitions.styles import Style

FACE, SIZE, ELEMENT = Text("字体", "face"), Text("字号", "size"), Text("要素", "element")
_LOOSE_MM = 0.01


def check_style(check: Check, style: Style) -> None:
    """Write down what does not agree within one house style."""
    for name, element in style.elements.items():
        at = check.at("elements", name)
        at.known(name, ELEMENTS, ELEMENT)
        at.at("face").known(element.face, style.faces, FACE)
        if element.latin:
            at.at("latin").known(element.latin, style.faces, FACE)
        at.at("size").known(element.size, style.sizes, SIZE)
    for name in ELEMENTS:
        if name not in style.elements:
            check.at("elements").say(f"缺少要素“{name}”", f"the element “{name}” is missing")
    _check_block(check, style)
    try:
        re.compile(style.marks.number.value)
    except re.error as error:
        check.at("marks", "number").say(f"不是正则表达式：{error}", f"not a regular expression: {error}")
    if "{page}" not in style.page_number.pattern.value:
        check.at("page_number", "pattern").say("页码式样必须含 {page}", "the pattern must hold {page}")


def _check_block(check: Check, style: Style) -> None:
    page = style.page
    for key, whole, block, margins in (
        ("block_width", page.width, page.block_width, (page.left, page.right)),
        ("block_height", page.height, page.block_height, (page.top, page.bottom)),
    ):
        left = whole.value - sum(margin.value for margin in margins)
        if abs(left - block.value) > _LOOSE_MM:
            check.at("page", key).say(
                f"页边距之间是 {left:g} 毫米，版心写的是 {block.value:g} 毫米",
                f"the margins leave {left:g} mm, the text block says {block.value:g} mm",
            )
