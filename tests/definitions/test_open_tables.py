"""What may leave the house is defined strictly: what is misspelt or does not fit together refuses to load."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qualicity.definitions.catalogue import SHIPPED, catalogue, load_catalogue
from qualicity.errors import DefinitionError
from qualicity.publication.opendata.queries.sources import SOURCES

if TYPE_CHECKING:
    from pathlib import Path

GOOD = (SHIPPED / "open_tables" / "listings.yaml").read_text(encoding="utf-8")


def loaded(folder: Path, text: str) -> None:
    (folder / "open_tables").mkdir()
    (folder / "open_tables" / "listings.yaml").write_text(text, encoding="utf-8")
    load_catalogue(SHIPPED, folder)


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("mask: sole-proprietor", "mask: sole-propriator", "there is no mask"),
        ("mask: sole-proprietor", "maks: sole-proprietor", "maks"),
        ("joins: enterprises", "joins: enterprise", "there is no open table"),
        ("ends: until", "ends: untill", "has no field"),
        ("ends: until", "ends: name", "must be a date"),
        ("key: [token]", "key: [name]", "is masked"),
        ("order: [-published_on]", "order: [-publishd_on]", "has no field"),
        ("licence: CC-BY-4.0", "licence: mine", "licence"),
    ],
)
def test_a_mistake_refuses_to_load_and_is_shown_in_its_place(
    was: str, becomes: str, said: str, tmp_path: Path
) -> None:
    assert was in GOOD
    with pytest.raises(DefinitionError, match=said) as error:
        loaded(tmp_path, GOOD.replace(was, becomes, 1))
    assert "listings.yaml:" in str(error.value)


def test_every_table_has_a_source_that_there_is() -> None:
    assert {one.source for one in catalogue().open_tables.values()} <= set(SOURCES)


def test_every_table_whose_rows_may_end_names_the_field_or_asks_its_desk() -> None:
    for table in catalogue().open_tables.values():
        if SOURCES[table.source].may_end:
            assert table.ends or SOURCES[table.source].version, table.code
