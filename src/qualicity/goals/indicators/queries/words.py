"""Targets in words, as an office writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.errors import Text

if TYPE_CHECKING:
    from qualicity.definitions.plans import Target

_SIGNS = {"at_least": "≥", "above": ">", "at_most": "≤", "below": "<", "equals": "="}


def target_words(target: Target, unit: str, aim: float | None = None) -> Text:
    """Return a target in few words: ``≥ 95 %``, ``2016 年 ≤ 95 µg/m³``, ``比 2010 年削减 14.8 %``."""
    words = _plain(target, unit, aim)
    if target.every == "period":
        return Text(f"{words.zh}（每期）", f"{words.en} (every period)")
    return words


def _plain(target: Target, unit: str, aim: float | None) -> Text:
    value = "" if target.value is None else f"{target.value:g}"
    if target.kind in _SIGNS:
        return Text(f"{_SIGNS[target.kind]} {value} {unit}", f"{_SIGNS[target.kind]} {value} {_english(unit)}")
    if target.kind == "none_of":
        return Text("消除（0）", "none")
    if target.kind == "cut":
        return Text(
            f"{target.year} 年比 {target.base_year} 年削减 ≥ {value} {unit}",
            f"{target.year}: ≥ {value} {_english(unit)} below {target.base_year}",
        )
    if target.kind == "trajectory":
        sign = "≤" if target.falling else "≥"
        return Text(f"{target.year} 年 {sign} {value} {unit}", f"{target.year}: {sign} {value} {_english(unit)}")
    if target.kind == "below_reference":
        known = "" if aim is None else f"（{aim:g} {unit}）"
        return Text(f"低于当年全国平均{known}", "below the year's reference" + ("" if aim is None else f" ({aim:g})"))
    return Text("方案未给出数值", "no figure in the plan")


_ENGLISH = {"个": "", "分": "points", "起": "", "人/万台": "per 10 000", "张/万人": "per 10 000"}


def _english(unit: str) -> str:
    return _ENGLISH.get(unit, unit)
