"""How the public pages write values."""

from __future__ import annotations

import pytest
from django.utils import translation

from qualicity.publication.portal.templatetags import portal


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (30.7, "30.7"),
        (100.0, "100"),
        (99.05, "99.05"),
        (0.12345, "0.1235"),
        (3397399.3, "3\u2009397\u2009399.3"),
        (None, "—"),
    ],
)
def test_a_figure_shows_the_decimals_that_it_has(value: float | None, shown: str) -> None:
    assert portal.short(value) == shown


def test_registers_are_named_as_people_call_them_and_keep_their_version() -> None:
    with translation.override("zh-hans"):
        assert (
            portal.registers("farm_standardisation@23; nobody_knows@2") == "农业标准化生产台账 @ 23、nobody_knows @ 2"
        )
        assert portal.registers("") == ""
