"""The scheme in force: the definition's, under the weights that were adopted for the day."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from qualicity.definitions.catalogue import catalogue
from qualicity.errors import InputError, NotFoundError, nearest
from qualicity.judgement.credit.lifecycle import WeightingState
from qualicity.judgement.credit.models import Weighting
from qualicity.methods.credit_scoring import Family, Item

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qualicity.definitions.credit import CreditScheme


@dataclass(frozen=True, slots=True)
class Weights:
    """Other weights of families and points of items, by code; what is not named stays."""

    families: Mapping[str, float] = field(default_factory=dict)
    items: Mapping[str, float] = field(default_factory=dict)

    @property
    def plain(self) -> dict[str, dict[str, float]]:
        """Return them as they are stored and as a file holds them."""
        return {"families": dict(self.families), "items": dict(self.items)}


def defined() -> CreditScheme:
    """Return the scheme of the definitions; NotFoundError when there is none."""
    for scheme in catalogue().credit.values():
        return scheme
    raise NotFoundError("没有企业质量信用评分定义。", "No scheme of quality credit is defined.")


def scheme(on: date | None = None) -> tuple[CreditScheme, Weighting | None]:
    """Return the scheme in force on a day (without one: by what was adopted last), and the weights adopted for it."""
    base = defined()
    adopted = Weighting.objects.filter(scheme=base.code, state=WeightingState.ADOPTED)
    if on is not None:
        adopted = adopted.filter(in_force_from__lte=on)
    found = adopted.order_by("-in_force_from", "-pk").first()
    return (base, None) if found is None else (with_weights(base, read_weights(found.weights)), found)


def read_weights(given: Any) -> Weights:
    """Return weights as a file or form gives them; InputError names what is wrong."""
    if not isinstance(given, dict) or set(given) - {"families", "items"}:
        raise InputError(
            "权重文件应写明 families（指标类: 权重）和 items（指标: 分值）。",
            "Weights are written as families (code: weight) and items (code: points).",
        )
    parts = []
    for name in ("families", "items"):
        part = given.get(name) or {}
        try:
            parts.append({str(code): float(value) for code, value in dict(part).items()})
        except (TypeError, ValueError) as error:
            raise InputError(f"{name} 中有不是数字的值。", f"A value of {name} is no number.") from error
    return Weights(*parts)


def with_weights(scheme: CreditScheme, weights: Weights) -> CreditScheme:
    """Return the scheme under other weights; InputError for unknown codes or weights that do not add up to 100."""
    _known(weights.families, [one.code for one in scheme.families])
    _known(weights.items, [item.code for _, item in scheme.items])
    families = tuple(
        family.model_copy(
            update={
                "weight": weights.families.get(family.code, family.weight),
                "items": tuple(
                    one.model_copy(update={"points": weights.items.get(one.code, one.points)}) for one in family.items
                ),
            }
        )
        for family in scheme.families
    )
    total = sum(one.weight for one in families)
    if abs(total - 100) > 1e-9 or any(one.weight <= 0 for one in families):
        raise InputError(
            f"各类权重须大于 0，合计 100；现在合计 {total:g}。",
            f"Every weight is above 0 and all add up to 100; these add up to {total:g}.",
        )
    for family in families:
        for item in family.items:
            if not -100 <= item.points <= 100 or (item.most is not None and abs(item.points) > item.most):
                most = item.most if item.most is not None else 100
                raise InputError(
                    f"“{item.title.zh}”的分值 {item.points:g} 超出范围（±{most:g}）。",
                    f"The points of “{item.title.en}”, {item.points:g}, are out of bounds (±{most:g}).",
                )
    return scheme.model_copy(update={"families": families})


def digest(scheme: CreditScheme) -> str:
    """Return a digest of everything in the scheme that a score depends on."""
    text = json.dumps(scheme.model_dump(mode="json", by_alias=True), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def rules(scheme: CreditScheme) -> tuple[tuple[Family, ...], tuple[Item, ...]]:
    """Return families and items as the method takes them."""
    families = tuple(Family(one.weight, one.start, one.floor, one.ceiling) for one in scheme.families)
    items = tuple(Item(number, one.points, one.fade.how, one.fade.years, one.most) for number, one in scheme.items)
    return families, items


def _known(given: Iterable[str], codes: list[str]) -> None:
    for code in given:
        if code not in codes:
            like = nearest(code, codes)
            raise InputError(
                f"没有指标或指标类“{code}”。" + (f"是否指“{like}”？" if like else ""),
                f"There is no family or item “{code}”." + (f" Did you mean “{like}”?" if like else ""),
            )
