"""One change to the shipped house style, and what the checks then say."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualicity.definitions.catalogue import SHIPPED, catalogue
from qualicity.definitions.crosschecks import Sources, crosscheck
from qualicity.definitions.loading import Source, build, read_yaml
from qualicity.definitions.styles import ELEMENTS, Style
from qualicity.errors import DefinitionError

FILE = SHIPPED / "styles" / "gbt-9704-2012.yaml"


def broken(tmp_path: Path, old: str, new: str) -> tuple[str, str]:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    line = text[: text.index(old)].count("\n") + 1
    (tmp_path / FILE.name).write_text(text.replace(old, new, 1), encoding="utf-8")
    source = read_yaml(tmp_path / FILE.name, name=FILE.name)
    return said(source), f"{FILE.name}:{line}: "


def said(source: Source) -> str:
    style = build(Style, source)
    sources = Sources({}, {}, {}, {}, {}, styles={style.code: source})
    found = crosscheck(plans={}, registers={}, profiles={}, units=(), sources=sources, styles={style.code: style})
    return "\n".join(f"{one.where}: {one.en} / {one.zh}" for one in found)


@pytest.mark.parametrize(
    ("old", "new", "en"),
    [
        ("    face: kaiti\n", "    face: kati\n", "there is no face “kati”; did you mean “kaiti”?"),
        ("    size: 初号\n", "    size: 初\n", "there is no size “初”"),
        ("  addressees:\n", "  addresees:\n", "there is no element “addresees”; did you mean “addressees”?"),
        ("  left: {value: 28", "  left: {value: 27", "the margins leave 157 mm, the text block says 156 mm"),
        ("[1-9][0-9]*号$'", "[1-9][0-9*号$'", "not a regular expression"),
        ('"— {page} —"', '"— 1 —"', "the pattern must hold {page}"),
    ],
)
def test_what_does_not_agree_is_said(tmp_path: Path, old: str, new: str, en: str) -> None:
    text, where = broken(tmp_path, old, new)
    assert en in text
    if "margins" not in en:
        assert where in text


def test_a_missing_element_is_named(tmp_path: Path) -> None:
    text, _ = broken(tmp_path, "  addressees:\n", "  address:\n")
    assert "the element “addressees” is missing" in text


def test_a_misspelt_key_of_a_value_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"gbt-9704-2012.yaml:\d+: .*tolerence"):
        broken(tmp_path, "tolerance: 0.5", "tolerence: 0.5")


def test_the_shipped_style_says_what_the_standard_says() -> None:
    style = catalogue().styles["gbt-9704-2012"]
    assert said(read_yaml(FILE)) == ""
    assert set(style.elements) == set(ELEMENTS)
    page = style.page
    assert (page.width.value, page.height.value) == (210, 297)
    assert (page.top.value, page.bottom.value, page.left.value, page.right.value) == (37, 35, 28, 26)
    assert (page.block_width.value, page.block_height.value) == (156, 225)
    assert (style.body.lines.value, style.body.characters.value) == (22, 28)
    assert style.points("body") == 16
    assert style.points("title") == 22
    assert style.points("page_number") == 14
    assert style.face("heading_1").names[0] == "黑体"
    assert style.face("heading_2").names[0] == "楷体_GB2312"
    assert style.latin_face("body") == style.face("body")
