"""Tables that a phone can show: each cell knows its heading, so that a row may stand as a small card."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

from django import template
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.template.base import NodeList, Parser, Token
    from django.template.context import Context
    from django.utils.safestring import SafeString

register = template.Library()

LONG = 24
"""Letters from which a cell takes the whole width of a phone."""

_HEADING = re.compile(r"<th\b([^>]*)>(.*?)</th>", re.DOTALL)
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<(td|th)\b([^>]*)>(.*?)</\1>", re.DOTALL)
_NOTHING = ("", "—")
_SHOWN = re.compile(r"<(input|button|img)\b|<use\b|\bd=\"M")
"""What a cell without words may show all the same: a control, an icon, a trend that has been drawn."""
_SPAN = re.compile(r'colspan="(\d+)"')


class Stacked(template.Node):
    """A table whose rows become cards on a phone; its words and its order stay as they are."""

    def __init__(self, inside: NodeList) -> None:
        self.inside = inside

    def render(self, context: Context) -> SafeString:
        """Return the table with the heading of each cell written on the cell."""
        text = str(self.inside.render(context))
        head, end, body = text.partition("</thead>")
        if not end:
            return mark_safe(text)  # noqa: S308 -- what our own templates rendered
        labels = [_label(heading[2]) for heading in _HEADING.finditer(head)]
        head = head.replace('<table class="table', '<table class="table stacked', 1)
        return mark_safe(head + end + _ROW.sub(lambda row: _labelled(row[0], labels), body))  # noqa: S308 -- as above


@register.tag
def stacked(parser: Parser, _token: Token) -> Stacked:
    """Wrap a table with a head: ``{% stacked %}<table class="table">…</table>{% endstacked %}``."""
    inside = parser.parse(("endstacked",))
    parser.delete_first_token()
    return Stacked(inside)


@register.simple_tag
def comma() -> str:
    """Return what stands between the things of a list, as the reader's language writes it."""
    return ", " if (get_language() or "").startswith("en") else "、"


@register.filter
def listed(values: Iterable[object]) -> str:
    """Return things one after the other, as the reader's language lists them."""
    return comma().join(str(one) for one in values)


def _label(heading: str) -> str:
    """Return a heading as plain words; one that only screen readers see labels nothing."""
    return "" if "visually-hidden" in heading else _plain(heading)


def _labelled(row: str, labels: list[str]) -> str:
    position = 0

    def write(cell: re.Match[str]) -> str:
        nonlocal position
        tag, attributes, content = cell.groups()
        spans = _SPAN.search(attributes)
        label = labels[position] if position < len(labels) and not spans else ""
        position += int(spans[1]) if spans else 1
        return f"<{tag}{attributes}{_marks(tag, label, content)}>{content}</{tag}>"

    return _CELL.sub(write, row)


def _marks(tag: str, label: str, content: str) -> str:
    words = _plain(content)
    marks = f' data-label="{escape(label)}"' if label and tag == "td" else ""
    if words in _NOTHING and not _SHOWN.search(content):
        marks += " data-blank"
    return marks + (" data-long" if len(words) > LONG else "")


def _plain(html: str) -> str:
    return " ".join(unescape(strip_tags(html)).split())
