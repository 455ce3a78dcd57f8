"""Whether a credit scheme can be scored: sources that exist, items that count, classes in order, no dead words."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from qualicity.definitions.credit import FEED_COLUMNS
from qualicity.definitions.crosschecks.filters import DAYS, check_column, check_filter
from qualicity.errors import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qualicity.definitions.credit import (
        Codes,
        CreditClass,
        CreditFamily,
        CreditItem,
        CreditScheme,
        EventSource,
        Grade,
    )
    from qualicity.definitions.crosschecks.asking import Check
    from qualicity.definitions.model import Filter
    from qualicity.definitions.registers import ColumnType, Register

EVENT, CLASS, GRADE = Text("事件来源", "source of events"), Text("类别", "class"), Text("等级", "grade")
CODES: frozenset[ColumnType] = frozenset({"enterprise"})


def check_scheme(check: Check, scheme: CreditScheme, registers: Mapping[str, Register]) -> None:
    """Check one scheme against itself and the registers that it reads."""
    known = [one.code for one in scheme.events]
    check.at("events").once(known, EVENT, "code")
    for number, source in enumerate(scheme.events):
        _check_source(check.at("events", number), source, registers)
    check.at("families").once([one.code for one in scheme.families], Text("指标类", "family"), "code")
    whole = math.fsum(one.weight for one in scheme.families)
    if not math.isclose(whole, 100, abs_tol=1e-9):
        check.at("families").say(f"权重合计 {whole:g}，应为 100", f"the weights add up to {whole:g}, not to 100")
    seen: set[str] = set()
    for number, family in enumerate(scheme.families):
        _check_family(check.at("families", number), family, known, seen)
    classes = [one.code for one in scheme.classes]
    for number, veto in enumerate(scheme.vetoes):
        check.at("vetoes", number, "event").known(veto.event, known, EVENT)
        check.at("vetoes", number, "worst").known(veto.worst, classes, CLASS)
    _check_scale(check.at("classes"), scheme.classes, CLASS)
    _check_grades(check.at("grades"), scheme)
    used = {item.event for _, item in scheme.items} | {one.event for one in scheme.vetoes}
    for number, source in enumerate(scheme.events):
        if source.code not in used:
            check.at("events", number, "code").say(
                f"事件来源“{source.code}”没有用到", f"the source of events “{source.code}” is used by nothing"
            )


def check_codes(check: Check, codes: Codes) -> None:
    """Check that the ranges of bar codes go upwards and do not overlap."""
    for number, one in enumerate(codes.barcodes):
        if one.last < one.first:
            check.at("barcodes", number, "last").say("结束小于开始", "the range ends before it begins")
    for number, (before, after) in enumerate(pairwise(codes.barcodes)):
        if after.first <= before.last:
            check.at("barcodes", number + 1, "first").say("与上一段重叠", "it overlaps the range before")


def _check_source(check: Check, source: EventSource, registers: Mapping[str, Register]) -> None:
    if (source.source_register is None) == (source.feed is None):
        check.say("register 与 feed 须写且只写一个", "give register or feed, one of them")
        return
    if source.feed is not None:
        _check_feed(check.at("when"), source.when, FEED_COLUMNS[source.feed])
    if source.source_register is None:
        return
    if not check.at("register").known(source.source_register, registers, Text("台账", "register")):
        return
    register = registers[source.source_register]
    check_column(check.at("enterprise"), source.enterprise, register, types=CODES)
    check_column(check.at("day"), source.day, register, types=DAYS)
    check_column(check.at("number"), source.number, register)
    if source.until is not None:
        check_column(check.at("until"), source.until, register, types=DAYS)
    for name, column in (("about", source.about), ("issuer", source.issuer), ("document", source.document)):
        if column is not None:
            check_column(check.at(name), column, register)
    check_filter(check.at("when"), source.when, register)


def _check_feed(check: Check, conditions: Filter, columns: Mapping[str, tuple[str, ...]]) -> None:
    for name, wanted in conditions.items():
        here = check.at(name)
        if not here.known(name, columns, Text("列", "column")):
            continue
        for value in wanted if isinstance(wanted, tuple) else (wanted,):
            here.known(str(value), columns[name], Text(f"列“{name}”的代码", f"code of column “{name}”"))


def _check_family(check: Check, family: CreditFamily, known: Sequence[str], seen: set[str]) -> None:
    if not family.floor <= family.start <= family.ceiling:
        check.at("start").say("起评分应在下限与上限之间", "it begins outside of its floor and ceiling")
    for number, item in enumerate(family.items):
        here = check.at("items", number)
        if item.code in seen:
            here.at("code").say(f"指标“{item.code}”出现两次", f"the item “{item.code}” is there twice")
        seen.add(item.code)
        here.at("event").known(item.event, known, EVENT)
        _check_item(here, item)


def _check_item(check: Check, item: CreditItem) -> None:
    if item.points == 0:
        check.at("points").say("0 分的指标不起作用", "an item of no points does nothing")
    if item.most is not None and item.most < abs(item.points):
        check.at("most").say("累计上限小于一次的分值", "the most is less than what one event gives")
    takes = item.fade.how in ("half_life", "linear")
    if takes and item.fade.years == 0:
        check.at("fade").say("须写明年数 years", "it needs years")
    if not takes and item.fade.years:
        check.at("fade", "years").say(f"“{item.fade.how}”不用年数", f"“{item.fade.how}” takes no years")


def _check_scale(check: Check, scale: Sequence[CreditClass] | Sequence[Grade], what: Text) -> None:
    check.once([one.code for one in scale], what, "code")
    bounds = [one.at_least for one in scale]
    for number, (above, below) in enumerate(pairwise(bounds)):
        if below >= above:
            check.at(number + 1, "at_least").say("应由高到低排列", "they go from the best down")
    if bounds[-1] > 0:
        check.at(len(scale) - 1, "at_least").say("最低一档应从 0 分起", "the lowest begins at 0")


def _check_grades(check: Check, scheme: CreditScheme) -> None:
    grades = scheme.grades
    _check_scale(check.at("grades"), grades.grades, GRADE)
    best = grades.grades[0].code
    for number, rise in enumerate(grades.rises):
        if rise.below != best:
            check.at("rises", number, "from").say(
                f"应从“{best}”升级，逐级排列", f"it rises from “{best}”: rises go step by step"
            )
        best = rise.to
    check.at("rises").once(grades.codes, GRADE)
