"""Whether a measure can be computed from the registers it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from qualicity.definitions.crosschecks.filters import DAYS, NUMBERS, check_column, check_filter
from qualicity.definitions.measures import (
    Count,
    Coverage,
    Cut,
    Index,
    Mean,
    Measure,
    Per10k,
    Ratio,
    Share,
    Side,
    Total,
    Validity,
    WorstClass,
)
from qualicity.errors import Text
from qualicity.methods.water import EVALUATED

if TYPE_CHECKING:
    from qualicity.definitions.crosschecks.asking import Check
    from qualicity.definitions.registers import ColumnType, Register

Registers = Mapping[str, "Register"]
REGISTER = Text("台账", "register")
#: Pollutants whose annual mean HJ 663 describes.
ANNUAL_AIR = ("pm25", "pm10", "so2", "no2")
_FLAG: frozenset[ColumnType] = frozenset({"boolean"})


def register_codes(measure: Measure) -> tuple[str, ...]:
    """Return the registers that a measure reads, each once, the one that gives the rows first."""
    if isinstance(measure, Ratio | Per10k):
        return tuple(dict.fromkeys((measure.numerator.register_code, measure.denominator.register_code)))
    if isinstance(measure, Coverage):
        return tuple(dict.fromkeys((measure.due.register_code, measure.covered.register_code)))
    return (measure.register_code,)


def check_measure(check: Check, measure: Measure, registers: Registers) -> None:
    """Check a measure: its registers, columns, filters and what its kind asks for."""
    if isinstance(measure, Ratio | Per10k):
        _check_total(check.at("numerator"), measure.numerator, registers)
        _check_total(check.at("denominator"), measure.denominator, registers)
        if measure.numerator == measure.denominator:
            check.say("分子与分母相同，结果恒定", "numerator and denominator are the same: the value is constant")
    elif isinstance(measure, Coverage):
        _check_side(check.at("due"), measure.due, registers)
        _check_side(check.at("covered"), measure.covered, registers)
        if measure.due == measure.covered:
            check.say("应覆盖与已覆盖相同，恒为 100%", "due and covered are the same: the value is always 100 %")
    else:
        register = _register(check, measure.register_code, registers)
        if register is not None:
            check_filter(check.at("where"), measure.where, register)
            for path, name, types in _columns(measure):
                check_column(check.at(*path), name, register, types=types)
            _check_kind(check, measure, register)


def _register(check: Check, code: str, registers: Registers) -> Register | None:
    return registers[code] if check.at("register").known(code, registers, REGISTER) else None


def _check_total(check: Check, total: Total, registers: Registers) -> None:
    register = _register(check, total.register_code, registers)
    if register is None:
        return
    check_filter(check.at("where"), total.where, register)
    if total.column is not None:
        check_column(check.at("column"), total.column, register, types=NUMBERS)
    _check_validity(check.at("valid"), total.valid, register)


def _check_side(check: Check, side: Side, registers: Registers) -> None:
    register = _register(check, side.register_code, registers)
    if register is None:
        return
    check_filter(check.at("where"), side.where, register)
    check_column(check.at("key"), side.key, register)
    _check_validity(check.at("valid"), side.valid, register)


def _check_validity(check: Check, valid: Validity | None, register: Register) -> None:
    if valid is None:
        return
    check_column(check.at("start"), valid.start, register, types=DAYS)
    if valid.end is not None:
        check_column(check.at("end"), valid.end, register, types=DAYS)
    if register.grain != "stock":
        check.say(
            f"台账“{register.code}”不是存量（stock），没有有效期",
            f"register “{register.code}” is no stock: its rows have no time of validity",
        )


def _columns(
    measure: Share | Mean | Count | Cut | Index | WorstClass,
) -> Iterator[tuple[tuple[str | int, ...], str, frozenset[ColumnType] | None]]:
    """Yield the columns that a measure names: where it stands, its name and the types that serve."""
    if isinstance(measure, Mean | Cut):
        yield ("column",), measure.column, NUMBERS
    if isinstance(measure, Share | Mean | Index) and measure.weight is not None:
        yield ("weight",), measure.weight, NUMBERS
    if isinstance(measure, Share | Index) and measure.stratum is not None:
        yield ("stratum",), measure.stratum, None
    if isinstance(measure, Count):
        for number, name in enumerate(measure.distinct):
            yield ("distinct", number), name, None
    if isinstance(measure, Index):
        for number, name in enumerate(measure.items):
            yield ("items", number), name, NUMBERS
    if isinstance(measure, WorstClass):
        yield ("section",), measure.section, None
        for item, name in measure.items.items():
            yield ("items", item), name, NUMBERS
        if measure.lake is not None:
            yield ("lake",), measure.lake, _FLAG


def _check_kind(check: Check, measure: Share | Mean | Count | Cut | Index | WorstClass, register: Register) -> None:
    if isinstance(measure, Share):
        check_filter(check.at("passing"), measure.passing, register)
        if not measure.passing:
            check.at("passing").say("没有合格条件，恒为 100%", "nothing is asked: the value is always 100 %")
    elif isinstance(measure, Mean):
        _check_mean(check, measure, register)
    elif isinstance(measure, Count):
        _check_validity(check.at("valid"), measure.valid, register)
    elif isinstance(measure, Index):
        _check_index(check, measure, register)
    elif isinstance(measure, WorstClass):
        items = Text("GB 3838 评价项目", "item evaluated by GB 3838")
        for item in measure.items:
            check.at("items", item).known(item, EVALUATED, items)


def _check_mean(check: Check, measure: Mean, register: Register) -> None:
    if (measure.method == "weighted") != (measure.weight is not None):
        check.at("weight").say(
            "加权平均（weighted）才有、也必须有 weight", "a weight belongs to the method weighted, which needs one"
        )
    if measure.method == "annual_air":
        pollutant = Text("按 HJ 663 求年均的污染物", "pollutant with an annual mean by HJ 663")
        check.at("column").known(measure.column, ANNUAL_AIR, pollutant)
        if register.grain != "profile":
            check.at("method").say(
                f"台账“{register.code}”不是逐日明细（profile）", f"register “{register.code}” is no profile of days"
            )


def _check_index(check: Check, measure: Index, register: Register) -> None:
    low, high = measure.scale
    if low >= high:
        check.at("scale").say("量表下限不小于上限", "the scale does not rise")
    if measure.item_weights and len(measure.item_weights) != len(measure.items):
        check.at("item_weights").say("权数与题目个数不同", "there are not as many weights as items")
    for number, name in enumerate(measure.items):
        if name not in register.names:
            continue
        column = register.column(name)
        if column.minimum is None or column.maximum is None or column.minimum < low or column.maximum > high:
            check.at("items", number).say(
                f"列“{name}”的取值不限于量表 {low:g}–{high:g}",
                f"column “{name}” may leave the scale {low:g}–{high:g}",
            )
