"""The verdict of a measured value against its limit: qualified, unqualified, or undecided with the reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from qualicity.errors import Text
from qualicity.methods.limits import phrases
from qualicity.methods.limits.readings import Kind, Reading, Results, read_results
from qualicity.methods.limits.requirements import Bound, Form, Limit, Plan, read_limit
from qualicity.methods.limits.spans import Comparison, Span, agreed, at_least, at_most, spans
from qualicity.methods.limits.units import Unit, factor, read_unit


class Conclusion(StrEnum):
    """What a test concludes."""

    qualified = "qualified"
    unqualified = "unqualified"
    undecided = "undecided"


class Rule(StrEnum):
    """By which rule it was concluded, or why it could not be."""

    whole_value = "whole_value"
    rounded_value = "rounded_value"
    nothing_allowed = "nothing_allowed"
    two_class_plan = "two_class_plan"
    three_class_plan = "three_class_plan"
    laboratory_word = "laboratory_word"
    # why there is no verdict
    no_limit = "no_limit"
    no_result = "no_result"
    limit_unread = "limit_unread"
    result_unread = "result_unread"
    limit_in_words = "limit_in_words"
    unit_unknown = "unit_unknown"
    unit_differs = "unit_differs"
    power_lost = "power_lost"
    bound_only = "bound_only"
    more_than_one_sense = "more_than_one_sense"
    too_few_results = "too_few_results"
    too_many_results = "too_many_results"
    digits_may_be_lost = "digits_may_be_lost"
    sign_missing = "sign_missing"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A conclusion with its rule, a sentence that names value, unit, limit and rule, and what was taken as given."""

    conclusion: Conclusion
    rule: Rule
    reason: Text
    notes: tuple[Text, ...] = ()


def judge(
    *,
    value: str,
    limit: str,
    unit: str = "",
    limit_unit: str = "",
    bare_is_most: bool = True,
    decimal_comma: bool | None = None,
) -> Verdict:
    """Judge a result as written against a limit as written.

    ``bare_is_most``: a bare figure under the heading 限量 is the most that is allowed (GB 2762, definition of 限量).
    Whole values are compared (GB/T 8170-2008, 4.3.1) unless the limit says 修约值比较. No verdict rests on
    a guess: where several senses are possible, all must agree. Never raises for what the texts hold.
    """
    asked = read_limit(limit, unit=limit_unit, decimal_comma=decimal_comma)
    found = read_results(value, unit, several=asked.form is Form.plan, decimal_comma=decimal_comma)
    return judge_results(found, asked, bare_is_most=bare_is_most)


def judge_results(results: Results, limit: Limit, *, bare_is_most: bool = True) -> Verdict:
    """Judge readings against a limit, both read or made from a definition already."""
    readings = tuple(each for each in results.readings if each.final) or results.readings
    notes = phrases.left_out(results.left_out)
    empty = all(each.kind is Kind.unread and each.written in {"", "/", "-", "--"} for each in readings)
    if empty:
        return Verdict(Conclusion.undecided, Rule.no_result, phrases.no_result(limit), notes)
    if limit.form in {Form.none, Form.words, Form.unread}:
        return _by_word(readings, limit, notes)
    if limit.form is Form.alternatives:
        return _by_alternatives(results, limit, bare_is_most)
    if not limit.signed:
        if not bare_is_most:
            return Verdict(Conclusion.undecided, Rule.sign_missing, phrases.sign_missing(limit), notes)
        notes = (*notes, phrases.bare_is_most(limit))
    if limit.form is Form.plan:
        assert limit.plan is not None
        verdict = _by_plan(readings, limit, limit.plan, notes)
    elif limit.form is Form.nothing:
        verdict = _together([_nothing(each, limit, notes) for each in readings])
    else:
        verdict = _together([_within(each, limit, notes) for each in readings])
    if results.rejoined and verdict.conclusion is Conclusion.qualified:
        return Verdict(Conclusion.undecided, Rule.digits_may_be_lost, phrases.digits_may_be_lost(), verdict.notes)
    return verdict


def _by_word(readings: Sequence[Reading], limit: Limit, notes: tuple[Text, ...]) -> Verdict:
    """Take the laboratory's own word where it gave one; otherwise there is nothing to compare with."""
    kinds = {each.kind for each in readings}
    if kinds == {Kind.not_conforming}:
        return Verdict(Conclusion.unqualified, Rule.laboratory_word, phrases.own_word(readings[0], limit), notes)
    if kinds == {Kind.conforming}:
        return Verdict(Conclusion.qualified, Rule.laboratory_word, phrases.own_word(readings[0], limit), notes)
    rule, reason = {
        Form.none: (Rule.no_limit, phrases.no_limit(readings)),
        Form.words: (Rule.limit_in_words, phrases.limit_in_words(limit)),
    }.get(limit.form, (Rule.limit_unread, phrases.limit_unread(limit)))
    return Verdict(Conclusion.undecided, rule, reason, notes)


def _by_alternatives(results: Results, limit: Limit, bare_is_most: bool) -> Verdict:
    verdicts = [judge_results(results, each, bare_is_most=bare_is_most) for each in limit.alternatives]
    if len({each.conclusion for each in verdicts}) == 1:
        return verdicts[0]
    return Verdict(Conclusion.undecided, Rule.more_than_one_sense, phrases.alternatives_differ(limit))


def _together(verdicts: Sequence[Verdict]) -> Verdict:
    """Join the verdicts of several samples under a limit that holds for each: one miss is a miss."""
    order = (Conclusion.unqualified, Conclusion.undecided, Conclusion.qualified)
    return min(verdicts, key=lambda verdict: order.index(verdict.conclusion))


@dataclass(frozen=True, slots=True)
class _Converted:
    factors: tuple[Decimal, ...] = (Decimal(1),)
    note: Text | None = None
    fault: tuple[Rule, Text] | None = None


def _converted(reading: Reading, limit: Limit) -> _Converted:
    """Find what turns the reading's unit into the limit's, or why nothing does."""
    if reading.basis and limit.basis and reading.basis != limit.basis:
        return _Converted(fault=(Rule.unit_differs, phrases.basis_differs(reading, limit)))
    given, wanted = reading.unit, limit.unit
    if given == wanted or reading.figure is None:
        return _Converted()
    if not given:
        # A share without its unit may be 0.95 of one or 0.95 per cent.
        senses = (Decimal(1), Decimal(100)) if wanted.startswith("%") or wanted.endswith("%") else (Decimal(1),)
        return _Converted(senses, phrases.unit_taken(wanted, of_limit=True))
    if not wanted:
        return _Converted(note=phrases.unit_taken(given, of_limit=False))
    from_unit, to_unit = read_unit(given), read_unit(wanted)
    if from_unit is None or to_unit is None:
        unknown = given if from_unit is None else wanted
        return _Converted(fault=(Rule.unit_unknown, phrases.unit_unknown(unknown, reading, limit)))
    ratio = factor(from_unit, to_unit)
    if ratio is None and (other := _other_measure(wanted, limit.basis)):  # CFU/g(mL): by mass or by volume
        ratio = factor(from_unit, other)
    if ratio is None:
        return _Converted(fault=(Rule.unit_differs, phrases.unit_differs(given, wanted)))
    return _Converted((ratio,), phrases.converted(given, wanted) if ratio != 1 else None)


def _other_measure(wanted: str, basis: str) -> Unit | None:
    """Return the unit by volume (or mass) where a limit is set per gram or millilitre alike: CFU/g(mL)."""
    if basis.lower() not in {"g", "ml"}:
        return None
    return read_unit(re.sub(r"(?<=/)(\d*)(?:g|mL)$", rf"\g<1>{basis}", wanted, flags=re.IGNORECASE))


def _within(reading: Reading, limit: Limit, notes: tuple[Text, ...]) -> Verdict:
    """Judge one reading against bounds."""
    if unusable := _unusable(reading, limit, notes):
        return unusable
    conversion = _converted(reading, limit)
    if conversion.fault:
        return Verdict(Conclusion.undecided, *conversion.fault, notes)
    if conversion.note:
        notes = (*notes, conversion.note)
    comparison = Comparison.rounded if limit.rounded else Comparison.whole
    lean = reading.figure.lean if reading.figure else 0
    answers = [_keeps(span, limit, comparison, lean) for span in spans(reading, conversion.factors)]
    kept = agreed(answers)
    if kept is None:
        rule = Rule.more_than_one_sense if len(answers) > 1 else Rule.bound_only
        return Verdict(Conclusion.undecided, rule, phrases.undecidable(reading, limit, len(answers) > 1), notes)
    if reading.kind is Kind.not_detected and reading.figure is None:
        notes = (*notes, phrases.no_detection_limit())
    rule = Rule.rounded_value if limit.rounded else Rule.whole_value
    conclusion = Conclusion.qualified if kept else Conclusion.unqualified
    return Verdict(conclusion, rule, phrases.compared(reading, limit, kept=kept), notes)


def _keeps(span: Span, limit: Limit, comparison: Comparison, lean: int) -> bool | None:
    """Say whether a span keeps both bounds; it misses as soon as it misses one for sure."""
    answers = []
    if limit.high is not None:
        answers.append(at_most(span, limit.high, comparison, lean))
    if limit.low is not None:
        answers.append(at_least(span, limit.low, comparison, lean))
    if False in answers:
        return False
    return None if None in answers else True


def _unusable(reading: Reading, limit: Limit, notes: tuple[Text, ...]) -> Verdict | None:
    if reading.kind is Kind.unread:
        return Verdict(Conclusion.undecided, Rule.result_unread, phrases.result_unread(reading, limit), notes)
    if reading.figure is not None and not reading.figure.values:
        return Verdict(Conclusion.undecided, Rule.power_lost, phrases.power_lost(reading.written), notes)
    if reading.kind in {Kind.conforming, Kind.not_conforming}:
        return _by_word([reading], limit, notes)
    return None


def _nothing(reading: Reading, limit: Limit, notes: tuple[Text, ...]) -> Verdict:
    """Judge one reading where nothing may be found; below the detection limit that the limit names is nothing."""
    if unusable := _unusable(reading, limit, notes):
        # a figure above nothing is one whatever its power of ten
        if unusable.rule is not Rule.power_lost:
            return unusable
        return Verdict(Conclusion.unqualified, Rule.nothing_allowed, phrases.found(reading, limit), notes)
    below = reading.kind is Kind.figure and reading.sign in "<≤"
    figure = reading.figure
    zero = figure is not None and figure.value == 0 and reading.sign == "="
    if reading.kind is Kind.not_detected or below or zero:
        return Verdict(Conclusion.qualified, Rule.nothing_allowed, phrases.not_found(reading, limit), notes)
    if limit.high is not None and reading.kind is Kind.figure:
        under = _within(reading, limit, notes)
        if under.conclusion is not Conclusion.unqualified:
            return Verdict(Conclusion.undecided, Rule.bound_only, phrases.below_detection(reading, limit), notes)
    return Verdict(Conclusion.unqualified, Rule.nothing_allowed, phrases.found(reading, limit), notes)


def _by_plan(readings: Sequence[Reading], limit: Limit, plan: Plan, notes: tuple[Text, ...]) -> Verdict:
    """Judge the results of one lot by n, c, m and M (GB 4789.1): what is certain is counted, the rest stays open."""
    rule = Rule.two_class_plan if plan.most is None else Rule.three_class_plan
    over_m: list[bool | None] = []
    over_most: list[bool | None] = []
    faults: list[tuple[Rule, Text]] = []
    for reading in readings:
        unusable, conversion = _unusable(reading, limit, ()), _converted(reading, limit)
        fault = (unusable.rule, unusable.reason) if unusable else conversion.fault
        if fault is None and reading.quantity and plan.quantity and reading.quantity.lower() != plan.quantity.lower():
            fault = (Rule.unit_differs, phrases.unit_differs(reading.quantity, plan.quantity))
        if fault:
            faults.append(fault)
            over_m.append(None)
            over_most.append(None)
            continue
        if conversion.note and conversion.note not in notes:
            notes = (*notes, conversion.note)
        found = spans(reading, conversion.factors)
        over_m.append(_over(found, Bound(plan.m)))
        over_most.append(_over(found, Bound(plan.most)) if plan.most else False)
    if plan.most is not None and not plan.most.values:
        notes = (*notes, phrases.power_lost(f"M={plan.most.written}"))
    sure, at_worst = over_m.count(True), len(over_m) - over_m.count(False)
    words = phrases.planned(readings, limit, plan, sure, over_most.count(True))
    if over_most.count(True) or sure > plan.c:
        return Verdict(Conclusion.unqualified, rule, words, notes)
    if faults:
        return Verdict(Conclusion.undecided, *faults[0], notes)
    if len(readings) < plan.n:
        return Verdict(Conclusion.undecided, Rule.too_few_results, phrases.wrong_number(readings, plan), notes)
    if len(readings) > plan.n:
        return Verdict(Conclusion.undecided, Rule.too_many_results, phrases.wrong_number(readings, plan), notes)
    if at_worst > plan.c or None in over_most:
        lost = not plan.m.values or (plan.most is not None and not plan.most.values)
        reason = phrases.power_lost(limit.written) if lost else phrases.undecidable(readings[0], limit, False)
        return Verdict(Conclusion.undecided, Rule.power_lost if lost else Rule.bound_only, reason, notes)
    return Verdict(Conclusion.qualified, rule, words, notes)


def _over(found: Sequence[Span], bound: Bound) -> bool | None:
    kept = agreed([at_most(span, bound, Comparison.whole) for span in found])
    return None if kept is None else not kept
