"""Which products may be planned, as the catalogue of products has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.definitions.catalogue import catalogue
from qualicity.errors import InputError, NotFoundError, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.definitions.model import Words
    from qualicity.definitions.products import Product


def product_titles() -> Mapping[str, Words]:
    """Return the products by code with what they are called."""
    return {code: one.title for code, one in catalogue().products.items()}


def check_product(code: str, *, law: str) -> None:
    """Raise NotFoundError, naming the nearest, where the catalogue has no such product; InputError for other laws."""
    known = catalogue().products
    if code in known:
        _check_law(known[code], law)
        return
    like = nearest(code, known)
    raise NotFoundError(
        f"产品目录中没有“{code}”。" + (f"是否指“{like}”？" if like else ""),
        f"The catalogue has no product “{code}”." + (f" Did you mean “{like}”?" if like else ""),
    )


def _check_law(product: Product, law: str) -> None:
    if product.law == law:
        return
    laws = catalogue().laws
    raise InputError(
        f"“{product.title.zh}”按“{laws[product.law].title.zh}”抽查，本计划适用“{laws[law].title.zh}”，请另立计划。",
        f"“{product.title.en}” is checked under “{laws[product.law].title.en}”, and this plan is made under "
        f"“{laws[law].title.en}”: put it into another plan.",
    )
