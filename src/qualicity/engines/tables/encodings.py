"""Text from anywhere: UTF-8, UTF-16 with its mark, GB18030; by strict decoding, never by guessing."""

from __future__ import annotations

import codecs
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from qualicity.errors import FileError

Encoding = Literal["utf-8", "utf-16", "gb18030"]

_NAMES: dict[Encoding, str] = {"utf-8": "UTF-8", "utf-16": "UTF-16", "gb18030": "GB18030/GBK"}
_CHUNK = 1 << 22


def detect(path: Path, allowed: Sequence[Encoding] = ()) -> Encoding:
    """Return the first encoding in which the whole file is valid.

    ``allowed`` narrows the choice. Raises FileError naming line and byte of the first wrong byte where none is
    right, or where the file holds zero bytes (then it is no text).
    """
    with path.open("rb") as file:
        mark = file.read(2)
    if mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        candidates: tuple[Encoding, ...] = ("utf-16",)
    else:
        candidates = ("utf-8", "gb18030")
    tried = tuple(name for name in candidates if not allowed or name in allowed) or tuple(allowed)
    faults = []
    for name in tried:
        fault = _first_fault(path, name)
        if fault is None:
            return name
        faults.append((name, *fault))
    raise _neither(faults)


@contextmanager
def as_utf8(path: Path, encoding: Encoding) -> Iterator[Path]:
    """Give a path to the same text in UTF-8: the file itself, or a temporary copy that is removed afterwards."""
    if encoding == "utf-8":
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="qualicity-") as folder:
        copy = Path(folder) / "text.csv"
        with path.open(encoding=encoding, newline="") as source, copy.open("w", encoding="utf-8", newline="") as out:
            while chunk := source.read(_CHUNK):
                out.write(chunk)
        yield copy


def _first_fault(path: Path, encoding: Encoding) -> tuple[int, int, str] | None:
    """Return line, byte (both from 1) and the bytes at which decoding fails, or None."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line, consumed = 1, 0
    with path.open("rb") as file:
        while True:
            pending = decoder.getstate()[0]
            chunk = file.read(_CHUNK)
            if encoding != "utf-16" and (zero := chunk.find(0)) >= 0:
                return line + chunk[:zero].count(b"\n"), consumed + zero + 1, "00"
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                data = pending + chunk
                start = error.start
                wrong = data[start : start + 2].hex(" ").upper()
                return line + data[:start].count(b"\n"), consumed - len(pending) + start + 1, wrong
            if not chunk:
                return None
            line += chunk.count(b"\n")
            consumed += len(chunk)


def _neither(faults: Sequence[tuple[Encoding, int, int, str]]) -> FileError:
    zh = "；".join(f"按{_NAMES[name]}读到第{line}行第{byte}字节（{wrong}）出错" for name, line, byte, wrong in faults)
    en = "; ".join(
        f"as {_NAMES[name]} it breaks on line {line}, byte {byte} ({wrong})" for name, line, byte, wrong in faults
    )
    return FileError(
        f"看不懂这个文件的文字编码：{zh}。请在表格软件中“另存为”UTF-8编码的CSV，或直接上传 .xlsx。",
        f"The encoding of this text file is not understood: {en}. Save it as CSV UTF-8, or upload the .xlsx itself.",
    )
