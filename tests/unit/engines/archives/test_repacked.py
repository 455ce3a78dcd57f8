"""An archive unpacked, changed and packed again by any tool: what changed is told exactly, nothing else is."""

from __future__ import annotations

import shutil
import struct
import subprocess
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from qualicity.engines.archives.manifest import NAME, SUMS
from qualicity.engines.archives.verifying import verify
from qualicity.engines.archives.writing import Entry, write_archive
from qualicity.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CHINESE, ACCENTED = "台账/十月 清运.csv", "b/Qualité.txt"
CONTENT = {CHINESE: b"a,b\n1,2\n" * 500, ACCENTED: b"words", "a.json": b"{}", "keep/x.txt": b"kept"}
UTF8, DESCRIBED = 0x800, 8


@dataclass(frozen=True)
class Raw:
    """One member as a tool writes it, header by header."""

    letters: bytes
    content: bytes = b""
    flags: int = 0
    extra: bytes = b""
    deflated: bool = True
    signed: bool = True
    attributes: int = 0o100644 << 16
    system: int = 3
    local_extra: bytes | None = None


def raw_zip(members: list[Raw]) -> bytes:
    out, directory = b"", b""
    for one in members:
        squeezer = zlib.compressobj(wbits=-15)
        body = squeezer.compress(one.content) + squeezer.flush() if one.deflated else one.content
        crc, method, at = zlib.crc32(one.content), 8 if one.deflated else 0, len(out)
        sizes = (crc, len(body), len(one.content))
        told = (0, 0, 0) if one.flags & DESCRIBED else sizes
        here = one.extra if one.local_extra is None else one.local_extra
        out += struct.pack(
            "<IHHHHHIIIHH", 0x04034B50, 20, one.flags, method, 0, 33, *told, len(one.letters), len(here)
        )
        out += one.letters + here + body
        if one.flags & DESCRIBED:
            out += (b"PK\x07\x08" if one.signed else b"") + struct.pack("<III", *sizes)
        directory += struct.pack(
            "<IBBHHHHHIIIHHHHHII", 0x02014B50, 30, one.system, 20, one.flags, method, 0, 33, *sizes,
            len(one.letters), len(one.extra), 0, 0, 0, one.attributes, at,
        ) + one.letters + one.extra  # fmt: skip
    count = len(members)
    return out + directory + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(directory), len(out), 0)


def unicode_path(name: str, letters: bytes) -> bytes:
    field = b"\x01" + struct.pack("<I", zlib.crc32(letters)) + name.encode()
    return struct.pack("<HH", 0x7075, len(field)) + field


def escaped(name: str) -> bytes:
    """A name as a tool without its letters writes it."""
    return "".join(one if one.isascii() else f"#U{ord(one):04x}" for one in name).encode()


WAYS: dict[str, Callable[[str, bytes], Raw]] = {
    "UTF-8, flagged": lambda name, content: Raw(name.encode(), content, UTF8),
    "UTF-8, not flagged": lambda name, content: Raw(name.encode(), content),
    "GBK of a Chinese Windows": lambda name, content: Raw(name.encode("gb18030"), content, attributes=0x20, system=0),
    "Unicode Path field": lambda name, content: Raw(
        escaped(name), content, extra=unicode_path(name, escaped(name)), local_extra=b""
    ),
    "Unicode Path field in both headers": lambda name, content: Raw(
        escaped(name), content, extra=unicode_path(name, escaped(name))
    ),
    "descriptors": lambda name, content: Raw(name.encode(), content, UTF8 | DESCRIBED),
    "descriptors without a mark": lambda name, content: Raw(name.encode(), content, UTF8 | DESCRIBED, signed=False),
    "stored": lambda name, content: Raw(name.encode(), content, UTF8, deflated=False),
    "decomposed letters": lambda name, content: Raw(unicodedata.normalize("NFD", name).encode(), content, UTF8),
    "backslashes": lambda name, content: Raw(name.replace("/", "\\").encode(), content, UTF8, system=0, attributes=0),
}


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    path = tmp_path / "evidence.zip"
    write_archive(path, [Entry(name, content) for name, content in CONTENT.items()], {"assessment": 1})
    return path


@pytest.fixture
def unpacked(packed: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(packed) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tampered(files: dict[str, bytes]) -> dict[str, bytes]:
    """One file changed, one removed, one added."""
    other = {name: content for name, content in files.items() if name != ACCENTED}
    return other | {CHINESE: b"a,b\n9,9\n" * 500, "台账/新增.csv": b"new"}


def found(path: Path) -> tuple[tuple[str, ...], ...]:
    verdict = verify(path)
    return verdict.changed, verdict.missing, verdict.added, verdict.unsafe, ("",) * bool(verdict.hidden)


TOLD = ((CHINESE,), (ACCENTED,), ("台账/新增.csv",), (), ())


@pytest.mark.parametrize("way", WAYS)
def test_what_changed_is_told_exactly_however_it_was_packed(
    way: str, unpacked: dict[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / "again.zip"
    path.write_bytes(raw_zip([WAYS[way](name, content) for name, content in unpacked.items()]))
    assert verify(path).ok, "packed again unchanged, it is whole"
    path.write_bytes(raw_zip([WAYS[way](name, content) for name, content in tampered(unpacked).items()]))
    changed, missing, added, unsafe, hidden = found(path)
    assert (changed, missing, hidden) == ((CHINESE,), (ACCENTED,), ())
    # an unknown name with backslashes leaves its folder on some systems and not on others
    assert unsafe == (added if way == "backslashes" else ())
    assert [one.replace("\\", "/") for one in added] == ["台账/新增.csv"]


@pytest.mark.parametrize("folder", ["", "evidence/", "证据包/"])
def test_folders_and_a_folder_around_everything_are_no_difference(
    folder: str, unpacked: dict[str, bytes], tmp_path: Path
) -> None:
    way = WAYS["UTF-8, not flagged"]
    folders = [Raw(f"{folder}{name}/".encode(), attributes=0o040755 << 16) for name in ("b", "台账", "台账/空")]
    around = [Raw(folder.encode(), deflated=False, attributes=0o040755 << 16)] if folder else []
    path = tmp_path / "again.zip"
    path.write_bytes(raw_zip(around + folders + [way(folder + name, one) for name, one in unpacked.items()]))
    assert verify(path).ok
    path.write_bytes(
        raw_zip(around + folders + [way(folder + name, one) for name, one in tampered(unpacked).items()])
    )
    assert found(path) == TOLD


def test_what_a_mac_puts_beside_files_is_added(unpacked: dict[str, bytes], tmp_path: Path) -> None:
    beside = {"__MACOSX/evidence/._a.json": b"\0\5\x16\7", "evidence/.DS_Store": b"\0\0\0\1Bud1"}
    members = {f"evidence/{name}": content for name, content in tampered(unpacked).items()} | beside
    path = tmp_path / "again.zip"
    path.write_bytes(raw_zip([Raw(name.encode(), content, DESCRIBED) for name, content in members.items()]))
    changed, missing, added, unsafe, hidden = found(path)
    assert (changed, missing, unsafe, hidden) == ((CHINESE,), (ACCENTED,), (), ())
    assert added == (".DS_Store", "__MACOSX/evidence/._a.json", "台账/新增.csv")


@pytest.mark.parametrize("squeezed", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_python_packs_it_again(squeezed: int, unpacked: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "again.zip"
    with zipfile.ZipFile(path, "w", squeezed) as archive:
        archive.mkdir("空")
        for name, content in tampered(unpacked).items():
            archive.writestr(name, content)
    assert found(path) == TOLD


@pytest.mark.parametrize("letters", ["C", "C.UTF-8"])
def test_the_zip_of_a_unix_packs_it_again(letters: str, packed: Path, tmp_path: Path) -> None:
    tool = shutil.which("zip")
    if tool is None:
        pytest.skip("no zip here")
    folder, path = tmp_path / "out", tmp_path / "again.zip"
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder)
    (folder / CHINESE).write_bytes(b"a,b\n9,9\n" * 500)
    (folder / ACCENTED).unlink()
    (folder / "台账" / "新增.csv").write_bytes(b"new")
    subprocess.run([tool, "-q", "-r", path, "."], cwd=folder, env={"LC_ALL": letters}, check=True)
    assert found(path) == TOLD
    piped = tmp_path / "piped.zip"
    with piped.open("wb") as out:
        subprocess.run([tool, "-q", "-r", "-", "."], cwd=folder, env={"LC_ALL": letters}, stdout=out, check=True)
    assert found(piped) == TOLD


@pytest.mark.parametrize(
    "evil",
    [
        Raw(b"../../etc/cron.d/x", b"1"),
        Raw(b"..\\out", b"1", UTF8),
        Raw(b"../", attributes=0o040755 << 16),
        Raw(b"/etc/passwd", b"1", extra=unicode_path("keep/x.txt", b"/etc/passwd")),
        Raw(b"../x.txt", b"kept", extra=unicode_path("keep/y.txt", b"../x.txt")),
        Raw(b"y.txt", b"1", local_extra=unicode_path("z.txt", b"y.txt")),
        Raw(b"a.json", b"{}", extra=unicode_path("keep/x.txt", b"a.json")),
        Raw(b"folder/", b"words in a folder", attributes=0o040755 << 16),
        Raw(b"keep\\x.txt", b"kept", UTF8),
    ],
)
def test_a_name_that_two_tools_read_two_ways_or_that_leaves_is_unsafe(
    evil: Raw, unpacked: dict[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / "again.zip"
    path.write_bytes(raw_zip([*(Raw(name.encode(), one, UTF8) for name, one in unpacked.items()), evil]))
    verdict = verify(path)
    assert verdict.unsafe
    assert not verdict.ok


def test_a_method_that_cannot_be_read_is_named(unpacked: dict[str, bytes], tmp_path: Path) -> None:
    content = bytearray(raw_zip([Raw(name.encode(), one, UTF8) for name, one in unpacked.items()]))
    at = content.index(b"PK\x01\x02")
    content[at + 10 : at + 12] = struct.pack("<H", 93)
    path = tmp_path / "again.zip"
    path.write_bytes(content)
    with pytest.raises(FileError, match="93"):
        verify(path)


def test_two_manifests_or_none_are_refused(unpacked: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "again.zip"
    for folders in (("one/", "two/"), ("deep/er/",)):
        path.write_bytes(raw_zip([Raw(f"{at}{NAME}".encode(), unpacked[NAME], UTF8) for at in folders]))
        with pytest.raises(FileError):
            verify(path)


def test_the_sums_changed_by_hand_are_named(unpacked: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "again.zip"
    path.write_bytes(raw_zip([Raw(n.encode(), c, UTF8) for n, c in (unpacked | {SUMS: b"forged"}).items()]))
    assert verify(path).changed == (SUMS,)


def test_what_a_killed_packing_left_is_swept_and_a_living_one_is_not(tmp_path: Path) -> None:
    import fcntl

    target = tmp_path / "e.zip"
    stale, living = tmp_path / f".e.zip.{'a' * 32}.part", tmp_path / f".e.zip.{'b' * 32}.part"
    other = tmp_path / f".other.zip.{'a' * 32}.part"
    for one in (stale, living, other):
        one.write_bytes(b"half")
    with living.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        write_archive(target, [Entry("a", b"1")], {})
        assert {one.name for one in tmp_path.iterdir()} == {"e.zip", living.name, other.name}
    folder = tmp_path / "packages"
    folder.mkdir()
    (folder / f".archive.{'c' * 32}.part").write_bytes(b"half")
    written = write_archive(folder, [Entry("a", b"1")], {})
    assert list(folder.iterdir()) == [written.path]
    assert written.path.name == f"{written.manifest_sha256}.zip"
