"""Whether a font is the face that the house style asks for, one that stands in for it, or another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from qualicity.definitions.styles import Face, Style

Verdict = Literal["right", "substitute", "hidden", "wrong"]

_WEIGHTS: Final = re.compile(r"(?:regular|bold|medium|light|semibold|black|heavy|normal|italic|book|w[1-9])+$")
_REGIONS: Final = re.compile(r"(cjk)(?:sc|tc|jp|kr|hk)$")
_SIGNS: Final = re.compile(r"[\s\-_,.@()+]+")
_HIDDEN: Final = re.compile(r"^(?:cidfontf?\d*|f\d+|tt[0-9a-f]*|font\d*|unnamed|unknown|)$")


class Faces:
    """The faces of a house style, to hold the fonts of a document against."""

    def __init__(self, style: Style) -> None:
        self._faces = {code: frozenset(map(plain, face.names)) for code, face in style.faces.items()}
        self._all = frozenset().union(*self._faces.values())
        self._substitutes = frozenset(
            [plain(one.family) for face in style.faces.values() for one in face.substitutes]
            + [plain(name) for name in style.fallbacks]
        )

    def judge(self, font: str, face: str) -> Verdict:
        """Return what a font is beside the face asked for."""
        name = plain(font)
        if _matches(name, self._faces[face]):
            return "right"
        if _matches(name, self._substitutes):
            return "substitute"
        return "hidden" if _HIDDEN.match(name) and font else "wrong"

    def is_chinese(self, font: str) -> bool:
        """Return whether this is one of the style's faces or what stands in for one."""
        name = plain(font)
        return (
            _matches(name, self._all) or _matches(name, self._substitutes) or any(sign >= "\u4e00" for sign in name)
        )

    def is_hidden(self, font: str) -> bool:
        """Return whether the file does not tell which font this is."""
        return bool(_HIDDEN.match(plain(font)))


def plain(name: str) -> str:
    """Return a font's name without blanks, signs, weight and region, to compare names by."""
    text = _SIGNS.sub("", name.lower())
    return _REGIONS.sub(r"\1", _WEIGHTS.sub("", text) or text)


def _matches(name: str, known: frozenset[str]) -> bool:
    return name in known or any(len(one) >= 5 and name.startswith(one) for one in known)


def title_of(face: Face) -> tuple[str, str]:
    """Return what a face is called in both languages."""
    return face.title.zh, face.title.en
