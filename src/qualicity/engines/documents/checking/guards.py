"""A document from a stranger is looked at before any reader opens it: what it is, and what it may not be."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import Final, Literal

from qualicity.engines.tables.guards import scan_part
from qualicity.errors import FileError

Kind = Literal["docx", "pdf"]

MAX_BYTES: Final = 50 << 20
MAX_UNPACKED: Final = 400 << 20
MAX_PARTS: Final = 5_000
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_STREAM: Final = re.compile(rb"stream\r?\n")
_TWICE_PACKED: Final = re.compile(rb"/(?:FlateDecode|Fl|LZWDecode|LZW)\s*/(?:FlateDecode|Fl|LZWDecode|LZW)\b")
_DECLARED: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def admit(path: Path) -> Kind:
    """Return what kind of document this is by its content, having refused what may not be opened.

    Raises FileError for: no such file, empty, over 50 MB, an ending that lies, old or encrypted Word files,
    macros, archives and PDF streams that unpack to too much, entity declarations, files of other kinds.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError as problem:
        raise FileError(f"无法打开文件：{path.name}。", f"Cannot open the file: {path.name}.") from problem
    if size == 0:
        raise FileError("文件是空的。", "The file is empty.")
    if size > MAX_BYTES:
        raise FileError("文件超过 50 MB。", "The file is larger than 50 MB.")
    kind = _kind(path, head)
    _ending(path.suffix.lower(), kind)
    if kind == "docx":
        _inspect_word(path)
    else:
        _inspect_pdf(path.read_bytes())
    return kind


def _kind(path: Path, head: bytes) -> Kind:
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(_OLE):
        if _ENCRYPTED in path.read_bytes():
            raise _password()
        raise FileError(
            "这是旧版 Word 文件（.doc），不能检查版式；请用 Word 或 WPS 另存为 .docx 或 PDF。",
            "This is an old Word file (.doc), whose layout cannot be checked; save it as .docx or PDF.",
        )
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*", b"BM", b"GIF8")):
        raise FileError(
            "这是图片，没有可以测量的文字；请提供 .docx 或由文字处理软件导出的 PDF。",
            "This is a picture without text to measure; give a .docx, or a PDF exported by a word processor.",
        )
    if path.suffix.lower() in {".docx", ".pdf"}:
        raise FileError(
            f"扩展名是{path.suffix}，内容却不是：文件已损坏，或是编辑时的临时文件（如“~$”开头的文件）。",
            f"The name ends in {path.suffix} but the content is something else: the file is damaged, or a temporary "
            "file of an editor (such as one that begins with ~$).",
        )
    raise _other_kind(path.suffix)


def _ending(suffix: str, kind: Kind) -> None:
    if suffix in {".docm", ".dotm"}:
        raise _macro()
    if suffix not in {".docx", ".pdf"}:
        raise _other_kind(suffix)
    if suffix != f".{kind}":
        raise FileError(
            f"扩展名是{suffix}，内容却是.{kind}：请核对文件后改为.{kind}。",
            f"The name ends in {suffix} but the content is .{kind}: check the file and rename it to .{kind}.",
        )


def _inspect_word(path: Path) -> None:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise _broken() from problem
    with archive:
        parts = archive.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise _password()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise _bomb()
        names = {part.filename.lower().lstrip("/") for part in parts}
        if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
            raise _macro()
        if "[content_types].xml" not in names or not any(name.startswith("word/") for name in names):
            raise _other_kind(".zip")
        left = MAX_UNPACKED
        for part in parts:
            if not part.is_dir():
                left -= scan_part(archive, part.filename, _Watch(part.filename), limit=min(part.file_size, left))


class _Watch:
    """Refuses XML that declares entities, and packages that call themselves macro-enabled."""

    def __init__(self, name: str) -> None:
        self._xml = name.lower().endswith((".xml", ".rels", ".vml"))
        self._types = name == "[Content_Types].xml"
        self._tail = b""

    def __call__(self, chunk: bytes) -> None:
        if not self._xml:
            return
        data = self._tail + chunk
        if b"<!" in data and _DECLARED.search(data):
            raise FileError(
                "文件里声明了 XML 实体，属于不安全文件。请用 Word 或 WPS 打开后另存。",
                "The file declares XML entities and is not safe: open it in a word processor and save it anew.",
            )
        if self._types and b"macroenabled" in data.lower():
            raise _macro()
        self._tail = data[-64:]


def _inspect_pdf(content: bytes) -> None:
    """Unpack every stream into nothing, so that a few bytes cannot become gigabytes in the reader."""
    if _TWICE_PACKED.search(content):
        raise _bomb()
    left = MAX_UNPACKED
    for start in _STREAM.finditer(content):
        unpacker = zlib.decompressobj()
        rest = content[start.end() : start.end() + MAX_BYTES]
        try:
            while rest and not unpacker.eof:
                left -= len(unpacker.decompress(rest, 1 << 20))
                if left < 0:
                    raise _bomb()
                rest = unpacker.unconsumed_tail
        except zlib.error:
            continue  # not packed this way: what is not packed cannot grow


def _macro() -> FileError:
    return FileError(
        "文件含宏，不予打开。请另存为不含宏的 .docx。",
        "The file contains macros and is not opened: save it as a .docx without macros.",
    )


def _bomb() -> FileError:
    return FileError(
        "文件展开后过大（疑似压缩炸弹），未读取。",
        "The file unpacks to far too much (it looks like a bomb) and was not read.",
    )


def _password() -> FileError:
    return FileError(
        "文件加了密码，无法读取。请取消密码后再检查。",
        "The file is protected by a password and cannot be read: remove the password first.",
    )


def _broken() -> FileError:
    return FileError(
        "文件已损坏，无法打开。请用文字处理软件重新保存后再检查。",
        "The file is damaged and cannot be opened: save it anew with a word processor.",
    )


def _other_kind(suffix: str) -> FileError:
    return FileError(
        f"不能检查这种文件（{suffix or '无扩展名'}）：请提供 .docx 或 .pdf。",
        f"This kind of file ({suffix or 'no ending'}) cannot be checked: give a .docx or a .pdf.",
    )


password, broken = _password, _broken
