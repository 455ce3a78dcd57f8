"""Whether the products of the catalogue speak of laws that are there, and name each item once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.definitions.crosschecks.cases import LAW
from qualicity.errors import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.definitions.crosschecks.asking import Check
    from qualicity.definitions.laws import Law
    from qualicity.definitions.products import Product

ITEM = Text("检验项目", "item")


def check_product(check: Check, found: Product, laws: Mapping[str, Law]) -> None:
    """Check the law under which a product is spot-checked, its items, and that only food is key food."""
    check.at("law").known(found.law, laws, LAW)
    check.at("items").once([one.code for one in found.items], ITEM, "code")
    if found.key_food and found.kind != "food":
        check.at("key_food").say("只有食品才是重点食品", "only food is key food")
