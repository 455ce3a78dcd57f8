from __future__ import annotations

from pathlib import Path

import pytest

from qualicity.definitions.styles import Style
from qualicity.engines.charts import drawing
from qualicity.engines.documents.official import fonts, write_docx, write_pdf
from qualicity.engines.documents.official.cmap import Coverage, coverage
from qualicity.engines.documents.official.fonts import File, Installed, choose, installed, missing, substitutions
from qualicity.engines.documents.official.model import Document, Paragraph, Picture
from qualicity.errors import NotPossibleError


def machine(*families: str) -> Installed:
    return Installed({name: (File(400, "/nowhere", 0),) for name in families}, installed().fonts)


def test_an_office_machine_needs_no_substitute(style: Style) -> None:
    chosen = choose(style, machine("FangSong", "KaiTi", "SimHei", "SimSun", "FZXiaoBiaoSong-B05S"))
    assert {code: one.family for code, one in chosen.items()} == {
        "fangsong": "FangSong",
        "kaiti": "KaiTi",
        "heiti": "SimHei",
        "songti": "SimSun",
        "xiaobiaosong": "FZXiaoBiaoSong-B05S",
    }
    assert substitutions(chosen.values()) == ()


def test_names_are_known_in_any_case(style: Style) -> None:
    chosen = choose(style, machine("fangsong", "KAITI", "simhei", "simsun", "fzxiaobiaosong-b05s"))
    assert chosen["fangsong"].family == "fangsong"


def test_what_is_replaced_is_named_once(style: Style) -> None:
    chosen = choose(style, machine("Noto Serif CJK SC", "SimHei"))
    named = substitutions(list(chosen.values()) * 2)
    assert [(one.wanted, one.used) for one in named] == [
        ("仿宋_GB2312", "Noto Serif CJK SC"),
        ("楷体_GB2312", "Noto Serif CJK SC"),
        ("方正小标宋简体", "Noto Serif CJK SC"),
        ("宋体", "Noto Serif CJK SC"),
    ]


def test_a_better_substitute_is_taken_first(style: Style) -> None:
    chosen = choose(style, machine("Noto Serif CJK SC", "Noto Sans CJK SC", "LXGW WenKai"))
    assert chosen["kaiti"].family == "LXGW WenKai"
    assert chosen["heiti"].weight == 500


def test_a_machine_without_chinese_typefaces_says_how_to_mend_it(
    style: Style, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = machine("DejaVu Sans")
    monkeypatch.setattr("qualicity.engines.documents.official.pdf.installed", lambda: bare)
    with pytest.raises(NotPossibleError) as caught:
        write_pdf(Document("letter", "函"), style)
    for text in (caught.value.text.zh, caught.value.text.en):
        assert "fonts-noto-cjk" in text
        assert "QUALICITY_FONTS" in text
        assert "仿宋_GB2312" in text


def test_a_folder_of_typefaces_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QUALICITY_FONTS", str(tmp_path / "fonds"))
    with pytest.raises(NotPossibleError, match="fonds"):
        installed()


def test_a_folder_of_typefaces_is_looked_into(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    some = next(file for files in installed().families.values() for file in files if file.path.endswith(".ttf"))
    (tmp_path / "own.ttf").write_bytes(Path(some.path).read_bytes())
    monkeypatch.setenv("QUALICITY_FONTS", str(tmp_path))
    assert any(str(tmp_path) in str(path) for path in fonts.folders())
    assert installed().families


def test_characters_without_a_shape_are_named(style: Style) -> None:
    here = installed()
    chosen = choose(style, here).values()
    assert missing("质量〔2014〕★ “”\n\u200b", chosen, here) == ()
    assert missing("质\U0001f600量\U0001f600", chosen, here) == ("\U0001f600",)


def test_such_a_document_is_written_all_the_same_and_says_so(style: Style) -> None:
    written = write_pdf(Document("letter", "函", blocks=(Paragraph(("笑\U0001f600",)),)), style)
    assert written.data.startswith(b"%PDF")
    assert written.missing == ("\U0001f600",)


def test_charts_of_an_office_file_are_drawn_here_so_their_words_are_looked_at(
    style: Style, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = Document("letter", "函", blocks=(picture,))
    assert write_docx(document, style).missing == ()
    monkeypatch.setattr(fonts, "installed", lambda: machine("DejaVu Sans"))
    assert set(write_docx(document, style).missing) >= set("目标")
    assert write_docx(Document("letter", "函"), style).missing == ()


def test_the_charts_know_the_folders_of_typefaces(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import vl_convert

    told: list[str] = []
    monkeypatch.setattr(vl_convert, "register_font_directory", told.append)
    monkeypatch.setenv("QUALICITY_FONTS", str(tmp_path))
    drawing.know_fonts.cache_clear()
    drawing.know_fonts()
    drawing.know_fonts()
    assert told == [str(tmp_path)]
    drawing.know_fonts.cache_clear()


def test_coverage_is_kept_in_ranges() -> None:
    known = Coverage((65, 0x4E00), (90, 0x9FFF))
    assert "A" in known
    assert "Z" in known
    assert "质" in known
    assert "a" not in known
    assert "\x00" not in known


def test_what_is_no_font_has_no_coverage(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"\x00\x01")
    assert coverage(str(tmp_path / "broken.ttf"), 0) is None
    assert coverage(str(tmp_path / "absent.ttf"), 0) is None
