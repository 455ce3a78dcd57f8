"""Each of a set of planted faults is found, under its clause, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engines.documents.checking import specimen
from tests.unit.engines.documents.checking.faults import FAULTS

from qualicity.definitions.catalogue import catalogue
from qualicity.engines.documents.checking.checking import check_document

STYLE = "gbt-9704-2012"


def test_the_specimen_deviates_in_nothing(tmp_path: Path) -> None:
    specimen.clean().save(tmp_path / "clean.docx")
    checked = check_document(tmp_path / "clean.docx", catalogue().styles[STYLE])
    assert checked.deviations == ()


def test_there_are_more_than_thirty_faults() -> None:
    assert len(FAULTS) > 30


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found_and_nothing_else(name: str, tmp_path: Path) -> None:
    clause, plant = FAULTS[name]
    document = specimen.clean()
    plant(document)
    document.save(tmp_path / f"{name}.docx")
    checked = check_document(tmp_path / f"{name}.docx", catalogue().styles[STYLE])
    told = [f"{one.clause} {one.where} {one.found} ≠ {one.expected}" for one in checked.deviations]
    assert [one.clause for one in checked.deviations] == [clause], "\n".join(told)
