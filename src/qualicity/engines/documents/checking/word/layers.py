"""Effective values in Word: document defaults, table style, paragraph style, character style, then what is direct."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from docx.oxml.ns import qn

_DEEPEST: Final = 20
_OFF: Final = {"0", "false", "off", "none"}

Layers = Sequence[Any]


class Styles:
    """The styles of a document, and the layers of properties that apply to one paragraph or run, lowest first."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Any] = {}
        self._default: dict[str, str] = {}
        self._defaults: dict[str, Any] = {}
        if root is None:
            return
        for kind, name in (("p", "w:pPrDefault/w:pPr"), ("r", "w:rPrDefault/w:rPr")):
            self._defaults[kind] = _find(root, f"w:docDefaults/{name}")
        for style in root.findall(qn("w:style")):
            identity, kind = style.get(qn("w:styleId")), style.get(qn("w:type"), "")
            if identity:
                self._styles[identity] = style
                if style.get(qn("w:default")) in {"1", "true", "on"}:
                    self._default[kind] = identity

    def of_paragraph(self, paragraph: Any, table_style: str = "") -> list[Any]:
        """Return the ``pPr`` elements that apply, lowest first."""
        direct = paragraph.find(qn("w:pPr"))
        style = value(direct, "w:pStyle") or self._default.get("paragraph", "")
        found = [self._defaults.get("p"), *self._parts(table_style, "w:pPr"), *self._parts(style, "w:pPr"), direct]
        return [one for one in found if one is not None]

    def of_run(self, run: Any, paragraph: Any, table_style: str = "") -> list[Any]:
        """Return the ``rPr`` elements that apply to a run, lowest first."""
        properties = paragraph.find(qn("w:pPr"))
        style = value(properties, "w:pStyle") or self._default.get("paragraph", "")
        direct = run.find(qn("w:rPr")) if run is not None else None
        found = [
            self._defaults.get("r"),
            *self._parts(table_style, "w:rPr"),
            *self._parts(style, "w:rPr"),
            *self._parts(value(direct, "w:rStyle"), "w:rPr"),
            direct,
        ]
        return [one for one in found if one is not None]

    def of_table(self, style: str) -> list[Any]:
        """Return the ``tblPr`` elements of a table style, lowest first."""
        return [one for one in self._parts(style, "w:tblPr") if one is not None]

    def default_size(self) -> float:
        """Return the size of the default paragraph style in points."""
        style = self._default.get("paragraph", "")
        layers = [self._defaults.get("r"), *self._parts(style, "w:rPr")]
        return number(last([one for one in layers if one is not None], "w:sz")) / 2 or 10.0

    def _parts(self, style: str | None, name: str) -> list[Any]:
        return [element.find(qn(name)) for element in reversed(list(self._chain(style)))]

    def _chain(self, style: str | None) -> Iterator[Any]:
        for _ in range(_DEEPEST):
            element = self._styles.get(style or "")
            if element is None:
                return
            yield element
            style = value(element, "w:basedOn")


def value(parent: Any, child: str, attribute: str = "w:val") -> str | None:
    """Return an attribute of a child element, None where there is none."""
    found = parent.find(qn(child)) if parent is not None else None
    got: str | None = found.get(qn(attribute)) if found is not None else None
    return got


def last(layers: Layers, child: str, attribute: str = "w:val") -> str | None:
    """Return the attribute as the highest layer sets it."""
    for layer in reversed(layers):
        found = value(layer, child, attribute)
        if found is not None:
            return found
    return None


def is_on(layers: Layers, child: str) -> bool:
    """Return whether a switch such as ``w:b`` is on; the highest layer that names it decides."""
    for layer in reversed(layers):
        found = layer.find(qn(child))
        if found is not None:
            return (found.get(qn("w:val")) or "1").lower() not in _OFF
    return False


def names(layers: Layers, child: str) -> bool | None:
    """Return what the highest layer that names a switch says, None when none does."""
    return is_on(layers, child) if any(layer.find(qn(child)) is not None for layer in layers) else None


def number(text: str | None, default: float = 0.0) -> float:
    """Return a number as Word writes it (twips, half-points, or with a unit); the default for what is none."""
    if text is None:
        return default
    units = {"pt": 20.0, "mm": 1440 / 25.4, "cm": 1440 / 2.54, "in": 1440.0, "pc": 240.0, "pi": 240.0}
    scale = units.get(text[-2:], 1.0)
    try:
        got = float(text[:-2] if text[-2:] in units else text) * scale
    except ValueError:
        return default
    return got if abs(got) < 1e7 else default


def _find(parent: Any, path: str) -> Any:
    for step in path.split("/"):
        parent = parent.find(qn(step)) if parent is not None else None
    return parent
