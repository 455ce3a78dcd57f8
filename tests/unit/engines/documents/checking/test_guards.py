from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import pytest
from tests.unit.engines.documents.checking import papers, specimen

from qualicity.definitions.catalogue import catalogue
from qualicity.engines.documents.checking import guards
from qualicity.engines.documents.checking.checking import check_document
from qualicity.errors import FileError

STYLE = "gbt-9704-2012"


def refusal(path: Path) -> str:
    with pytest.raises(FileError) as caught:
        check_document(path, catalogue().styles[STYLE])
    assert caught.value.text.zh != caught.value.text.en
    return caught.value.text.zh


def repacked(path: Path, *, add: dict[str, bytes], drop: str = "") -> Path:
    """Write the specimen with parts added, replaced or dropped."""
    specimen.clean().save(path.with_suffix(".tmp"))
    with zipfile.ZipFile(path.with_suffix(".tmp")) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in add and part.filename != drop:
                new.writestr(part, old.read(part))
        for name, content in add.items():
            new.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.docx", b"", "空"),
        ("lock.docx", b"\x06owner", "临时文件"),
        ("notes.txt", b"text", "不能检查"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".doc"),
        ("scan.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 60, "图片"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("broken.docx", b"PK\x03\x04" + b"\0" * 60, "损坏"),
        ("broken.pdf", b"%PDF-1.7\nnothing more", "损坏"),
    ],
)
def test_what_is_no_document_is_refused_with_a_sentence(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert said in refusal(tmp_path / name)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "无法打开" in refusal(tmp_path / "none.docx")
    (tmp_path / "folder.docx").mkdir()
    assert "无法打开" in refusal(tmp_path / "folder.docx")


def test_an_ending_that_lies_is_refused(tmp_path: Path) -> None:
    specimen.clean().save(tmp_path / "really.docx")
    (tmp_path / "really.docx").rename(tmp_path / "really.pdf")
    assert ".docx" in refusal(tmp_path / "really.pdf")


def test_macros_are_refused_by_name_by_part_and_by_type(tmp_path: Path) -> None:
    specimen.clean().save(tmp_path / "a.docm")
    assert "宏" in refusal(tmp_path / "a.docm")
    assert "宏" in refusal(repacked(tmp_path / "b.docx", add={"word/vbaProject.bin": b"x"}))
    types = b"<Types><Default ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/></Types>"
    assert "宏" in refusal(repacked(tmp_path / "c.docx", add={"[Content_Types].xml": types}))


def test_entities_and_bombs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entity = b"<!DOCTYPE x [<!ENTITY a 'b'>]><w:document/>"
    assert "实体" in refusal(repacked(tmp_path / "a.docx", add={"word/document.xml": entity}))
    monkeypatch.setattr(guards, "MAX_UNPACKED", 3 << 20)
    assert "炸弹" in refusal(repacked(tmp_path / "b.docx", add={"word/media/image.bin": b"\0" * (4 << 20)}))
    stream = zlib.compress(b"\0" * (4 << 20))
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7\n1 0 obj <</Filter /FlateDecode>> stream\n" + stream + b"\nendstream")
    assert "炸弹" in refusal(tmp_path / "c.pdf")
    (tmp_path / "d.pdf").write_bytes(b"%PDF-1.7\n<</Filter [/FlateDecode /FlateDecode]>>")
    assert "炸弹" in refusal(tmp_path / "d.pdf")


def test_another_archive_and_a_document_without_its_text_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert ".zip" in refusal(tmp_path / "a.docx")
    assert "损坏" in refusal(repacked(tmp_path / "b.docx", add={}, drop="word/document.xml"))
    assert "损坏" in refusal(repacked(tmp_path / "c.docx", add={"word/document.xml": b"<w:document"}))


def test_a_scan_and_a_page_of_few_words_are_named(tmp_path: Path) -> None:
    papers.picture(tmp_path / "scan.pdf")
    assert "扫描" in refusal(tmp_path / "scan.pdf")
    papers.typeset(tmp_path / "few.pdf", papers.Paper(paragraphs=0, head=False))
    assert "太少" in refusal(tmp_path / "few.pdf")


def test_sheets_laid_out_for_folding_are_named(tmp_path: Path) -> None:
    papers.typeset(tmp_path / "folded.pdf", papers.Paper(width=420, paragraphs=2, head=False))
    assert "折叠" in refusal(tmp_path / "folded.pdf")


def test_a_large_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "MAX_BYTES", 10)
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04" + b"\0" * 60)
    assert "50 MB" in refusal(tmp_path / "a.docx")
