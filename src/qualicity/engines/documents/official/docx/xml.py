"""XML as text: tags with escaped attributes and words, in the namespaces of office files."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Value = str | int | float


def tag(name: str, attributes: Mapping[str, object] | None = None, *children: str) -> str:
    """Return one element; children are XML already."""
    said = "".join(f" {key}={quoteattr(str(value))}" for key, value in (attributes or {}).items())
    inner = "".join(children)
    return f"<{name}{said}>{inner}</{name}>" if inner else f"<{name}{said}/>"


def val(name: str, value: Value) -> str:
    """Return ``<w:name w:val="value"/>``."""
    return tag(f"w:{name}", {"w:val": value})


def on(name: str, *, when: bool = True) -> str:
    """Return a switch that is on, or nothing."""
    return f"<w:{name}/>" if when else ""


def off(name: str) -> str:
    """Return a switch that is off."""
    return val(name, 0)


def words(text: str) -> str:
    """Return words as they are to be read."""
    return escape(text)


def part(name: str, *children: str) -> str:
    """Return a whole part with its namespaces declared."""
    spaces = {f"xmlns:{prefix}": uri for prefix, uri in NAMESPACES.items()}
    return HEADER + tag(name, spaces, *children)
