from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from qualicity.engines.tables import guards
from qualicity.engines.tables.guards import inspect
from qualicity.errors import FileError

ENTITIES = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><a>&lol2;</a>'


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["编号", "地区"])
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def with_part(workbook: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(workbook, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return workbook


def test_a_plain_workbook_comes_in(workbook) -> None:
    assert inspect(workbook) == "xlsx"
    assert inspect(workbook, name="报表.XLSX", max_bytes=1_000_000) == "xlsx"


def test_the_size_is_limited(workbook) -> None:
    with pytest.raises(FileError, match="more than the limit"):
        inspect(workbook, max_bytes=100)


def test_a_zip_bomb_is_refused_by_what_it_declares(workbook) -> None:
    with pytest.raises(FileError, match="zip bomb"):
        inspect(with_part(workbook, "xl/bomb.xml", b"0" * 30_000_000))


def test_a_zip_bomb_that_lies_about_its_size_is_refused_by_its_bytes(workbook) -> None:
    with_part(workbook, "xl/bomb.xml", b"0" * 30_000_000)
    data = bytearray(workbook.read_bytes())
    # The size stands in the local header and in the directory; both now say 1000 bytes.
    size = struct.pack("<I", 30_000_000)
    assert data.count(size) == 2
    workbook.write_bytes(data.replace(size, struct.pack("<I", 1000)))
    with pytest.raises(FileError):
        inspect(workbook)


@pytest.mark.parametrize(
    ("part", "content", "told"),
    [
        ("xl/vbaProject.bin", b"x", "macros"),
        ("xl/externalLinks/externalLink1.xml", b"<externalLink/>", "links to other files"),
        ("xl/custom.xml", ENTITIES, "entities"),
        ("docProps/late.xml", b" " * ((1 << 20) - 5) + ENTITIES, "entities"),
    ],
)
def test_dangerous_parts_are_refused_and_said(workbook, part, content, told) -> None:
    with pytest.raises(FileError, match=told):
        inspect(with_part(workbook, part, content))


def test_a_macro_workbook_is_refused_by_its_ending_and_by_its_own_list_of_types(workbook, tmp_path) -> None:
    with pytest.raises(FileError, match="macros"):
        inspect(workbook, name="a.xlsm")
    changed = tmp_path / "b.xlsx"
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == "[Content_Types].xml":
                content = content.replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")
            new.writestr(part, content)
    with pytest.raises(FileError, match="macros"):
        inspect(changed)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", b"", "empty"),
        ("a.xlsx", b"PK\x03\x04 broken", "damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook_VBA_PROJECT".encode("utf-16-le"), "macros"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 a letter", "not accepted"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        ("a.csv", b"%PDF-1.4", "not accepted"),
        ("a.csv", b"a,b\0c\n", "not accepted"),
        ("a.parquet", b"PAR1 broken", "damaged"),
        ("a.doc", b"a,b\n", "not accepted"),
        ("a.xlsx", b"a,b\n1,2\n", "the content is .csv"),
    ],
)
def test_files_that_are_not_what_they_say_are_refused_and_said(tmp_path, name, content, told) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileError, match=told):
        inspect(path)


def test_a_workbook_sent_as_text_is_refused_with_its_right_name(workbook) -> None:
    with pytest.raises(FileError, match=r"ends in \.csv but the content is \.xlsx"):
        inspect(workbook, name="a.csv")


def test_another_archive_is_no_workbook(tmp_path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(FileError, match="not accepted"):
        inspect(tmp_path / "a.xlsx")


def test_a_parquet_file_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch) -> None:
    pl.DataFrame({"a": [0] * 100_000}).write_parquet(tmp_path / "a.parquet")
    assert inspect(tmp_path / "a.parquet") == "parquet"
    monkeypatch.setattr(guards, "_MAX_ROWS", 1000)
    with pytest.raises(FileError, match="unpacks"):
        inspect(tmp_path / "a.parquet")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.4 x", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"Rar!\x1a", "an archive"),
        (b"MZ\0\0", "binary data"),
    ],
)
def test_what_hides_under_a_tables_name_is_named_by_its_content(tmp_path: Path, content: bytes, said: str) -> None:
    kept = tmp_path / "0123abcd"  # as a file that came in lies on disk: without an ending
    kept.write_bytes(content)
    with pytest.raises(FileError, match=said):
        inspect(kept, name="上报.xlsx")
