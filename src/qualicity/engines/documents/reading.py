"""Opens a document of any accepted kind and hands out its lines and tables."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Final

from qualicity.engines.documents.lines import Block, Line
from qualicity.engines.documents.markdown import markdown_blocks
from qualicity.engines.documents.typed_tables import with_tables
from qualicity.engines.documents.word import word_blocks
from qualicity.errors import FileError

MAX_BYTES: Final = 50_000_000
MAX_CHARACTERS: Final = 1_000_000
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_COMMON: Final = re.compile("[的和市质量工作年人政府关于一二三，。、]")


def read_document(path: Path) -> tuple[Block, ...]:
    """Return the lines and tables of a .txt, .md or .docx document, numbered as in the file.

    In Word documents the number counts paragraphs and table rows. Raises FileError, with what to do,
    for other kinds of files and for files that are empty, binary, encrypted or too large.
    """
    kind = path.suffix.lower()
    content = _content(path)
    if content.startswith(_OLE):
        raise _old_or_locked_word(kind)
    if kind == ".docx":
        blocks = word_blocks(content)
    elif kind in {".txt", ".md", ".markdown"}:
        text = decode(content)
        if len(text) > MAX_CHARACTERS:
            raise _too_long(len(text))
        blocks = with_tables(text) if kind == ".txt" else markdown_blocks(text)
    else:
        raise FileError(
            f"不认识的文件类型“{kind or path.name}”：请提供 .txt、.md 或 .docx 文件。",
            f"Unknown kind of file “{kind or path.name}”: please give a .txt, .md or .docx file.",
        )
    if not any(not isinstance(block, Line) or block.text for block in blocks):
        raise FileError("文件中没有文字。", "The file holds no text.")
    return tuple(blocks)


def decode(content: bytes) -> str:
    """Return the text of bytes in UTF-8, UTF-16 or GB18030; FileError when they are no text."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _decoded(content, (encoding,))
    if 0 in content:
        text = _unmarked_utf16(content)
        if text is not None:
            return text
        raise _not_text()
    return _mostly_text(content) or _decoded(content, ("utf-8", "gb18030"))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FileError("文件超过 50 MB。", "The file is larger than 50 MB.")
        content = path.read_bytes()
    except OSError as problem:
        raise FileError(f"无法打开文件：{path.name}。", f"Cannot open the file: {path.name}.") from problem
    if not content.strip(b"\x00 \r\n\t"):
        raise FileError("文件是空的。", "The file is empty.")
    return content


def _decoded(content: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        text = _try(content, encoding)
        if text is not None:
            return text
    raise _not_text()


def _mostly_text(content: bytes) -> str | None:
    """Return a text of which a copy has damaged a few bytes; None where it is whole, or no text."""
    for encoding in ("utf-8", "gb18030"):
        if _try(content, encoding) is not None:
            return None
    for encoding in ("utf-8", "gb18030"):
        text = content.decode(encoding, errors="replace")
        damaged = text.count("\ufffd")
        if damaged * 300 <= len(text) and len(_COMMON.findall(text)) * 25 >= len(text):
            return text
    return None


def _unmarked_utf16(content: bytes) -> str | None:
    """Return UTF-16 without a mark where one byte order makes common Chinese words."""
    candidates = [text for text in (_try(content, e) for e in ("utf-16-le", "utf-16-be")) if text]
    text = max(candidates, key=lambda one: len(_COMMON.findall(one)), default="")
    return text if text and "\x00" not in text and len(_COMMON.findall(text)) * 25 >= len(text) else None


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _too_long(characters: int) -> FileError:
    return FileError(
        f"文件有 {characters:,} 个字，不像一份方案（最多 {MAX_CHARACTERS:,} 字）；请只保留方案及其附件。",
        f"The file holds {characters:,} characters, too many for a plan (at most {MAX_CHARACTERS:,}); "
        "keep the plan and its annexes only.",
    )


def _not_text() -> FileError:
    return FileError(
        "文件不是可读的文本（可能是二进制文件或未知编码）；请另存为 UTF-8 文本或 .docx。",
        "The file is no readable text (binary, or an unknown encoding); save it as UTF-8 text or .docx.",
    )


def _old_or_locked_word(kind: str) -> FileError:
    if kind == ".docx":
        return FileError(
            "文件已加密或实为旧版 .doc；请去掉密码，另存为 .docx。",
            "The file is encrypted, or really an old .doc; remove the password and save it as .docx.",
        )
    return FileError(
        "这是旧版 Word 文件（.doc）；请用 Word 或 WPS 另存为 .docx。",
        "This is an old Word file (.doc); save it as .docx with Word or WPS.",
    )
