"""How definitions are said in sentences: filters, totals, measures and targets, in one language at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.definitions.measures import (
    Count,
    Coverage,
    Cut,
    Index,
    Mean,
    Per10k,
    Ratio,
    Share,
    Side,
    Total,
    WorstClass,
)
from qualicity.definitions.model import Condition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.definitions.measures import Measure, Validity
    from qualicity.definitions.model import Filter, Scalar, Words
    from qualicity.definitions.plans import Indicator
    from qualicity.definitions.registers import Register
    from qualicity.definitions.units import Unit

LANGUAGES = ("zh", "en")

AND = ("；", "; ")
OR = ("、", ", ")
EITHER = ("或", " or ")
OPERATORS = {
    "at_least": ("不低于 {} {}", "at least {} {}"),
    "above": ("大于 {} {}", "more than {} {}"),
    "at_most": ("不高于 {} {}", "at most {} {}"),
    "below": ("低于 {} {}", "less than {} {}"),
    "equals": ("等于 {} {}", "exactly {} {}"),
}
BOUNDS = {
    "at_least": ("≥ {}", "≥ {}"),
    "above": ("> {}", "> {}"),
    "at_most": ("≤ {}", "≤ {}"),
    "below": ("< {}", "< {}"),
}


def say(words: Words, number: int) -> str:
    """Return the words in one language."""
    return (words.zh, words.en)[number]


def link(register: Register, number: int, folder: str = "../registers/") -> str:
    """Return a link to a register's page."""
    return f"[{say(register.title, number)}]({folder}{register.code}.md)"


def either(values: list[str], number: int) -> str:
    """Return several values as a choice: A, B or C."""
    return EITHER[number].join([OR[number].join(values[:-1]), values[-1]] if len(values) > 1 else values)


def unit_words(symbol: str, units: Mapping[str, Unit], number: int) -> str:
    """Return a unit as it is written beside a figure; in English a Chinese symbol by its name."""
    if number == 0 or symbol.isascii() or (symbol not in units and "/" not in symbol):
        return symbol
    if symbol in units and units[symbol].title.en.startswith("number"):
        return ""  # the title already says what is counted
    names = [units[one].title.en if one in units and not one.isascii() else one for one in symbol.split("/")]
    return " per ".join(names) if not symbol[0].isascii() and symbol[0] not in "µ" else symbol


def filter_words(where: Filter, register: Register, number: int) -> str:
    """Return a filter as a sentence with the titles that people read."""
    return AND[number].join(_one(name, wanted, register, number) for name, wanted in where.items())


def _one(name: str, wanted: Scalar | tuple[Scalar, ...] | Condition, register: Register, number: int) -> str:
    title = _column(register, name, number)
    if isinstance(wanted, Condition):
        return f"{title} {_condition(wanted, name, register, number)}"
    values = wanted if isinstance(wanted, tuple) else (wanted,)
    words = either([_value(one, name, register, number) for one in values], number)
    return f"{title}{('为', ' is ')[number]}{words}"


def _condition(wanted: Condition, name: str, register: Register, number: int) -> str:
    parts = [
        BOUNDS[key][number].format(f"{bound:g}") for key in BOUNDS if (bound := getattr(wanted, key)) is not None
    ]
    if wanted.not_in:
        words = OR[number].join(_value(one, name, register, number) for one in wanted.not_in)
        parts.append((f"不是{words}", f"is none of {words}")[number])
    if wanted.is_empty is not None:
        parts.append((("未填", "is empty") if wanted.is_empty else ("已填", "is given"))[number])
    return ("，", ", ")[number].join(parts)


def _column(register: Register, name: str, number: int) -> str:
    title = say(register.column(name).title, number)
    return f"“{title}”"


def _value(value: Scalar, name: str, register: Register, number: int) -> str:
    if isinstance(value, bool):
        return (("是", "yes") if value else ("否", "no"))[number]
    for code in register.column(name).codes:
        if code.code == value:
            return say(code.title, number)
    return f"{value:g}" if isinstance(value, float) else str(value)


def measure_words(measure: Measure, registers: Mapping[str, Register], number: int) -> list[str]:
    """Return what a measure takes from which register, one line each."""
    match measure:
        case Share():
            register = registers[measure.register_code]
            lines = [_from(register, measure.where, number)]
            passing = filter_words(measure.passing, register, number)
            lines.append((f"合格：{passing}", f"passes: {passing}")[number])
            return lines + _design(measure.weight, measure.stratum, register, number)
        case Ratio() | Per10k():
            return [
                ("分子：", "numerator: ")[number] + _side(measure.numerator, registers, number),
                ("分母：", "denominator: ")[number] + _side(measure.denominator, registers, number),
            ]
        case Coverage():
            return [
                ("应覆盖：", "due: ")[number] + _side(measure.due, registers, number),
                ("已覆盖：", "covered: ")[number] + _side(measure.covered, registers, number),
            ]
        case _:
            return _of_one_register(measure, registers[measure.register_code], number)


def _of_one_register(measure: Mean | Count | Cut | Index | WorstClass, register: Register, number: int) -> list[str]:
    lines = [_from(register, measure.where, number)]
    if isinstance(measure, Mean | Cut):
        column = _column(register, measure.column, number)
        lines.append((f"数值：{column}", f"values: {column}")[number])
    if isinstance(measure, Mean) and measure.weight:
        column = _column(register, measure.weight, number)
        lines.append((f"权数：{column}", f"weights: {column}")[number])
    if isinstance(measure, Count):
        things = OR[number].join(_column(register, name, number) for name in measure.distinct)
        lines.append((f"按{things}不重复计数", f"counted once for each {things}")[number])
        lines += _valid(measure.valid, register, number)
    if isinstance(measure, Index):
        items = OR[number].join(_column(register, name, number) for name in measure.items)
        lines.append((f"题目：{items}", f"questions: {items}")[number])
        lines += _design(measure.weight, measure.stratum, register, number)
    if isinstance(measure, WorstClass):
        items = OR[number].join(_column(register, name, number) for name in measure.items.values())
        lines.append((f"评价项目：{items}", f"items: {items}")[number])
    return lines


def _design(weight: str | None, stratum: str | None, register: Register, number: int) -> list[str]:
    lines = []
    if weight:
        lines.append(("权数：", "weights: ")[number] + _column(register, weight, number))
    if stratum:
        lines.append(("分层：", "strata: ")[number] + _column(register, stratum, number))
    return lines


def _from(register: Register, where: Filter, number: int) -> str:
    words = filter_words(where, register, number)
    if not words:
        return (f"取自{link(register, 0)}的全部行", f"from every row of {link(register, 1)}")[number]
    return (f"取自{link(register, 0)}，只计：{words}", f"from {link(register, 1)}, only where {words}")[number]


def _side(side: Total | Side, registers: Mapping[str, Register], number: int) -> str:
    register = registers[side.register_code]
    name = side.key if isinstance(side, Side) else side.column
    what = _column(register, name, number) if name else ("行数", "number of rows")[number]
    words = (f"{link(register, 0)}的{what}", f"{what} of {link(register, 1)}")[number]
    if where := filter_words(side.where, register, number):
        words += (f"，只计：{where}", f", only where {where}")[number]
    for one in _valid(side.valid, register, number):
        words += ("，", ", ")[number] + one
    return words


def _valid(valid: Validity | None, register: Register, number: int) -> list[str]:
    if valid is None:
        return []
    start = _column(register, valid.start, number)
    if valid.end is None:
        return [(f"自{start}起有效", f"in force from {start}")[number]]
    end = _column(register, valid.end, number)
    return [(f"自{start}起、至{end}前有效", f"in force from {start} until {end}")[number]]


def target_words(one: Indicator, units: Mapping[str, Unit], number: int) -> str:
    """Return a target as a sentence."""
    target = one.target
    unit = unit_words(target.unit or one.unit, units, number)
    if target.kind in OPERATORS:
        words = OPERATORS[target.kind][number].format(f"{target.value:g}", unit).rstrip()
    elif target.kind == "trajectory":
        path = " → ".join(f"{year}: {value:g}" for year, value in target.points.items())
        words = (f"逐年目标 {path} {unit}", f"along {path} {unit}")[number]
    elif target.kind == "cut":
        words = (
            f"较 {target.base_year} 年削减不低于 {target.value:g} {unit}",
            f"at least {target.value:g} {unit} below {target.base_year}",
        )[number]
    elif target.kind == "none_of":
        words = ("消除（为零）", "none at all")[number]
    elif target.kind == "below_reference":
        points = OR[number].join(f"{year}: {value:g}" for year, value in target.points.items())
        words = (f"低于参照值（{points} {unit}）", f"below the reference ({points} {unit})")[number]
    else:
        words = ("方案未给出数值", "the plan states no figure")[number]
    if target.every:
        words += ("，每一期都要达到", ", in every period")[number]
    if target.year:
        words += (f"，{target.year} 年到期", f", due in {target.year}")[number]
    if target.source:
        words += ("；出处：", "; source: ")[number] + say(target.source, number)
    return words
