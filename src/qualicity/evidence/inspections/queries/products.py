"""Which products may be planned, as the catalogue of products has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.definitions.catalogue import catalogue
from qualicity.errors import NotFoundError, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.definitions.model import Words


def product_titles() -> Mapping[str, Words]:
    """Return the products by code with what they are called."""
    return {code: one.title for code, one in getattr(catalogue(), "products", {}).items()}


def check_product(code: str) -> None:
    """Raise NotFoundError, naming the nearest, where the catalogue has no such product."""
    known = product_titles()
    if code in known:
        return
    like = nearest(code, known)
    raise NotFoundError(
        f"产品目录中没有“{code}”。" + (f"是否指“{like}”？" if like else ""),
        f"The catalogue has no product “{code}”." + (f" Did you mean “{like}”?" if like else ""),
    )
