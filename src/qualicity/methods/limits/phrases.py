"""The sentences that a verdict gives for itself: value, unit, limit, rule, in both languages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qualicity.errors import Text
from qualicity.methods.limits.readings import Kind, Reading
from qualicity.methods.limits.requirements import Form, Limit, Plan
from qualicity.methods.limits.writing import plain


def shown(reading: Reading) -> Text:
    """Return a reading as a sentence names it."""
    if reading.kind is Kind.figure and reading.figure is not None:
        sign = "" if reading.sign == "=" else reading.sign
        upper = f"~{_raised(reading.upper.written)}" if reading.upper else ""
        amount = f"/{reading.quantity}" if reading.quantity else ""
        text = f"{sign}{_raised(reading.figure.written)}{upper}{_spaced(reading.unit)}{amount}"
        return Text(text, text)
    amount = f"/{reading.quantity}" if reading.quantity else ""
    if reading.kind is Kind.not_detected:
        below = f"（<{_raised(reading.figure.written)}{_spaced(reading.unit)}）" if reading.figure else ""
        return Text(f"未检出{amount}{below}", f"not detected{amount}{below.replace('（', ' (').replace('）', ')')}")
    if reading.kind is Kind.detected:
        return Text(f"检出{amount}", f"detected{amount}")
    written = _raised(reading.written)
    return Text(f"“{written}”", f"“{written}”")


def _spaced(unit: str) -> str:
    return unit if unit.startswith(("%", "°")) or not unit else f" {unit}"


def _raised(text: str) -> str:
    """Return a figure with its power raised again."""
    raised = str.maketrans("0123456789-+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺")
    return re.sub(r"\^\{?([+-]?\d+)\}?", lambda found: found[1].translate(raised), text)


def asked(limit: Limit) -> str:
    """Return a limit as a sentence names it, with the unit of its cell where its text has none."""
    text = " ".join(limit.written.split())
    wordy = limit.form in {Form.nothing, Form.words}
    named = wordy or not limit.unit or limit.unit.lower() in plain(text).lower()
    return text if named else f"{text}{_spaced(limit.unit)}"


def compared(reading: Reading, limit: Limit, *, kept: bool) -> Text:
    """Return the sentence of a comparison."""
    value, rule = shown(reading), ("修约值", "rounded values") if limit.rounded else ("全数值", "whole values")
    verb = ("符合", "keeps") if kept else ("不符合", "does not keep")
    return Text(
        f"实测值{value.zh}{verb[0]}限量“{asked(limit)}”（{rule[0]}比较法，GB/T 8170）",
        f"{value.en} {verb[1]} the limit “{asked(limit)}” ({rule[1]} compared, GB/T 8170)",
    )


def found(reading: Reading, limit: Limit) -> Text:
    """Return the sentence of what was found though nothing may be."""
    value = shown(reading)
    return Text(
        f"实测值{value.zh}，而标准要求“{asked(limit)}”",
        f"found: {value.en}, where the standard says “{asked(limit)}”: nothing is allowed",
    )


def not_found(reading: Reading, limit: Limit) -> Text:
    """Return the sentence of nothing found where nothing may be."""
    value = shown(reading)
    return Text(f"结果为{value.zh}，符合“{asked(limit)}”", f"{value.en}, as “{asked(limit)}” asks")


def below_detection(reading: Reading, limit: Limit) -> Text:
    """Return why a figure under the named detection limit decides nothing."""
    value = shown(reading)
    return Text(
        f"实测值{value.zh}低于“{asked(limit)}”所写的检出限，是否算检出须由人判断",
        f"{value.en} lies below the detection limit named in “{asked(limit)}”: a person must say whether it counts",
    )


def planned(readings: Sequence[Reading], limit: Limit, plan: Plan, over_m: int, over_most: int) -> Text:
    """Return the sentence of a plan of several samples."""
    values = ["、".join(shown(each).zh for each in readings), ", ".join(shown(each).en for each in readings)]
    if plan.most is None:
        return Text(
            f"{len(readings)}个样品结果为{values[0]}，其中{over_m}个超过m，允许{plan.c}个（二级采样方案“{asked(limit)}”）",
            f"{len(readings)} results: {values[1]}; {over_m} above m, {plan.c} allowed "
            f"(two-class plan “{asked(limit)}”)",
        )
    return Text(
        f"{len(readings)}个样品结果为{values[0]}，其中{over_m}个超过m（允许{plan.c}个），{over_most}个超过M（不允许）"
        f"（三级采样方案“{asked(limit)}”，GB 4789.1）",
        f"{len(readings)} results: {values[1]}; {over_m} above m ({plan.c} allowed), "
        f"{over_most} above M (none allowed) "
        f"(three-class plan “{asked(limit)}”, GB 4789.1)",
    )


def own_word(reading: Reading, limit: Limit) -> Text:
    """Return the sentence of a laboratory's own word."""
    wanted = (f"，要求“{asked(limit)}”", f"; asked for: “{asked(limit)}”") if asked(limit) else ("", "")
    return Text(
        f"检验机构自己写明“{reading.written}”{wanted[0]}，没有可比较的数值",
        f"the laboratory itself wrote “{reading.written}”{wanted[1]}; there is no figure to compare",
    )


def no_limit(readings: Sequence[Reading]) -> Text:
    """Return why nothing can be compared: no limit."""
    values = [shown(each) for each in readings]
    return Text(
        f"没有写明限量值，{values[0].zh}无从比较",
        f"no limit is stated, so {values[0].en} cannot be compared with anything",
    )


def no_result(limit: Limit) -> Text:
    """Return why nothing can be compared: no result."""
    return Text(
        f"没有检测结果（限量“{asked(limit)}”）" if asked(limit) else "没有检测结果，也没有限量值",
        f"there is no result (limit “{asked(limit)}”)" if asked(limit) else "there is neither a result nor a limit",
    )


def limit_unread(limit: Limit) -> Text:
    """Return that a limit could not be read."""
    return Text(f"读不懂限量值“{asked(limit)}”", f"the limit “{asked(limit)}” cannot be read")


def limit_in_words(limit: Limit) -> Text:
    """Return that a limit is a requirement in words."""
    return Text(
        f"“{asked(limit)}”是文字要求，须由人判断",
        f"“{asked(limit)}” is a requirement in words, for a person to judge",
    )


def result_unread(reading: Reading, limit: Limit) -> Text:
    """Return that a result could not be read."""
    return Text(
        f"读不懂检测结果“{_raised(reading.written)}”（限量“{asked(limit)}”）",
        f"the result “{_raised(reading.written)}” cannot be read (limit “{asked(limit)}”)",
    )


def power_lost(written: str) -> Text:
    """Return that a power of ten was lost."""
    text = " ".join(written.split())
    return Text(
        f"“{text}”中10的指数（上标）丢失，数值不明",
        f"the raised power of ten in “{text}” was lost: its value is unknown",
    )


def unit_unknown(unit: str, reading: Reading, limit: Limit) -> Text:
    """Return that a unit is not known."""
    value = shown(reading)
    return Text(
        f"不认识单位“{unit}”，{value.zh}与限量“{asked(limit)}”无法换算",
        f"the unit “{unit}” is not known, so {value.en} and the limit “{asked(limit)}” cannot be brought together",
    )


def unit_differs(given: str, wanted: str) -> Text:
    """Return that two units measure different things."""
    return Text(
        f"结果的单位“{given}”与限量的单位“{wanted}”不是同一个量，不能换算",
        f"the result's unit “{given}” and the limit's unit “{wanted}” do not measure the same thing",
    )


def basis_differs(reading: Reading, limit: Limit) -> Text:
    """Return that two shares are of different wholes."""
    return Text(
        f"结果{reading.basis}，限量{limit.basis}，基准不同，不能比较",
        f"the result is on the basis “{reading.basis}”, the limit on “{limit.basis}”: they cannot be compared",
    )


def unit_taken(unit: str, *, of_limit: bool) -> Text:
    """Return that a unit was taken from the other side."""
    if of_limit:
        return Text(
            f"结果未写单位，按限量的单位“{unit}”比较", f"the result names no unit; the limit's “{unit}” was taken"
        )
    return Text(
        f"限量未写单位，按结果的单位“{unit}”比较", f"the limit names no unit; the result's “{unit}” was taken"
    )


def converted(given: str, wanted: str) -> Text:
    """Return that a unit was converted."""
    return Text(f"“{given}”已换算为“{wanted}”", f"“{given}” was converted to “{wanted}”")


def bare_is_most(limit: Limit) -> Text:
    """Return that a bare figure was taken for an upper limit."""
    return Text(
        f"“{asked(limit)}”没有比较符号，按“限量”即最大允许量理解（GB 2762）",
        f"“{asked(limit)}” has no sign; under the word “limit” it is the most that is allowed (GB 2762)",
    )


def sign_missing(limit: Limit) -> Text:
    """Return that a bare figure may be a least or a most."""
    return Text(
        f"“{asked(limit)}”没有比较符号，不知是上限还是下限",
        f"“{asked(limit)}” has no sign: it may be a least or a most",
    )


def no_detection_limit() -> Text:
    """Return that no detection limit is stated."""
    return Text(
        "未写检出限，按检出限低于限量理解", "no detection limit is stated; it is taken to lie below the limit"
    )


def undecidable(reading: Reading, limit: Limit, senses: bool) -> Text:
    """Return that a value can lie on either side."""
    value = shown(reading)
    if senses:
        return Text(
            f"“{value.zh}”有几种读法，对限量“{asked(limit)}”结论不同",
            f"“{value.en}” can be read in several ways, which differ about the limit “{asked(limit)}”",
        )
    return Text(
        f"只知道{value.zh}，限量“{asked(limit)}”的两边都有可能",
        f"only {value.en} is known, which may lie on either side of the limit “{asked(limit)}”",
    )


def alternatives_differ(limit: Limit) -> Text:
    """Return that alternatives differ."""
    return Text(
        f"“{asked(limit)}”有几种情形，结论不同，须由人选定适用的一种",
        f"the alternatives of “{asked(limit)}” lead to different verdicts: a person must say which applies",
    )


def wrong_number(readings: Sequence[Reading], plan: Plan) -> Text:
    """Return that the number of results is not n."""
    return Text(
        f"采样方案要求{plan.n}个结果，只有{len(readings)}个"
        if len(readings) < plan.n
        else f"采样方案要求{plan.n}个结果，却有{len(readings)}个",
        f"the plan asks for {plan.n} results; there are {len(readings)}",
    )


def digits_may_be_lost() -> Text:
    """Return that a rejoined text cannot prove that all is well."""
    return Text(
        "几个结果是从被拆开的单元格重新拼起的，数字可能有缺失，不能据此判为合格",
        "the results were put together from cells that had been cut apart: digits may be missing, so it cannot pass",
    )


def left_out(texts: Sequence[str]) -> tuple[Text, ...]:
    """Return the remarks in a result's cell that were not read as results."""
    return tuple(
        Text(f"结果栏中的说明“{text}”未计入", f"the remark “{text}” was left aside") for text in texts if text
    )
