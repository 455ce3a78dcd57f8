"""Which typefaces this machine has, and what stands in for one that it has not: named, never silently."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category, east_asian_width

import typst

from qualicity.engines.charts.drawing import FONTS_VARIABLE
from qualicity.engines.documents.official.cmap import coverage
from qualicity.engines.documents.official.model import Picture, blocks_of
from qualicity.engines.documents.official.rendered import Substitution
from qualicity.errors import NotPossibleError

if TYPE_CHECKING:
    from qualicity.definitions.styles import Face, Style
    from qualicity.engines.documents.official.model import Document

#: Kinds of characters that have no shape: spaces, controls, joiners.
_UNSEEN = {"Zs", "Zl", "Zp", "Cc", "Cf"}


@dataclass(frozen=True, slots=True)
class File:
    """One file of a family: its weight, and the font's number in a collection."""

    weight: int
    path: str
    index: int


@dataclass(frozen=True, slots=True)
class Installed:
    """The families of this machine, and the handle by which typst knows them."""

    families: Mapping[str, tuple[File, ...]]
    fonts: typst.Fonts


@dataclass(frozen=True, slots=True)
class Chosen:
    """The family that a face is set in; ``wanted`` is the name it should have had, when it had to be replaced."""

    family: str
    weight: int
    wanted: str = ""


def folders() -> tuple[str, ...]:
    """Return the configured folders of typefaces.

    Raises NotPossibleError for a folder that is not there: a misspelt one must not end in another typeface.
    """
    found = tuple(part for part in os.environ.get(FONTS_VARIABLE, "").split(os.pathsep) if part)
    for part in found:
        if not Path(part).is_dir():
            raise NotPossibleError(
                f"环境变量 {FONTS_VARIABLE} 指向“{part}”，但没有这个文件夹；请改正或取消该变量。",
                f"The variable {FONTS_VARIABLE} names “{part}”, which is no folder; mend or unset it.",
            )
    return found


def installed() -> Installed:
    """Return the typefaces of the system and of the configured folders."""
    return _installed(folders(), system=True)


@lru_cache(maxsize=8)
def _installed(paths: tuple[str, ...], *, system: bool) -> Installed:
    fonts = typst.Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=list(paths))
    families: dict[str, list[File]] = {}
    for one in fonts.fonts():
        if one.path and one.style == "normal":
            families.setdefault(one.family, []).append(File(one.weight, one.path, one.index))
    return Installed({name: tuple(files) for name, files in families.items()}, fonts)


def choose(style: Style, machine: Installed) -> dict[str, Chosen]:
    """Return for each face of a style the family that it is set in.

    Raises NotPossibleError when a machine has neither a face nor anything that may stand in for it.
    """
    return {code: _chosen(face, machine) for code, face in style.faces.items()}


def _chosen(face: Face, machine: Installed) -> Chosen:
    known = {name.casefold(): name for name in machine.families}
    for name in face.names:
        if name.casefold() in known:
            return Chosen(known[name.casefold()], face.weight)
    for substitute in face.substitutes:
        if substitute.family.casefold() in known:
            return Chosen(known[substitute.family.casefold()], substitute.weight, wanted=face.names[0])
    raise NotPossibleError(
        f"本机没有“{face.title.zh}”（{face.names[0]}），也没有可替代的中文字体，无法排版。请安装中文字体"
        f"（如 apt-get install fonts-noto-cjk），或把字体文件放入一个文件夹并用 {FONTS_VARIABLE} 指明。",
        f"This machine has neither {face.title.en} ({face.names[0]}) nor a Chinese typeface that may stand in for "
        f"it. Install one (such as apt-get install fonts-noto-cjk), or name a folder of them by {FONTS_VARIABLE}.",
    )


def substitutions(chosen: Iterable[Chosen]) -> tuple[Substitution, ...]:
    """Return what had to be replaced, each once."""
    found = {one.wanted: one for one in chosen if one.wanted}
    return tuple(Substitution(one.wanted, one.family) for one in found.values())


def missing(text: str, chosen: Iterable[Chosen], machine: Installed) -> tuple[str, ...]:
    """Return the characters of a text that none of the chosen families can draw, in order of appearance."""
    files = {(file.path, file.index) for one in chosen for file in machine.families[one.family]}
    known = [found for path, index in sorted(files) if (found := coverage(path, index)) is not None]
    if not known:
        return ()
    wanted = dict.fromkeys(character for character in text if category(character) not in _UNSEEN)
    return tuple(character for character in wanted if not any(character in one for one in known))


def missing_from_charts(document: Document, style: Style) -> tuple[str, ...]:
    """Return the characters of a document's charts that this machine cannot draw into their pictures."""
    charts = [one.specification for one in blocks_of(document) if isinstance(one, Picture) and one.png is None]
    text = "".join(json.dumps(one, ensure_ascii=False) for one in charts if one is not None)
    if not text:
        return ()
    machine = installed()
    try:
        return missing(text, choose(style, machine).values(), machine)
    except NotPossibleError:
        return tuple(dict.fromkeys(one for one in text if east_asian_width(one) in "WF"))
