"""Finds the quantities in a clause: operator words, number, unit, closing words."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from qualicity.engines.documents.numerals import HAN, SCALES, han_number
from qualicity.engines.documents.targets.units import COUNT, UNIT
from qualicity.engines.documents.targets.wording import MADE, POST, PRE

HIDDEN: Final = "\ue000"
YEAR: Final = "\ue001"
_YEAR_WORDS: Final = re.compile(
    r"(?:(?:19|20)\d\d年?[—－\-至到~～])?(?:19|20)\d\d年(?:度)?(?:\d{1,2}月(?:\d{1,2}日)?)?(?:年?底|末|初)?(?:以?前|之前)?|“?[十一二三四五六七八九]+五”(?:末|期末|期间|时期)?|\d{1,2}月(?:底|末)?(?:\d{1,2}日)?(?:前)?"
)
_NO_QUANTITY: Final = (
    re.compile(r"《[^》]*》"),
    re.compile(r"(?<![A-Za-z])[A-Za-z]+(?:[-/ ][A-Za-z]+)*[-—/ ]{0,2}\d+(?:[.\-—]\d+)*(?!\s*(?:dB|%))"),
    re.compile(r"[〔\[【][12]\d{3}[〕\]】]\d*号?"),
    re.compile(r"第[\d一二三四五六七八九十百]+[号届批次名位条款项类阶期]?"),
    re.compile(r"\d+[.．、](?=[\u4e00-\u9fff])"),
)
_HAN_COUNT: Final = rf"(?:[{HAN}]+(?:点[{HAN}]+)?)"
_NUMBER: Final = (
    rf"(?:(?P<num>(?<![\d.A-Za-z])\d+(?:\.\d+)?)(?P<scale>[万亿](?![元美立吨亩千平公]))?|百分之(?P<percent>{_HAN_COUNT}|\d+(?:\.\d+)?)"
    rf"|(?P<tenths>[一二三四五六七八九])成(?=以上|以下|左右|提高|提升|上升|增加|降低|下降|$|[，。；])|(?P<han>{_HAN_COUNT})(?P<hanscale>[万亿])?(?={COUNT}))"
)
QUANTITY: Final = re.compile(
    rf"(?P<pre>{PRE})?(?:{YEAR}*的?|“)?(?:(?P<low>(?<![\d.A-Za-z])\d+(?:\.\d+)?)%?[-—–~～至到](?=\d))?{_NUMBER}(?:（含）)?(?P<unit>{UNIT})?(?:（含[^）]{{0,6}}）)?"
    rf"(?P<post>{POST})?(?P<unit_after>{COUNT}(?=[，。；、）]|$))?"
)
_MADE: Final = re.compile(MADE)
_BEFORE: Final = re.compile(rf"(?:{MADE})(?:\s|{HIDDEN}|{YEAR})*$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number in a clause with the words around it; ``start`` is where its operator begins."""

    start: int
    end: int
    pre: str
    value: float
    unit: str | None
    post: str
    written: str
    by_verb: str = ""
    upper: float | None = None
    origin: float | None = None


def masked(clause: str) -> str:
    """Return the clause with years, quotations and names that hold digits covered, letter for letter."""
    text = re.sub(
        r"“[^”]*”", lambda m: m[0] if re.search("^“[十一二三四五六七八九]+五”", m[0]) else HIDDEN * len(m[0]), clause
    )
    text = _YEAR_WORDS.sub(lambda m: YEAR * len(m[0]), text)
    for pattern in _NO_QUANTITY:
        text = pattern.sub(lambda m: HIDDEN * len(m[0]), text)
    return text


def quantities(clause: str, *, verb: str = "") -> tuple[Quantity, ...]:
    """Return the quantities of a clause that are conditions, left to right.

    ``verb`` is the verb of making that the clause before left behind: 建成…4项，…5项.
    """
    cover = masked(clause)
    found: list[Quantity] = []
    for match in QUANTITY.finditer(cover):
        listed = bool(found) and cover[found[-1].end : match.start()] in {"、", "和", "及", "与", "以及", "，"}
        quantity = _quantity(clause, cover, match, found[-1].by_verb or found[-1].pre if listed else verb)
        if quantity is not None:
            found.append(quantity)
    kept: list[Quantity] = []
    origin: float | None = None
    for quantity in found:
        if _only_describes(quantity, cover):
            continue
        if quantity is not found[-1] and _is_start(quantity, cover):
            origin = quantity.value
            continue
        kept.append(replace(quantity, origin=origin))
        origin = None
    return tuple(kept)


def _is_start(quantity: Quantity, cover: str) -> bool:
    """Tell whether a number is only where a change starts: 由92%提高到95%; one with a year is a point."""
    return re.search("[由从](?:目前|现在|现有)?的?$", cover[: quantity.start]) is not None


def _only_describes(quantity: Quantity, cover: str) -> bool:
    """Tell whether a number only describes a noun: 主营业务超过1000亿元、500亿元的企业."""
    after = re.match(rf"(?:[、和至]\d+(?:\.\d+)?{UNIT})*的(?!基础|目标|比例)", cover[quantity.end :])
    return after is not None and (not quantity.by_verb or bool(re.search(r"\d", cover[quantity.end + after.end() :])))


def spare_numbers(clause: str, taken: Collection[float]) -> bool:
    """Tell whether a clause holds a number with a unit that is none of the values taken from it."""
    cover = _YEAR_WORDS.sub(lambda m: YEAR * len(m[0]), re.sub(r"《[^》]*》", lambda m: HIDDEN * len(m[0]), clause))
    numbers = re.finditer(rf"(?<![\dA-Za-z.])(\d+(?:\.\d+)?)(?:[%‰‱]|{UNIT})", cover)
    return any(float(found[1]) not in taken for found in numbers)


def stray_numbers(clause: str) -> bool:
    """Tell whether a clause holds a number with a unit, whether or not it was understood as a condition."""
    return bool(re.search(rf"\d(?:\.\d+)?(?:[%‰‱]|{UNIT})", masked(clause)))


def _quantity(clause: str, cover: str, match: re.Match[str], carried: str) -> Quantity | None:
    value = _value(match)
    unit = match["unit"] or match["unit_after"] or ("%" if match["percent"] or match["tenths"] else None)
    pre, post = match["pre"] or "", match["post"] or ""
    if value is None:
        return None
    if re.match("方面|环节|阶段|层面|步骤|重点|统一|体系|主体|百分之|率先|层次|原则|关键", cover[match.end() :]):
        return None
    after = cover[match.end() : match.end() + 1]
    if unit is None and (
        not (pre or post) or after in {"年", "月", "号", "条", "章", "届", "级", "类", "-", "—", "+", ":", "次", "："}
    ):
        return None
    is_count = unit is not None and re.fullmatch(COUNT, unit) is not None
    verb = (_verb(cover, match) or carried) if is_count or unit is None else ""
    if is_count and not (post or verb or _is_bound(pre)):
        return None
    if match["han"] and not (post or verb or _is_bound(pre)):
        return None
    if match["han"] and not post and value == 1 and not re.search("建成|创建|获得|争创|新增|建立", verb):
        return None
    if unit is None and pre in {"在", "为", "是", "到", "有", "共"} and not post and not verb:
        return None
    start = match.start() if pre else _number_start(match)
    return Quantity(
        start,
        match.end(),
        pre,
        value,
        unit,
        post,
        clause[match.start() : match.end()],
        verb,
        _value_of(match) if match["low"] is not None else None,
    )


def _is_bound(pre: str) -> bool:
    return bool(pre) and pre not in {"在", "为", "是", "到", "共", "都", "均", "各", "能"}


def _number_start(match: re.Match[str]) -> int:
    names = ("num", "percent", "tenths", "han")
    if match["low"] is not None:
        return match.start("low")
    begin = next(match.start(name) for name in names if match[name] is not None)
    return begin - (3 if match["percent"] is not None else 0)


def _verb(cover: str, match: re.Match[str]) -> str:
    """Return the verb of making or getting that governs a count, or nothing."""
    before = _BEFORE.search(cover[: match.start()])
    if before:
        return before.group(0).strip(HIDDEN + YEAR)
    verbs = _MADE.findall(cover[: match.start()])
    strong = [verb for verb in verbs if len(verb) > 1 or verb in {"获", "创"}]
    return strong[-1] if strong else ""


def _value(match: re.Match[str]) -> float | None:
    return float(match["low"]) if match["low"] is not None else _value_of(match)


def _value_of(match: re.Match[str]) -> float | None:
    if match["num"] is not None:
        return round(float(match["num"]) * SCALES.get(match["scale"] or "", 1), 9)
    if match["percent"] is not None:
        written = match["percent"]
        return float(written) if written[0].isdigit() else han_number(written)
    if match["tenths"] is not None:
        tenths = han_number(match["tenths"])
        return tenths * 10 if tenths is not None else None
    value = han_number(match["han"])
    return value * SCALES.get(match["hanscale"] or "", 1) if value is not None else None
