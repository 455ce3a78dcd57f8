"""Every step of every shipped law has its row in a spec table; every case type runs on what is there."""

from __future__ import annotations

import importlib

from tests.spec.laws.rows import KNOWN, covered

from qualicity.definitions.catalogue import catalogue

TABLES = ("complaints", "penalties_and_credit", "spot_checks", "recalls_and_equipment")


def test_no_deadline_is_without_a_row() -> None:
    rows: set[tuple[str, str, str]] = set()
    for name in TABLES:
        rows |= covered(importlib.import_module(f"tests.spec.laws.test_{name}").ROWS)
    steps = {
        (law.code, text.code, step.code) for law in KNOWN.laws.values() for text in law.texts for step in text.steps
    }
    assert steps == rows


def test_each_state_has_an_owner_a_way_out_and_words_in_both_languages() -> None:
    for kind in catalogue().cases.values():
        for state in kind.states:
            assert state.owner, state
            assert state.is_end or kind.moves_from(state.code), f"{kind.code}.{state.code}"
            assert state.title.zh != state.title.en, f"{kind.code}.{state.code}"


def test_the_diagram_is_drawn_from_the_table() -> None:
    lines = catalogue().cases["rectification"].diagram("zh-hans").splitlines()
    assert "    [*] --> ordered" in lines
    assert "    ordered --> reported: 报送整改结果" in lines
    assert "    cleared --> [*]" in lines
