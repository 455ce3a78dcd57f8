"""Any key of any shipped register or plan, misspelt, is refused with the file and the line on which it stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from qualicity.definitions.catalogue import SHIPPED, Catalogue, load_catalogue
from qualicity.definitions.crosschecks import Sources, crosscheck
from qualicity.definitions.loading import Source, build, merge, read_yaml, refuse
from qualicity.definitions.plans import Plan
from qualicity.definitions.registers import Register
from qualicity.errors import DefinitionError

PLAN = SHIPPED / "plans" / "zhengzhou-2014"
FILES = tuple(sorted([*PLAN.glob("*.yaml"), *(SHIPPED / "registers").glob("*.yaml")]))


@cache
def known() -> Catalogue:
    return load_catalogue(SHIPPED)


@cache
def as_shipped(path: Path) -> Source:
    return read_yaml(path, name=path.name)


@cache
def keys(path: Path) -> tuple[tuple[int, int], ...]:
    """Return where every key ends (offset) and its line."""
    text = path.read_text(encoding="utf-8")

    def walk(node: yaml.Node) -> Iterator[tuple[int, int]]:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                yield key.end_mark.index, key.start_mark.line + 1
                yield from walk(value)
        elif isinstance(node, yaml.SequenceNode):
            for value in node.value:
                yield from walk(value)

    return tuple(walk(yaml.compose(text, Loader=yaml.SafeLoader)))


def load(path: Path, changed: Source) -> None:
    """Load the changed file with everything else as it is shipped; raise what a catalogue would raise."""
    plans: dict[str, Plan] = {}
    checked = dict(known().registers)
    sources = Sources({}, {code: as_shipped(SHIPPED / "registers" / f"{code}.yaml") for code in checked}, {}, {}, {})
    if path.parent == PLAN:
        whole = merge([changed if one == path else as_shipped(one) for one in FILES if one.parent == PLAN])
        sources.plans[PLAN.name], plans[PLAN.name] = whole, build(Plan, whole)
    else:
        sources.registers[path.stem], checked[path.stem] = changed, build(Register, changed)
    units = tuple(known().units.values())
    problems = crosscheck(plans=plans, registers=checked, profiles={}, units=units, sources=sources)
    if problems:
        refuse(problems)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_a_misspelt_key_never_loads(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(FILES))
    end, line = data.draw(st.sampled_from(keys(path)))
    text = path.read_text(encoding="utf-8")
    source = _read(path, text[:end] + "0" + text[end:])
    with pytest.raises(DefinitionError) as caught:
        load(path, source)
    assert f"{path.name}:{line}: " in caught.value.text.en, (caught.value.text.en, line)


def _read(path: Path, text: str) -> Source:
    class Changed:
        def read_text(self, encoding: str) -> str:
            return text

    return read_yaml(Changed(), name=path.name)  # type: ignore[arg-type]
