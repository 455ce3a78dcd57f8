"""The members of an archive that any tool may have packed: names in whatever letters, folders told from files."""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from qualicity.engines.archives import manifest
from qualicity.engines.archives.names import is_safe

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Container, Sequence

_OWN = (manifest.NAME, manifest.SUMS)
_UTF8 = 0x800
_ENCRYPTED = 1
_DESCRIBED = 8
_UNICODE_PATH = 0x7075
_REGULAR, _FOLDER = 0o100000, 0o040000
#: A folder is empty; some tools squeeze even nothing, which takes two bytes.
_EMPTY = 2


@dataclass(frozen=True, slots=True)
class Member:
    """One member: its name as the manifest writes it, and whether it can be unpacked without harm."""

    info: zipfile.ZipInfo
    name: str
    is_plain: bool
    is_folder: bool


def manifests(infos: Sequence[zipfile.ZipInfo]) -> tuple[str, list[zipfile.ZipInfo]]:
    """Return the folder that everything was packed in, with its slash, and the manifests that lie there.

    Who packs the folder itself again, not what is in it, puts its name before every name.
    """
    found = [(_slashed(readings(one)[0]), one) for one in infos]
    if top := [one for name, one in found if name == manifest.NAME]:
        return "", top
    deeper = [(name, one) for name, one in found if name.count("/") == 1 and name.endswith(f"/{manifest.NAME}")]
    folders = {name.removesuffix(manifest.NAME) for name, _one in deeper}
    return (folders.pop(), [one for _name, one in deeper]) if len(folders) == 1 else ("", [])


def members(infos: Sequence[zipfile.ZipInfo], raw: IO[bytes], folder: str, listed: Container[str]) -> list[Member]:
    """Return the members under the names that the manifest knows them by, where it knows them."""
    return [_member(one, raw, folder, listed) for one in infos]


def readings(info: zipfile.ZipInfo) -> tuple[str, ...]:
    """Return the names that unpackers may read in a member's bytes, the likeliest first."""
    if info.flag_bits & _UTF8:
        return (info.orig_filename,)
    letters = name_bytes(info)
    found = [name] if (name := _unicode_path(info.extra, letters)) is not None else []
    for encoding in ("utf-8", "gb18030", "cp437"):
        try:
            found.append(letters.decode(encoding))
        except UnicodeDecodeError:
            continue
    return tuple(dict.fromkeys(found))


def name_bytes(info: zipfile.ZipInfo) -> bytes:
    """Return a name as it stands in the directory."""
    return info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437")


def length(raw: IO[bytes], info: zipfile.ZipInfo) -> int:
    """Return how long a member is with its header, and with the sizes that a streaming packer writes behind it."""
    name, extra = _local(raw, info)
    body = 30 + len(name) + len(extra) + info.compress_size
    if not info.flag_bits & _DESCRIBED:
        return body
    raw.seek(info.header_offset + body)
    tail = raw.read(24)
    for layout in ("<III", "<IQQ"):
        for mark in (b"PK\x07\x08", b""):
            try:
                told = mark + struct.pack(layout, info.CRC, info.compress_size, info.file_size)
            except struct.error:  # a size that only the longer layout holds
                continue
            if tail.startswith(told):
                return body + len(told)
    return body


def _member(info: zipfile.ZipInfo, raw: IO[bytes], folder: str, listed: Container[str]) -> Member:
    known, first = [], ""
    for reading in readings(info):
        for form in dict.fromkeys((reading, unicodedata.normalize("NFC", reading), _slashed(reading))):
            name = form.removeprefix(folder)
            first = first or name
            if name in listed or name in _OWN:
                known.append(name)
    name = known[0] if known else first or info.filename
    is_folder = name.endswith("/") or readings(info)[0].endswith(("/", "\\"))
    whole = folder + name
    is_plain = (
        is_safe(_slashed(whole).rstrip("/") if is_folder else whole)
        and len(set(known)) < 2
        and not info.flag_bits & _ENCRYPTED
        and _stays(name_bytes(info))
        and _agrees(raw, info)
        and (info.external_attr >> 16) & 0o170000 in ((0, _FOLDER) if is_folder else (0, _REGULAR))
        and not (is_folder and (info.file_size or info.compress_size > _EMPTY))
    )
    return Member(info, name, is_plain, is_folder)


def _stays(letters: bytes) -> bool:
    """Return whether a name stays in its folder for an unpacker that knows no letters but ASCII."""
    parts = re.split(rb"[/\\]", letters)
    return parts[0] != b"" and b".." not in parts and b"\0" not in letters and not re.match(rb"[A-Za-z]:", letters)


def _agrees(raw: IO[bytes], info: zipfile.ZipInfo) -> bool:
    """Return whether the header before a member gives it no other name than the directory does."""
    name, extra = _local(raw, info)
    here = _unicode_path(extra, name)
    return here is None or here in readings(info)


def _unicode_path(extra: bytes, letters: bytes) -> str | None:
    """Return the name in the Info-ZIP Unicode Path field, when it belongs to the name in the header."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            if int.from_bytes(field[1:5], "little") != zlib.crc32(letters):
                return None
            try:
                return field[5:].decode("utf-8")
            except UnicodeDecodeError:
                return None
        at += 4 + size
    return None


def _local(raw: IO[bytes], info: zipfile.ZipInfo) -> tuple[bytes, bytes]:
    raw.seek(info.header_offset)
    header = raw.read(30)
    if len(header) < 30:
        return b"", b""
    name, extra = struct.unpack_from("<HH", header, 26)
    return raw.read(name), raw.read(extra)


def _slashed(name: str) -> str:
    return name.replace("\\", "/")
