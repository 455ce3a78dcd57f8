"""The pages of worked examples: what each spec test shows, in the words of its docstring.

A docstring of ``tests/spec`` holds its English sentences first and, after a blank line, its Chinese ones.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One spec file as a page, in both languages."""

    name: str
    title: tuple[str, str]
    path: str
    opening: tuple[str, str]
    shown: tuple[tuple[str, str], ...]


def chapters(root: Path) -> Iterator[Chapter]:
    """Yield each spec file that names itself with ``TITLE``."""
    for path in sorted((root / "tests" / "spec").rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        title = _title(tree)
        if title is not None:
            tests = (
                node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
            )
            yield Chapter(
                name=f"{path.parent.name}-{path.stem.removeprefix('test_')}".replace("_", "-"),
                title=title,
                path=path.relative_to(root).as_posix(),
                opening=languages(tree),
                shown=tuple(languages(node) for node in tests),
            )


def languages(node: ast.Module | ast.FunctionDef) -> tuple[str, str]:
    """Return a docstring's Chinese and English sentences; the English ones twice where there is no Chinese."""
    paragraphs = [_joined(one) for one in re.split(r"\n\s*\n", ast.get_docstring(node) or "")]
    if not paragraphs[0] and isinstance(node, ast.FunctionDef):
        paragraphs = [node.name.removeprefix("test_").replace("_", " ")]
    if len(paragraphs) > 1 and CHINESE.search(paragraphs[-1]):
        return paragraphs[-1], " ".join(paragraphs[:-1])
    return paragraphs[0], " ".join(paragraphs)


def _joined(paragraph: str) -> str:
    """Return a paragraph on one line; a line break inside Chinese is no space."""
    lines = [line.strip() for line in paragraph.splitlines()]
    joined = lines[0] if lines else ""
    for line in lines[1:]:
        wide = line[:1] and (ord(joined[-1]) > 0x2E7F or ord(line[0]) > 0x2E7F)
        joined += line if wide else f" {line}"
    return joined


def _title(tree: ast.Module) -> tuple[str, str] | None:
    for node in tree.body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Call)
            and getattr(node.targets[0], "id", "") == "TITLE"
        ):
            words = {one.arg: ast.literal_eval(one.value) for one in node.value.keywords}
            given = [ast.literal_eval(one) for one in node.value.args]
            return (words["zh"], words["en"]) if words else (given[0], given[1])
    return None


def chapter_page(chapter: Chapter, number: int) -> str:
    """Return one page of worked examples."""
    label = ("可运行的实例", "The examples as they run")[number]
    lines = [f"# {chapter.title[number]}", "", chapter.opening[number], ""]
    lines += [f"- {words[number]}" for words in chapter.shown]
    lines += ["", f"{label}{('：', ': ')[number]}[`{chapter.path}`](../../../../{chapter.path})"]
    return "\n".join(lines) + "\n"
