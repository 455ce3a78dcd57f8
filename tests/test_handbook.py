"""The documents say what the code does: a current handbook, twins in both languages, links that lead somewhere."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
GUIDES = sorted(path for path in (DOCS / "how-to").glob("*.md") if not path.name.endswith(".zh-CN.md"))
CHINESE = re.compile(r"[\u4e00-\u9fff]")
COMMAND = [sys.executable, "docs/generate.py", "--check"]
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)")


def test_the_committed_handbook_is_current() -> None:
    done = subprocess.run(COMMAND, check=False, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_worked_example_speaks_both_languages() -> None:
    silent = []
    for path in sorted((ROOT / "tests" / "spec").rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        tests = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
        for node in (tree, *tests):
            paragraphs = (ast.get_docstring(node) or "").split("\n\n")
            if len(paragraphs) < 2 or not CHINESE.search(paragraphs[-1]):
                silent.append(f"{path.relative_to(ROOT)}: {getattr(node, 'name', 'the module')}")
        if not any(
            getattr(node.targets[0], "id", "") == "TITLE" for node in tree.body if isinstance(node, ast.Assign)
        ):
            silent.append(f"{path.relative_to(ROOT)}: no TITLE")
    assert not silent, silent


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_guide_has_a_chinese_twin_with_the_same_commands(guide: Path) -> None:
    twin = guide.with_name(f"{guide.stem}.zh-CN.md")
    assert twin.is_file(), f"{twin.name} is missing"
    assert CHINESE.search(twin.read_text(encoding="utf-8").splitlines()[0])
    assert _code(guide) == _code(twin)


def _code(page: Path) -> list[str]:
    """Return the blocks of code of a page without their comments, which are in the page's language."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return [re.sub(r"\s*#.*", "", block) for block in blocks]


@pytest.mark.parametrize("name", ["settings.md", "settings.zh-CN.md"])
def test_the_settings_of_the_how_to_are_those_of_the_code(name: str) -> None:
    page = (DOCS / "how-to" / name).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:QUALICITY_[A-Z_]+|DATABASE_URL))`", page))
    sources = [*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "docs").glob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    read = set(re.findall(r'"((?:QUALICITY_[A-Z_]+|DATABASE_URL))"', text))
    assert sorted(named ^ read) == []


def test_every_link_in_the_documents_leads_to_a_file() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]:
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            if not (page.parent / target).resolve().exists():
                broken.append(f"{page.relative_to(ROOT)} → {target}")
    assert not broken, broken
