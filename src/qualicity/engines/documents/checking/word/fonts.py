"""Which font draws a character in Word: four slots, theme fonts that win over named ones, hints, shared signs."""

from __future__ import annotations

from typing import Any, Final

from docx.oxml.ns import qn

from qualicity.engines.documents.checking.letters import SHARED_SIGNS, is_wide
from qualicity.engines.documents.checking.word.layers import Layers

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_THEMED: Final = {
    "eastAsia": ("w:eastAsia", "w:eastAsiaTheme"),
    "hAnsi": ("w:hAnsi", "w:hAnsiTheme"),
    "ascii": ("w:ascii", "w:asciiTheme"),
}


class Theme:
    """The fonts of a document's theme: ``minorEastAsia`` and the like."""

    def __init__(self, root: Any | None, language: str = "zh-CN") -> None:
        self._fonts: dict[str, str] = {}
        script = "Hant" if language in {"zh-TW", "zh-HK", "zh-MO"} else "Hans"
        for size in ("major", "minor"):
            fonts = root.find(f".//{_A}{size}Font") if root is not None else None
            if fonts is None:
                continue
            asian = _typeface(fonts.find(f"{_A}ea"))
            scripts = {one.get("script"): one.get("typeface", "") for one in fonts.findall(f"{_A}font")}
            latin = _typeface(fonts.find(f"{_A}latin"))
            self._fonts[f"{size}EastAsia"] = asian or scripts.get(script) or ""
            self._fonts[f"{size}HAnsi"] = self._fonts[f"{size}Ascii"] = latin

    def font(self, name: str) -> str:
        """Return the font that a theme's name stands for, empty where the theme names none."""
        return self._fonts.get(name, "")


def _typeface(element: Any) -> str:
    return element.get("typeface", "") if element is not None else ""


def slots(layers: Layers, theme: Theme) -> dict[str, str]:
    """Return the font of each slot: eastAsia, hAnsi, ascii. A theme's font wins over one named beside it."""
    found = dict.fromkeys(_THEMED, "")
    for layer in layers:
        fonts = layer.find(qn("w:rFonts"))
        if fonts is None:
            continue
        for slot, (named, themed) in _THEMED.items():
            chosen = theme.font(fonts.get(qn(themed)) or "") or fonts.get(qn(named))
            if chosen:
                found[slot] = chosen
    return found


def is_asian_hinted(layers: Layers) -> bool:
    """Return whether the run says that signs shared by Latin and Chinese fonts are Chinese."""
    for layer in reversed(layers):
        fonts = layer.find(qn("w:rFonts"))
        if fonts is not None and fonts.get(qn("w:hint")):
            return str(fonts.get(qn("w:hint"))) == "eastAsia"
    return False


def slot_of(sign: str, *, hinted: bool) -> str:
    """Return the slot that draws a character: quotation marks, dashes and dots are Latin unless hinted."""
    if sign in SHARED_SIGNS:
        return "eastAsia" if hinted else "hAnsi"
    if is_wide(sign):
        return "eastAsia"
    return "ascii" if sign.isascii() else "hAnsi"
