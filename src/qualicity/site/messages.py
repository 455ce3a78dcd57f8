"""The Chinese words of the interface: parts are merged, checked against the sources, and compiled.

Run ``python -m qualicity.site.messages``; with ``--check`` nothing is written and a gap is an error. Each desk keeps
its words in ``locale/parts/<desk>.po``; the machine needs no gettext.
"""

from __future__ import annotations

import ast
import re
import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SOURCE = Path(__file__).resolve().parent.parent
LOCALE = SOURCE / "locale"
MESSAGES = LOCALE / "zh_Hans" / "LC_MESSAGES"
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "npgettext"}
HEAD = (
    "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
    "Language: zh_Hans\nPlural-Forms: nplurals=1; plural=0;\n"
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True)
class Message:
    """One text of the interface and its Chinese."""

    text: str
    plural: str
    context: str
    chinese: str
    where: str

    @property
    def key(self) -> str:
        """Return what gettext looks up."""
        return f"{self.context}\x04{self.text}" if self.context else self.text


def read(path: Path) -> list[Message]:
    """Return the messages of one .po file; entries without Chinese are left out."""
    found = []
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        fields: dict[str, str] = {}
        current = ""
        for line in block.splitlines():
            match = re.match(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s+(\".*)", line.strip())
            if match:
                current = match[1].replace("[0]", "")
                fields[current] = _unquoted(match[2])
            elif line.strip().startswith('"') and current:
                fields[current] += _unquoted(line.strip())
        if fields.get("msgid") and fields.get("msgstr"):
            found.append(
                Message(
                    text=fields["msgid"],
                    plural=fields.get("msgid_plural", ""),
                    context=fields.get("msgctxt", ""),
                    chinese=fields["msgstr"],
                    where=path.name,
                )
            )
    return found


def _unquoted(text: str) -> str:
    return "".join(ast.literal_eval(f'"{piece}"') for piece in STRING.findall(text))


def merge(parts: Iterable[Path]) -> tuple[dict[str, Message], list[str]]:
    """Return every message by its key, and what is wrong: two Chinese for one text, a placeholder lost."""
    merged: dict[str, Message] = {}
    faults = []
    for part in sorted(parts):
        for message in read(part):
            known = merged.setdefault(message.key, message)
            if known.chinese != message.chinese:
                faults.append(
                    f"{message.where}: “{message.text}” is “{message.chinese}”, "
                    f"but “{known.chinese}” in {known.where}"
                )
            wanted = set(PLACEHOLDER.findall(message.plural or message.text))
            if wanted != set(PLACEHOLDER.findall(message.chinese)):
                faults.append(f"{message.where}: “{message.text}”: the placeholders {sorted(wanted)} differ")
    return merged, faults


def used() -> dict[str, str]:
    """Return every text that the sources ask for → the file that asks."""
    found: dict[str, str] = {}
    for path in sorted(SOURCE.rglob("*.html")):
        source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        for key in _in_template(source):
            found.setdefault(key, str(path.relative_to(SOURCE)))
    for path in sorted(SOURCE.rglob("*.py")):
        for key in _in_python(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(key, str(path.relative_to(SOURCE)))
    return found


def _in_template(source: str) -> Iterator[str]:
    call = re.compile(
        r"""\b(ngettext|npgettext|pgettext|gettext|_)\((u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|""".strip()
        + r"""'''.*?'''|\"\"\".*?\"\"\")(?:\s*,\s*u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))*)""",
        re.S,
    )
    for match in call.finditer(source):
        values = ast.literal_eval(f"({match[2]},)")
        yield f"{values[0]}\x04{values[1]}" if match[1].endswith("pgettext") else values[0]


def _in_python(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS):
            continue
        words = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if words:
            yield f"{words[0]}\x04{words[1]}" if node.func.id.endswith("pgettext") else words[0]


def missing(merged: dict[str, Message]) -> list[str]:
    """Return the texts that have no Chinese, each with the file that asks for it."""
    return [f"{where}: “{key}” has no Chinese" for key, where in used().items() if key not in merged]


def as_mo(messages: Iterable[Message]) -> bytes:
    """Return the messages compiled, as the gettext manual lays out the file (without its hash table)."""
    entries = {"": HEAD} | {
        (f"{one.key}\x00{one.plural}" if one.plural else one.key): one.chinese for one in messages
    }
    pairs = sorted((key.encode(), value.encode()) for key, value in entries.items())
    keys = b"".join(key + b"\0" for key, _ in pairs)
    values = b"".join(value + b"\0" for _, value in pairs)
    start = 28 + 16 * len(pairs)
    tables: list[int] = []
    for texts, begin in ((tuple(key for key, _ in pairs), start), (tuple(v for _, v in pairs), start + len(keys))):
        place = begin
        for text in texts:
            tables += [len(text), place]
            place += len(text) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return head + struct.pack(f"<{len(tables)}I", *tables) + keys + values


def main() -> int:
    """Merge, check and write; return 1 where something is wrong."""
    if not settings.configured:
        settings.configure()
    merged, faults = merge((LOCALE / "parts").glob("*.po"))
    faults += missing(merged)
    checks_only = "--check" in sys.argv
    if not checks_only:
        MESSAGES.mkdir(parents=True, exist_ok=True)
        (MESSAGES / "django.mo").write_bytes(as_mo(merged.values()))
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    sys.stdout.write(f"{len(merged)} messages, {len(faults)} faults\n")
    return 1 if faults and checks_only else 0


if __name__ == "__main__":
    sys.exit(main())
