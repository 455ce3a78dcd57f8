"""Frames of spot checks that cannot be used are refused with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualicity.definitions.catalogue import SHIPPED, load_catalogue
from qualicity.errors import DefinitionError

SOURCE = (SHIPPED / "frames.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("product: pvc-wire", "product: pvc-wires", "pvc-wire"),
        ("laws: [product_spot_checks,", "laws: [product_spotchecks,", "product_spot_checks"),
        ("text: order-18", "text: order-81", "order-18"),
        ("step: no_repeat\n    checks_of: same", "step: norepeat\n    checks_of: same", "no_repeat"),
        ("checks_of: same_authority", "checks_of: anybody", "checks_of"),
        ("code: catering", "code: circulation", "circulation"),
        ("industries: [H]", "industries: [Z]", "industries"),
        ("stage: production, licensed: [饮料, 包装饮用水]", "stage: production", "licensed"),
        ("inspectors: 2", "inspector: 2", "inspectors"),
    ],
)
def test_a_mistake_is_named_with_its_place(right: str, wrong: str, says: str, tmp_path: Path) -> None:
    assert right in SOURCE
    (tmp_path / "frames.yaml").write_text(SOURCE.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"frames\.yaml:\d+") as caught:
        load_catalogue(SHIPPED, tmp_path)
    assert says in caught.value.text.en
