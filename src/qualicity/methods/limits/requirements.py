"""Limits as standards and notices write them: bounds, ranges, nothing allowed, plans of several samples."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from qualicity.methods.limits.figures import NUMBER, Figure, read_figure
from qualicity.methods.limits.units import read_unit, spelt
from qualicity.methods.limits.writing import plain


class Form(StrEnum):
    """What a limit asks for."""

    bounds = "bounds"
    nothing = "nothing"  # 不得检出, 不得使用
    plan = "plan"  # n, c, m, M
    alternatives = "alternatives"
    words = "words"
    none = "none"  # no limit is set
    unread = "unread"


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of what is allowed; ``open`` where the end itself is not allowed."""

    figure: Figure
    open: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of n samples (GB 4789.1, GB 29921): at most c of them between m and M, none above M.

    Two-class where ``most`` is None. ``m`` or ``most`` without a value: its power of ten was lost in the text.
    """

    n: int
    c: int
    m: Figure
    most: Figure | None = None
    quantity: str = ""  # m = 0 in so much: 25g


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit, as far as it could be read."""

    form: Form
    written: str
    low: Bound | None = None
    high: Bound | None = None
    unit: str = ""
    basis: str = ""
    plan: Plan | None = None
    alternatives: tuple[Limit, ...] = ()
    rounded: bool = False  # the limit says that rounded values are compared
    signed: bool = True  # false where a bare figure stands


_NONE = {"", "/", "-", "--", "---", "//", "无", "不限", "不作要求", "无要求", "不作规定", "未规定", "NA", "N/A", "*"}
_NOTHING = re.compile(
    r"(?:不得|不应|不可|不准|不能|禁止|不允许|严禁)(?:检出|使用|添加|含有|超范围使用|有|存在)|未检出|不检出|禁用|非法添加|阴性|^N\.?D\.?$"
    r"|^\W*(?:absen[ct]|none|nil|negative|nopresence|not(?:detect|permit))",
    re.IGNORECASE,
)
_WORDS_FOR_SIGNS = (
    (re.compile(r"不得?(?:大于|高于|超过|多于|超出)|不应(?:大于|高于|超过)|小于(?:或)?等于|小于或等于"), "≤"),
    (re.compile(r"不得?(?:小于|低于|少于)|不应(?:小于|低于)|大于(?:或)?等于"), "≥"),
    (re.compile(r"最大值?|至多|max\.?(?![a-z])", re.IGNORECASE), "≤"),
    (re.compile(r"最小值?|至少|min\.(?![a-z])", re.IGNORECASE), "≥"),
    (re.compile(r"大于|高于|超过"), ">"),
    (re.compile(r"小于|低于"), "<"),
)
_ROUNDED = re.compile(r"\(?(?:按|采用)?修约值(?:比较法?)?(?:判定)?\)?")
_WHOLE = re.compile(r"\(?(?:按|采用)?全数值(?:比较法?)?(?:判定)?\)?")
_UNIT_ASIDE = re.compile(r"\(?单位:?([^);]+)\)?")
#: A unit between two figures, or before a word: it begins with a letter, so that it takes no digit of a figure.
_INNER_UNIT = r"(?:[A-Za-zμ%°Ω‰][^<>≤≥=~;±]*?)?"
_ONE = re.compile(rf"(?P<sign>[<>≤≥=])(?P<figure>{NUMBER})(?P<unit>[^<>≤≥=~;]*)")
_BARE = re.compile(rf"(?P<figure>{NUMBER})(?P<unit>[^<>≤≥=~;\d][^<>≤≥=~;]*)?")
_AFTER = re.compile(rf"(?P<figure>{NUMBER})(?P<unit>{_INNER_UNIT})(?:\()?(?:及)?(?P<way>以下|以上|以内)(?:\))?")
_RANGE = re.compile(
    rf"(?P<low>{NUMBER})(?P<unit_low>{_INNER_UNIT})(?:~|-|至|到)(?P<high>{NUMBER})(?P<unit>[^<>≤≥=~;±]*)"
)
_AROUND = re.compile(
    rf"(?P<middle>{NUMBER})(?P<unit_low>{_INNER_UNIT})±(?P<spread>{NUMBER})(?P<unit>[^±(]*)(?P<left>\(.*\))?"
)
_BETWEEN = re.compile(
    rf"(?P<low>{NUMBER})(?P<unit_low>{_INNER_UNIT})(?P<sign_low>[<≤])(?P<name>[^<≤\d]*)(?P<sign_high>[<≤])(?P<high>{NUMBER})(?P<unit>.*)"
)
_PLAN = re.compile(
    r"[nN]=(?P<n>\d+)[;,/]*[cC]=(?P<c>\d+)[;,/]*m=(?P<m>(?:(?!M=)[^;,]|,(?=\d{3}))+)(?:[;,/]*M=(?P<most>.*?))?[;,.。]*$"
)
_DETECTION = re.compile(rf"(?:检出限|定量限|LOD|<)[:=为]?(?P<figure>{NUMBER})(?P<unit>[^)]*)", re.IGNORECASE)


def read_limit(text: str, *, unit: str = "", decimal_comma: bool | None = None) -> Limit:
    """Read a limit from its text; never fails: what cannot be read is of the form ``unread``.

    ``unit`` is the unit of a cell beside it, used where the text names none. Sides that a text leaves open stay None.
    """
    cleaned = plain(text)
    if cleaned.upper() in _NONE:
        return Limit(Form.none, text.strip())
    rounded = bool(_ROUNDED.search(cleaned))
    cleaned = _WHOLE.sub("", _ROUNDED.sub("", cleaned))
    aside = ""
    if stated := _UNIT_ASIDE.search(cleaned):
        aside, cleaned = stated[1], _UNIT_ASIDE.sub("", cleaned)
    limit = _read(cleaned, decimal_comma)
    if not limit.unit and (aside or unit) and limit.form is not Form.words:
        named, basis = spelt(aside or unit)
        limit = replace(limit, unit=named, basis=limit.basis or basis)
    return replace(limit, written=text.strip(), rounded=rounded)


def _read(text: str, decimal_comma: bool | None) -> Limit:
    if re.search(r"[nN]=\d", text):
        return _read_plan(text, decimal_comma)
    if _NOTHING.search(text):
        return _read_nothing(text, decimal_comma)
    if quantity := re.fullmatch(r"0/(\d+(?:\.\d+)?(?:g|mL))", text, re.IGNORECASE):
        return Limit(Form.nothing, text, basis=quantity[1])
    for pattern, sign in _WORDS_FOR_SIGNS:
        text = pattern.sub(sign, text)
    if re.search(r"或", text):
        found = tuple(_read(part, decimal_comma) for part in re.split(r";?或者?", text) if part)
        last = found[-1] if found else Limit(Form.unread, text)
        found = tuple(each if each.unit else replace(each, unit=last.unit, basis=last.basis) for each in found)
        readable = all(each.form in {Form.bounds, Form.nothing} for each in found)
        return Limit(Form.alternatives, text, alternatives=found) if readable else Limit(Form.unread, text)
    if re.match(r"(?:应)?(?:符合|满足|按|见|参照)", text):
        return Limit(Form.words, text)
    return _read_bounds(text, decimal_comma) or Limit(
        Form.words if re.search(r"[一-鿿]{4}", text) else Form.unread, text
    )


def _read_nothing(text: str, decimal_comma: bool | None) -> Limit:
    """Read that nothing may be found; below a detection limit that is named with it, nothing counts as found."""
    found = _DETECTION.search(text)
    figure = read_figure(found["figure"], decimal_comma=decimal_comma) if found else None
    unit, basis = spelt(found["unit"]) if found else ("", "")
    if not found and (rest := re.search(r"(?:检出|使用|添加|含有)([a-zA-Zμ%]+/[a-zA-Z\d]+)$", text)):
        unit, basis = spelt(rest[1])
    return Limit(Form.nothing, text, high=Bound(figure) if figure else None, unit=unit, basis=basis)


def _read_bounds(text: str, decimal_comma: bool | None) -> Limit | None:
    text = text.replace("应", "").replace("且", ";").replace("并", "") if re.search(r"[应且并]", text) else text
    parts = [part for part in re.split(r";|,(?=[<>≤≥=])", text) if part]
    if len(parts) == 2:
        first, second = (_read_bounds(part, decimal_comma) for part in parts)
        return _joined(text, first, second)
    for reader in (_between, _around, _range, _one_sided, _bare):
        if limit := reader(text, decimal_comma):
            return limit
    return None


def _joined(text: str, first: Limit | None, second: Limit | None) -> Limit | None:
    """Join a lower and an upper bound; two of the same side, or one without its sign, cannot be joined."""
    if first is None or second is None or not (first.signed and second.signed):
        return None
    low, high = first.low or second.low, first.high or second.high
    if low is None or high is None or (first.low and first.high) or (second.low and second.high):
        return None
    if first.unit and second.unit and first.unit != second.unit:
        return None
    return Limit(Form.bounds, text, low, high, second.unit or first.unit, second.basis or first.basis)


def _between(text: str, decimal_comma: bool | None) -> Limit | None:
    if not (found := _BETWEEN.fullmatch(text)):
        return None
    ends = (
        read_figure(found["low"], decimal_comma=decimal_comma),
        read_figure(found["high"], decimal_comma=decimal_comma),
    )
    if ends[0] is None or ends[1] is None or not found["name"]:
        return None
    unit, basis = spelt(found["unit"] or found["unit_low"])
    low, high = Bound(ends[0], found["sign_low"] == "<"), Bound(ends[1], found["sign_high"] == "<")
    return Limit(Form.bounds, text, low, high, unit, basis)


def _around(text: str, decimal_comma: bool | None) -> Limit | None:
    """Read 10.0±0.1, with an end left out where it is said: (不含0.1), (不含+0.1), (不含-0.1)."""
    if not (found := _AROUND.fullmatch(text)):
        return None
    middle = read_figure(found["middle"], decimal_comma=decimal_comma)
    spread = read_figure(found["spread"], decimal_comma=decimal_comma)
    if middle is None or spread is None or middle.value is None or spread.value is None:
        return None
    left = re.fullmatch(r"\((?:不含|不包括)(?P<sign>[+-]?)[\d.]+\)", found["left"] or "")
    if found["left"] and not left:
        return None
    places = max(middle.decimals, spread.decimals)
    ends = [
        Figure(format(end, "f"), (end,), places) for end in (middle.value - spread.value, middle.value + spread.value)
    ]
    unit, basis = spelt(found["unit"] or found["unit_low"])
    without = left["sign"] if left else None
    return Limit(
        Form.bounds,
        text,
        Bound(ends[0], without in {"", "-"}),
        Bound(ends[1], without in {"", "+"}),
        unit,
        basis,
    )


def _range(text: str, decimal_comma: bool | None) -> Limit | None:
    if not (found := _RANGE.fullmatch(text)):
        return None
    low = read_figure(found["low"], decimal_comma=decimal_comma)
    high = read_figure(found["high"], decimal_comma=decimal_comma)
    if low is None or high is None or low.value is None or high.value is None or low.value > high.value:
        return None
    unit, basis = spelt(found["unit"] or found["unit_low"])
    return Limit(Form.bounds, text, Bound(low), Bound(high), unit, basis)


def _one_sided(text: str, decimal_comma: bool | None) -> Limit | None:
    after = _AFTER.fullmatch(text)
    found = after or _ONE.fullmatch(text)
    figure = read_figure(found["figure"], decimal_comma=decimal_comma) if found else None
    if found is None or figure is None:
        return None
    sign = ("≥" if after["way"] == "以上" else "≤") if after else found["sign"]
    unit, basis = spelt(found["unit"] or "")
    low = Bound(figure, sign == ">") if sign in "≥>=" else None
    high = Bound(figure, sign == "<") if sign in "≤<=" else None
    return Limit(Form.bounds, text, low, high, unit, basis)


def _bare(text: str, decimal_comma: bool | None) -> Limit | None:
    """Read a figure without any sign: under the word 限量 it is the most that is allowed, if the judge says so."""
    found = _BARE.fullmatch(text)
    figure = read_figure(found["figure"], decimal_comma=decimal_comma) if found else None
    if found is None or figure is None:
        return None
    unit, basis = spelt(found["unit"] or "")
    if unit and read_unit(unit) is None and re.search(r"\d|[一-鿿]{3}", unit):
        return None
    return Limit(Form.bounds, text, high=Bound(figure), unit=unit, basis=basis, signed=False)


def _read_plan(text: str, decimal_comma: bool | None) -> Limit:
    """Read n, c, m and M; a text that ends in a bare ten lost the raised power that stood there."""
    found = _PLAN.search(text)
    if found is None:
        return Limit(Form.unread, text)
    most_text = (found["most"] or "").strip(";,")
    last = "most" if most_text else "m"
    m, unit_m, quantity = _plan_figure(found["m"], decimal_comma, at_end=last == "m")
    most, unit_most, _ = (
        _plan_figure(most_text, decimal_comma, at_end=True) if most_text not in {"", "-", "/"} else (None, "", "")
    )
    if m is None or (most is None and most_text not in {"", "-", "/"}):
        return Limit(Form.unread, text)
    n, c = int(found["n"]), int(found["c"])
    if most is not None and m.value is not None and most.value is not None and most.value <= m.value:
        return Limit(Form.unread, text)
    if c >= n:
        return Limit(Form.unread, text)
    unit, basis = spelt(unit_most or unit_m)
    return Limit(Form.plan, text, unit=unit, basis=basis, plan=Plan(n, c, m, most, quantity))


def _plan_figure(text: str, decimal_comma: bool | None, *, at_end: bool) -> tuple[Figure | None, str, str]:
    quantity = re.fullmatch(rf"(?P<figure>{NUMBER})/(?P<quantity>\d+(?:\.\d+)?(?:g|mL))(?:\((?:g|mL)\))?", text)
    if quantity:
        return read_figure(quantity["figure"], decimal_comma=decimal_comma), "", quantity["quantity"]
    found = re.fullmatch(rf"(?P<figure>{NUMBER})(?P<unit>[^\d].*)?", text)
    if found is None:
        return None, "", ""
    figure = read_figure(found["figure"], decimal_comma=decimal_comma)
    if at_end and found["figure"] == "10" and not found["unit"]:
        figure = Figure("10", ())
    return figure, found["unit"] or "", ""
