"""An archive of evidence: the same bytes again, every kind of tampering named, nothing unpacked."""

from __future__ import annotations

import os
import shutil
import signal
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualicity.engines.archives.manifest import NAME, SUMS
from qualicity.engines.archives.names import is_safe, safe_part
from qualicity.engines.archives.verifying import verify
from qualicity.engines.archives.writing import ChangedFileError, Entry, write_archive
from qualicity.errors import FileError, InputError, IntegrityError

ABOUT = {"assessment": 1, "rubric": "any"}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.csv"
    path.write_bytes(b"a,b\n1,2\n" * 1000)
    return path


@pytest.fixture
def packed(tmp_path: Path, source: Path) -> Path:
    path = tmp_path / "evidence.zip"
    write_archive(path, [Entry("b/文件.csv", source), Entry("a.json", b"{}"), Entry("c/x.txt", b"words")], ABOUT)
    return path


def rewrite(path: Path, change: dict[str, bytes | None], add: dict[str, bytes] | None = None) -> Path:
    """Return a copy of an archive with members changed (None: left out) or added."""
    target = path.with_name("other.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for one in old.infolist():
            content = change.get(one.filename, old.read(one.filename))
            if content is not None:
                new.writestr(one, content)
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return target


def test_a_fresh_archive_is_whole(packed: Path) -> None:
    found = verify(packed)
    assert found.ok
    assert (found.files, found.changed, found.missing, found.added, found.unsafe, found.hidden) == (
        3,
        (),
        (),
        (),
        (),
        0,
    )
    assert found.about == ABOUT


def test_the_same_content_gives_the_same_bytes(tmp_path: Path, source: Path) -> None:
    entries = [Entry("x", b"1"), Entry("y/文件.csv", source)]
    first = write_archive(tmp_path / "1.zip", entries, ABOUT)
    os.utime(source, (1, 1))
    second = write_archive(tmp_path / "2.zip", reversed(entries), ABOUT)
    assert first.sha256 == second.sha256
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()


def test_a_changed_file_is_named(packed: Path) -> None:
    found = verify(rewrite(packed, {"a.json": b"[]"}))
    assert (found.ok, found.changed, found.missing, found.added) == (False, ("a.json",), (), ())


def test_a_file_that_only_grew_is_changed(packed: Path) -> None:
    assert verify(rewrite(packed, {"c/x.txt": b"words and more"})).changed == ("c/x.txt",)


def test_a_missing_and_an_added_file_are_named(packed: Path) -> None:
    found = verify(rewrite(packed, {"c/x.txt": None}, {"d.txt": b"new"}))
    assert (found.ok, found.missing, found.added) == (False, ("c/x.txt",), ("d.txt",))


def test_the_sums_are_for_a_machine_that_has_nothing_else(packed: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(tmp_path / "out")
    tool = shutil.which("sha256sum")
    if tool is None:
        pytest.skip("no sha256sum here")
    assert subprocess.run([tool, "-c", SUMS], cwd=tmp_path / "out", capture_output=True, check=False).returncode == 0
    assert verify(rewrite(packed, {SUMS: b"forged"})).changed == (SUMS,)
    assert verify(rewrite(packed, {SUMS: None})).missing == (SUMS,)


def test_a_forged_manifest_is_found_by_the_hash_written_down(packed: Path, tmp_path: Path) -> None:
    hash_ = verify(packed).manifest_sha256
    assert verify(packed, expect=hash_.upper()).ok
    forged = tmp_path / "forged.zip"
    write_archive(forged, [Entry("a.json", b"{}")], ABOUT)
    assert verify(forged).ok, "by itself a forged archive looks whole"
    found = verify(forged, expect=hash_)
    assert (found.ok, found.manifest_matches) == (False, False)


def test_a_manifest_that_was_edited_by_hand_shows(packed: Path) -> None:
    with zipfile.ZipFile(packed) as archive:
        content = archive.read(NAME)
    assert NAME in verify(rewrite(packed, {NAME: content.replace(b'"any"', b'"any" ')})).changed
    gone = content.replace(b"a.json", b"z.json")
    assert verify(rewrite(packed, {NAME: gone})).missing[0] == "z.json"


@pytest.mark.parametrize("name", ["../out", "/etc/passwd", "a/../../b", "C:\\x", "a//b", "con.txt", "x\x00y", "a/."])
def test_no_name_leaves_its_folder(name: str, packed: Path, tmp_path: Path) -> None:
    assert not is_safe(name)
    with pytest.raises(InputError):
        write_archive(tmp_path / "bad.zip", [Entry(name, b"1")], ABOUT)
    assert not (tmp_path / "bad.zip").exists()
    if "\x00" not in name:
        found = verify(rewrite(packed, {}, {name: b"1"}))
        assert not found.ok
        assert found.unsafe


def test_a_link_and_a_name_that_stands_twice_are_unsafe(packed: Path) -> None:
    other = packed.with_name("link.zip")
    shutil.copy(packed, other)
    info = zipfile.ZipInfo("a-link")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(other, "a") as archive:
        archive.writestr(info, "/etc/passwd")
    assert verify(other).unsafe == ("a-link",)
    with zipfile.ZipFile(other, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.json", b"{}")
    assert "a.json" in verify(other).unsafe


def test_a_bomb_is_not_unpacked(packed: Path) -> None:
    other = packed.with_name("bomb.zip")
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            if one.filename == "a.json":
                with new.open("a.json", "w") as out:
                    for _ in range(300):
                        out.write(bytes(1 << 20))
            else:
                new.writestr(one, old.read(one.filename))
    started = time.process_time()
    assert verify(other).changed == ("a.json",)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("where", ["before", "after", "comment"])
def test_bytes_that_belong_to_no_file_are_found(packed: Path, where: str) -> None:
    content = packed.read_bytes()
    other = packed.with_name("more.zip")
    if where == "comment":
        shutil.copy(packed, other)
        with zipfile.ZipFile(other, "a") as archive:
            archive.comment = b"hidden words"
    else:
        other.write_bytes(b"MZ" + b"x" * 98 + content if where == "before" else content + b"tail")
    found = None
    try:
        found = verify(other)
    except FileError:
        return
    assert found.hidden
    assert not found.ok


def test_two_directories_that_disagree_are_found(packed: Path) -> None:
    """The local header names another file than the directory: unpackers differ in which they believe."""
    content = packed.read_bytes().replace(b"a.json", b"b.json", 1)
    other = packed.with_name("two.zip")
    other.write_bytes(content)
    assert verify(other).changed == ("a.json",)


@given(data=st.data())
@settings(deadline=None, max_examples=60)
def test_any_flipped_byte_is_found(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("flip")
    path = folder / "e.zip"
    written = write_archive(path, [Entry("a.json", b'{"x": 1}'), Entry("c/x.txt", b"words")], ABOUT)
    content = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    try:
        found = verify(path, expect=written.manifest_sha256)
    except (FileError, IntegrityError):
        return
    if found.ok:
        # a bit that says how to show the file, not what is in it: its content is still what was written
        with zipfile.ZipFile(path) as archive:
            assert archive.read("a.json") == b'{"x": 1}'
            assert archive.read("c/x.txt") == b"words"


@pytest.mark.parametrize("content", [b"", b"words", b"PK\x05\x06" + bytes(18), struct.pack("<I", 0x04034B50)])
def test_what_is_no_archive_of_evidence_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(FileError):
        verify(path)
    with pytest.raises(FileError):
        verify(tmp_path / "nowhere.zip")


def test_a_file_that_changed_or_went_in_the_store_stops_the_packing(tmp_path: Path, source: Path) -> None:
    target = tmp_path / "x.zip"
    with pytest.raises(ChangedFileError, match=r"b\.csv"):
        write_archive(target, [Entry("b.csv", source, sha256="0" * 64)], ABOUT)
    with pytest.raises(ChangedFileError, match=r"b\.csv"):
        write_archive(target, [Entry("b.csv", tmp_path / "gone")], ABOUT)
    assert list(tmp_path.iterdir()) == [source]


def test_a_killed_packing_leaves_no_half_archive(tmp_path: Path) -> None:
    big = tmp_path / "big.bin"
    with big.open("wb") as file:
        file.truncate(3 << 30)
    script = (
        "import sys; from pathlib import Path; from qualicity.engines.archives.writing import *\n"
        "write_archive(Path(sys.argv[1]), [Entry('big.bin', Path(sys.argv[2]))], {})"
    )
    target = tmp_path / "e.zip"
    target.write_bytes(b"the archive of last week")
    process = subprocess.Popen([sys.executable, "-c", script, target, big], env={**os.environ})
    for _ in range(200):
        time.sleep(0.05)
        if any(one.stat().st_size > 1 << 20 for one in tmp_path.glob(".e.zip.*.part")):
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert process.returncode == -signal.SIGKILL
    assert target.read_bytes() == b"the archive of last week"


def test_words_become_a_name_that_is_safe_everywhere() -> None:
    assert safe_part("年度总结 (终稿).docx") == "年度总结 (终稿).docx"
    assert safe_part("../../etc/passwd") == "_.._etc_passwd"
    assert safe_part("CON.txt") == "_CON.txt"
    assert len(safe_part("长" * 300 + ".xlsx")) == 80
    assert safe_part("长" * 300 + ".xlsx").endswith(".xlsx")


@given(st.text(max_size=120))
def test_any_words_become_a_safe_name(words: str) -> None:
    assert is_safe(safe_part(words))
