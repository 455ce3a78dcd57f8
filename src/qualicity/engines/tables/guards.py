"""Files from strangers are looked at before any reader opens them: what they really are, and what they may not be."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq

from qualicity.errors import FileError

Kind = Literal["csv", "xlsx", "xls", "parquet"]

#: What a compressed file may unpack to, in bytes, and how many times its own size (asked beyond ten megabytes).
MAX_UNPACKED = 4 << 30
MAX_RATIO = 200
_RATIO_FROM = 10 << 20
_MAX_PARTS = 10_000
_MAX_ROWS = 20_000_000
_CHUNK = 1 << 20

_SUFFIXES: dict[str, tuple[Kind, ...]] = {
    ".csv": ("csv",),
    ".txt": ("csv",),
    ".tsv": ("csv",),
    ".xlsx": ("xlsx",),
    ".xls": ("xls",),
    ".parquet": ("parquet",),
}
_REAL_NAMES: dict[Kind, str] = {"csv": ".csv", "xlsx": ".xlsx", "xls": ".xls", "parquet": ".parquet"}
# Names inside old (OLE2) files are UTF-16.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_MACRO = "_VBA_PROJECT".encode("utf-16-le")
_OLD_BOOK = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))


def inspect(path: Path, *, name: str = "", max_bytes: int | None = None) -> Kind:
    """Return what kind of file this is by its content, having refused what may not come in.

    ``name`` is the name under which it was sent (its ending must fit the content). Raises FileError for: over
    ``max_bytes``, empty, an ending that lies, archives that unpack to too much, macros, links to other files,
    passwords, entity declarations, files of other kinds.
    """
    size = path.stat().st_size
    if max_bytes is not None and size > max_bytes:
        raise _too_large(size, max_bytes)
    suffix = Path(name or path.name).suffix.lower()
    if suffix in {".xlsm", ".xltm", ".xlsb", ".xlam"}:
        raise _macro()
    kind = inspect_content(path)
    _ending(suffix, kind)
    return kind


def inspect_content(path: Path) -> Kind:
    """Return what kind of file this is by its content alone, as ``inspect`` does but for size and name."""
    if path.stat().st_size == 0:
        raise FileError("文件是空的。", "The file is empty.")
    with path.open("rb") as file:
        head = file.read(4096)
    kind = _kind(head)
    if kind == "xlsx":
        _inspect_package(path)
    elif kind == "xls":
        _inspect_old(path)
    elif kind == "parquet":
        _inspect_parquet(path)
    return kind


def scan_part(archive: zipfile.ZipFile, part: str, look: Callable[[bytes], None], *, limit: int) -> int:
    """Stream one part of an archive through ``look``, and return its real size; FileError beyond ``limit``."""
    total = 0
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if total > limit:
                    raise _bomb()
                look(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _broken(error) from error
    return total


def _kind(head: bytes) -> Kind:
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "xls"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml", b"mime-version")):
        raise FileError(
            "这其实是网页或XML，不是表格文件：请在表格软件中打开后“另存为”.xlsx。",
            "This is a web page or XML under another name: open it in a spreadsheet program and save it as .xlsx.",
        )
    found = next((zh_en for mark, zh_en in _FOREIGN.items() if start.startswith(mark)), None)
    if found is None and b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        found = ("二进制文件", "binary data")
    if found is not None:
        raise FileError(
            f"文件内容不是表格，而是{found[0]}（与扩展名无关）。可以上传 .xlsx、.xls、.csv 或 .parquet。",
            f"Whatever its name says, the file is no table but {found[1]}, which is not accepted: send .xlsx, "
            ".xls, .csv or .parquet.",
        )
    return "csv"


_FOREIGN = {
    b"%pdf": (" PDF", "a PDF"),
    b"\x89png": ("图片", "a picture"),
    b"\xff\xd8\xff": ("图片", "a picture"),
    b"rar!": ("压缩文件", "an archive"),
    b"7z\xbc\xaf": ("压缩文件", "an archive"),
    b"\x1f\x8b": ("压缩文件", "an archive"),
}
"""First bytes of what is often sent under a table's name."""


def _ending(suffix: str, kind: Kind) -> None:
    if suffix not in _SUFFIXES:
        raise _other_kind(suffix)
    if kind not in _SUFFIXES[suffix]:
        real = _REAL_NAMES[kind]
        raise FileError(
            f"扩展名是{suffix}，内容却是{real}：请核对文件后改为{real}再上传。",
            f"The name ends in {suffix} but the content is {real}: check the file and rename it to {real}.",
        )


def _inspect_package(path: Path) -> None:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise _broken(error) from error
    with archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if any(part.flag_bits & 1 for part in parts):
            raise _password()
        _declared_size(path, parts)
        if "xl/workbook.xml" not in {name.lower().lstrip("/") for name in names}:
            raise _other_kind(".zip")
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise _macro()
        if any(name.lower().startswith("xl/externallinks/") for name in names):
            raise _links()
        _real_size(archive, parts)


def _declared_size(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    total = sum(part.file_size for part in parts)
    packed = max(path.stat().st_size, 1)
    if len(parts) > _MAX_PARTS or total > MAX_UNPACKED or (total > _RATIO_FROM and total / packed > MAX_RATIO):
        raise _bomb()


def _real_size(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Unpack every part into nothing: sizes in the directory may lie, and declarations hide anywhere."""
    for part in parts:
        if part.is_dir():
            continue
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            watch = _Declarations(content_types=part.filename == "[Content_Types].xml")
            scan_part(archive, part.filename, watch, limit=part.file_size)
        else:
            scan_part(archive, part.filename, lambda _: None, limit=part.file_size)


class _Declarations:
    """Refuses XML that declares entities, and packages that call themselves macro-enabled."""

    _entity = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)

    def __init__(self, *, content_types: bool) -> None:
        self._tail = b""
        self._content_types = content_types

    def __call__(self, chunk: bytes) -> None:
        data = self._tail + chunk
        if b"<!" in data and self._entity.search(data):
            raise FileError(
                "工作簿里声明了XML实体，属于不安全文件。请在表格软件中打开后“另存为”.xlsx。",
                "The workbook declares XML entities and is not safe: open it in a spreadsheet program and save anew.",
            )
        if self._content_types and b"macroenabled" in data.lower():
            raise _macro()
        self._tail = data[-64:]


def _inspect_old(path: Path) -> None:
    data = path.read_bytes()
    if _ENCRYPTED in data:
        raise _password()
    if not any(name in data for name in _OLD_BOOK):
        raise _other_kind(".doc")
    if _OLD_MACRO in data:
        raise _macro()


def _inspect_parquet(path: Path) -> None:
    try:
        metadata = pq.read_metadata(path)
    except (pa.ArrowException, OSError) as error:
        raise _broken(error) from error
    unpacked = sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))
    if unpacked > MAX_UNPACKED or metadata.num_rows > _MAX_ROWS:
        raise _bomb()


def _too_large(size: int, limit: int) -> FileError:
    return FileError(
        f"文件有{size / 1e6:.1f} MB，超过上限{limit / 1e6:.0f} MB：请按月或按区县分开上传。",
        f"The file has {size / 1e6:.1f} MB, more than the limit of {limit / 1e6:.0f} MB: send it by month or county.",
    )


def _bomb() -> FileError:
    return FileError(
        "压缩文件展开后过大（疑似压缩炸弹），未读取。",
        "The file unpacks to far too much (it looks like a zip bomb) and was not read.",
    )


def _macro() -> FileError:
    return FileError(
        "工作簿含宏，不予接收。请“另存为”不含宏的 .xlsx 后再上传。",
        "The workbook contains macros and is not accepted: save it as an .xlsx without macros.",
    )


def _links() -> FileError:
    return FileError(
        "工作簿链接到别的文件（外部链接或DDE），不予接收。请在“数据—编辑链接”中断开链接后再上传。",
        "The workbook links to other files (external links or DDE) and is not accepted: break the links under "
        "“Data – Edit Links” and send it again.",
    )


def _password() -> FileError:
    return FileError(
        "文件加了密码，无法读取。请取消密码后再上传。",
        "The file is protected by a password and cannot be read: remove the password and send it again.",
    )


def _other_kind(suffix: str) -> FileError:
    return FileError(
        f"不接收这种文件（{suffix or '无扩展名'}）。可以上传 .xlsx、.xls、.csv 或 .parquet。",
        f"This kind of file ({suffix or 'no ending'}) is not accepted: send .xlsx, .xls, .csv or .parquet.",
    )


def _broken(error: Exception) -> FileError:
    return FileError(
        f"文件已损坏，无法打开（{error}）。请重新保存后再上传。",
        f"The file is damaged and cannot be opened ({error}): save it anew and send it again.",
    )
