from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from qualicity.engines.documents.lines import Line, Table
from qualicity.engines.documents.reading import decode, read_document
from qualicity.engines.documents.typed_tables import with_tables
from qualicity.errors import FileError


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "空"),
        ("blank.txt", b" \n\r\n", "空"),
        ("old.doc", bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "另存为 .docx"),
        ("locked.docx", bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "加密"),
        ("broken.docx", b"PK\x03\x04 nothing", "损坏"),
        ("plan.pdf", b"%PDF-1.4", "不认识"),
        ("binary.txt", b"\x00\x01\x02\x03\xff\xfe", "文本"),
        ("noise.txt", b"\xff\xff\x81", "文本"),
    ],
)
def test_a_file_that_is_no_document_is_refused_with_what_to_do(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileError) as refusal:
        read_document(path)
    assert said in refusal.value.text.zh


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        read_document(tmp_path / "nothing.txt")


def test_a_zip_that_is_no_word_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(FileError):
        read_document(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    text = "一、主要目标\n到2015年，产品质量合格率达到95%以上。\n"
    assert decode(text.encode(encoding)) == text


def test_tabs_and_pipes_make_tables_and_a_broken_row_is_mended() -> None:
    blocks = with_tables("序号\t要 求\n1\t农业标准化生\n— 3 —\n产普及率超过30%。\n2\t合格率达到 96%。\n\n后文。")
    table = next(block for block in blocks if isinstance(block, Table))
    assert [row.cells for row in table.rows] == [
        ("序号", "要求"),
        ("1", "农业标准化生产普及率超过30%。"),
        ("2", "合格率达到96%。"),
    ]


def test_columns_held_apart_by_spaces_make_a_table() -> None:
    blocks = with_tables("序号    指标名称    目标值\n1    产品合格率    95%\n2    工程合格率    100%\n")
    assert isinstance(blocks[0], Table)
    assert blocks[0].rows[2].cells == ("2", "工程合格率", "100%")


def test_a_text_with_a_few_damaged_bytes_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "copied.txt"
    text = "某市质量提升工作方案\n一、工作目标\n" + "到2020年，产品质量合格率达到95%以上。\n" * 40
    path.write_bytes(text.encode("gb18030") + b"\xff\xfe\x81")
    blocks = read_document(path)
    assert any(isinstance(block, Line) and "合格率达到95%以上" in block.text for block in blocks)


def test_a_text_far_too_long_for_a_plan_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("到2020年，合格率达到95%。\n" * 300_000, encoding="utf-8")
    with pytest.raises(FileError, match="不像一份方案"):
        read_document(path)
