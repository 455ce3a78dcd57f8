"""One change to a shipped definition, and what the checks then say."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from qualicity.definitions.catalogue import SHIPPED, Catalogue, load_catalogue
from qualicity.definitions.crosschecks import Sources, crosscheck
from qualicity.definitions.loading import Source, build, merge, read_yaml
from qualicity.definitions.plans import Plan
from qualicity.definitions.registers import Register

PLAN = "zhengzhou-2014"
Broken = Callable[..., tuple[str, str]]


@cache
def shipped() -> Catalogue:
    return load_catalogue(SHIPPED)


@cache
def as_shipped(path: Path) -> Source:
    return read_yaml(path, name=path.name)


def change(path: Path, old: str, new: str) -> tuple[str, int]:
    """Return the changed text and the line on which the change begins."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"the shipped file no longer says: {old}"
    start = text.index(old)
    lead = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    return text.replace(old, new, 1), text[:start].count("\n") + old[:lead].count("\n") + 1


@pytest.fixture
def broken_plan(tmp_path: Path) -> Broken:
    """Change one file of the shipped plan; return what is said, and the file and line of the change."""

    def broken(file: str, old: str, new: str) -> tuple[str, str]:
        text, line = change(SHIPPED / "plans" / PLAN / file, old, new)
        (tmp_path / file).write_text(text, encoding="utf-8")
        files = sorted((SHIPPED / "plans" / PLAN).glob("*.yaml"), key=lambda path: path.name != "plan.yaml")
        changed = read_yaml(tmp_path / file, name=file)
        source = merge([changed if path.name == file else as_shipped(path) for path in files])
        known = shipped()
        problems = crosscheck(
            plans={PLAN: build(Plan, source)},
            registers=known.registers,
            profiles={},
            units=tuple(known.units.values()),
            sources=Sources({PLAN: source}, dict.fromkeys(known.registers, source), {}, {}, {}),
        )
        return "\n".join(f"{one.where}: {one.en} / {one.zh}" for one in problems), f"{file}:{line}"

    return broken


@pytest.fixture
def broken_register(tmp_path: Path) -> Broken:
    """Change one shipped register; return what is said, and the file and line of the change."""

    def broken(code: str, old: str, new: str) -> tuple[str, str]:
        text, line = change(SHIPPED / "registers" / f"{code}.yaml", old, new)
        path = tmp_path / f"{code}.yaml"
        path.write_text(text, encoding="utf-8")
        source = read_yaml(path, name=path.name)
        problems = crosscheck(
            plans={},
            registers={code: build(Register, source)},
            profiles={},
            units=tuple(shipped().units.values()),
            sources=Sources({}, {code: source}, {}, {}, {}),
        )
        return "\n".join(f"{one.where}: {one.en} / {one.zh}" for one in problems), f"{path.name}:{line}"

    return broken
