from __future__ import annotations

import pytest

from qualicity.definitions.catalogue import catalogue
from qualicity.engines.documents.checking.faces import Faces
from qualicity.engines.documents.checking.pdf.glyphs import colour_of, font_name

GARBLED = "仿宋_GB2312".encode("gbk").decode("latin-1")


@pytest.mark.parametrize(
    ("font", "face", "verdict"),
    [
        ("仿宋_GB2312", "fangsong", "right"),
        ("FangSong", "fangsong", "right"),
        ("ABCDEF+FangSong_GB2312", "fangsong", "right"),
        ("ABCDEF+FZFSK--GBK1-0", "fangsong", "right"),
        (f"ABCDEF+{GARBLED}", "fangsong", "right"),
        ("SimSun", "fangsong", "wrong"),
        ("MicrosoftYaHei-Bold", "fangsong", "wrong"),
        ("", "fangsong", "wrong"),
        ("FZXBSJW--GB1-0", "xiaobiaosong", "right"),
        ("黑体", "xiaobiaosong", "wrong"),
        ("SimHei,Bold", "heiti", "right"),
        ("NotoSerifCJKsc-Regular", "fangsong", "substitute"),
        ("Noto Serif CJK JP", "kaiti", "substitute"),
        ("DejaVuSans", "songti", "substitute"),
        ("CIDFont+F1", "fangsong", "hidden"),
        ("F2", "fangsong", "hidden"),
    ],
)
def test_a_font_is_judged_beside_the_face_asked_for(font: str, face: str, verdict: str) -> None:
    assert Faces(catalogue().styles["gbt-9704-2012"]).judge(font_name(font), face) == verdict


@pytest.mark.parametrize(
    ("value", "colour"),
    [
        (0, "000000"),
        ([1], "ffffff"),
        ((1, 0, 0), "ff0000"),
        ((0, 1, 1, 0), "ff0000"),
        ((0, 0, 0, 1), "000000"),
        (None, "000000"),
        (("P1",), "000000"),
    ],
)
def test_colours_of_a_pdf_become_red_green_and_blue(value: object, colour: str) -> None:
    assert colour_of(value) == colour
