"""Registers: what tells things apart."""

from __future__ import annotations

import pytest

from qualicity.definitions.catalogue import catalogue


@pytest.mark.parametrize(
    ("code", "identity"),
    [
        ("sewage", ("place", "date")),
        ("enterprises", ("enterprise",)),
        ("recognitions", ("kind", "name")),
        ("employment", ("place",)),
        ("special_equipment", ("place", "category")),
    ],
)
def test_a_stock_tells_its_things_apart_without_the_day_of_the_statement(
    code: str, identity: tuple[str, ...]
) -> None:
    assert catalogue().registers[code].identity == identity


def test_a_column_is_found_by_name() -> None:
    register = catalogue().registers["sewage"]
    assert register.column("treated").unit == "万立方米"
    with pytest.raises(KeyError):
        register.column("nothing")
