"""Turns a sentence into conditions, clause by clause, carrying subject and year along."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from qualicity.engines.documents.results import Target
from qualicity.engines.documents.targets import listed, wordings_without_number
from qualicity.engines.documents.targets.clauses import clauses, sentences, without_offices
from qualicity.engines.documents.targets.quantities import Quantity, quantities, spare_numbers, stray_numbers
from qualicity.engines.documents.targets.subjects import is_place, measure_and_place, names_measure, subject_of
from qualicity.engines.documents.targets.units import COUNTS, symbol
from qualicity.engines.documents.targets.wording import sort_of_change, understood
from qualicity.engines.documents.targets.years import opening_year, years_in

LONGEST_CLAUSE: Final = 500
_BOUND: Final = re.compile("不低于|不高于|不少于|不超过|控制在")
_COMPARISON: Final = re.compile("[比较][^，。]{0,10}(?:平均|上年|去年|同期)[^，。]{0,6}$")
_OPERATOR: Final = re.compile(r"^(?:在|为|是|达|到)")
_ADVERBS: Final = "显著|明显|稳步|逐年|持续|不断|进一步|大幅|有效|逐步"
_MOVES: Final = re.compile(rf"(?P<what>.+?)(?:{_ADVERBS})*(?:下降|降低|减少|提高|提升|增长|上升|改善|增强|增加)$")
_TOPIC: Final = re.compile(
    rf"(?P<what>[^，。；、]{{2,12}}(?:业|产品|工程|服务|食品|药品))(?:质量)?(?:水平)?(?:{_ADVERBS}|全面)*(?:提升|提高|改善|增强|优化)$"
)
_BARE_TOTALS: Final = frozenset({"总数", "总量", "数量", "总规模"})
_BARE_MEASURES: Final = frozenset({"顾客满意度", "满意度", "顾客满意率", "合格率", "抽检合格率"})
_DONE_BY: Final = re.compile("达到|符合|开展|实现|通过|纳入|得到|建立|完成|使用|推行")


@dataclass(frozen=True, slots=True)
class Found:
    """A condition with the quantity that it is about and the clause that said it.

    ``own`` tells whether the clause names its subject itself; ``year_said`` whether it names its year.
    """

    target: Target
    subject: str
    clause: str
    own: bool
    year_said: bool = False


@dataclass(slots=True)
class _Carried:
    """What one clause leaves to the next: what is spoken of, by when, and words that waited for a number.

    ``year`` holds to the end of the sentence, ``standing`` (到2015年，…) to the end of the paragraph.
    """

    subject: str = ""
    year: int | None = None
    standing: int | None = None
    base: int | None = None
    waiting: str = ""
    verb: str = ""
    topic: str = ""
    recent: list[str] = field(default_factory=list)
    year_said: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a text, and the clauses whose numbers nobody understood."""

    found: tuple[Found, ...]
    strays: tuple[str, ...]


def read_conditions(text: str, *, year: int | None = None, row: bool = False) -> Reading:
    """Return the conditions in a text; ``year`` is due where the text names none.

    ``row`` says that the text is one row of a table, where words without a number are conditions, too.
    """
    found: list[Found] = []
    strays: list[str] = []
    carried = _Carried(standing=year)
    for sentence in sentences(without_offices(text)):
        carried.waiting, carried.verb, carried.topic, carried.year = "", "", "", carried.standing
        for clause in clauses(sentence):
            if len(clause) > LONGEST_CLAUSE:  # no office writes so; reading it would take for ever
                strays.append(clause[:80])
                continue
            new = _in_clause(clause.strip("，。；！： "), carried, row=row)
            found += new
            lost = spare_numbers(clause, _values(new)) if new else stray_numbers(clause) or _BOUND.search(clause)
            if lost:
                strays.append(clause.strip("，。；： "))
    return Reading(tuple(_with_trajectories(found)), tuple(strays))


def _values(found: Sequence[Found]) -> set[float]:
    """Return all the numbers that conditions hold."""
    targets = [item.target for item in found]
    plain = {value for t in targets for value in (t.value, t.from_value, t.upper) if value is not None}
    return plain | {value for t in targets for _, value in t.points}


def _in_clause(clause: str, carried: _Carried, *, row: bool) -> list[Found]:
    years = years_in(clause)
    base = years.base
    numbers = quantities(clause, verb=carried.verb)
    carried.year_said = carried.year_said or bool(years.due)
    carried.standing = opening_year(clause) or carried.standing
    if not numbers:
        return _without_number(clause, carried, row=row)
    group = listed.respectively(clause, numbers, carried.recent)
    numbers = listed.alike(numbers) if group else numbers
    group = group or listed.all_alike(clause, numbers)
    found: list[Found] = []
    edge = 0
    for position, quantity in enumerate(numbers):
        named = group.member(position) if group is not None else None
        words, after = _words_about(clause, quantity, edge)
        subject, own, scope = _subject(words, quantity, carried, named)
        due = years.due_before(quantity.end)
        target = _target(quantity, subject, due or carried.year, base or carried.base, scope)
        target = wordings_without_number.against(target, clause)
        said = (
            f"{carried.waiting}{clause}" if not found and carried.waiting and subject == carried.subject else clause
        )
        found.append(Found(target, subject, said, own, carried.year_said))
        edge = quantity.end + after
    if group is not None and len(numbers) == 1 and len(group.subjects) > 1:
        found = _repeated(found[0], group)
    carried.year = years.due[-1][1] if years.due else carried.year
    carried.waiting, carried.base, carried.verb = "", None, numbers[-1].by_verb
    carried.recent += [item.subject for item in found if item.subject not in carried.recent]
    return found


def _words_about(clause: str, quantity: Quantity, edge: int) -> tuple[str, int]:
    """Return the words that name what a number is about, and how many of them stand behind it.

    They stand before it, or after it as in 建成1个…中心 and 竣工工程100%达到国家标准.
    """
    words = subject_of(clause[edge : quantity.start])
    after = re.match(r"(?:(?![和及与]\d)[^，。；、（）]){2,}", clause[quantity.end :])
    if after is None or names_measure(words):
        return words, 0
    bare = not quantity.pre and not quantity.post and quantity.unit == "%"
    if quantity.by_verb or (bare and words and _DONE_BY.match(after.group(0))):
        return f"{words}{after.group(0)}", len(after.group(0))
    return words, 0


def _subject(
    words: str, quantity: Quantity, carried: _Carried, named: tuple[str, str | None] | None
) -> tuple[str, bool, str | None]:
    """Return the subject, whether the clause names it itself, and the part of the city."""
    if named is not None:
        carried.subject = named[0]
        return named[0], True, named[1]
    if not words or _OPERATOR.fullmatch(words) or _COMPARISON.match(words):
        return carried.subject, False, None
    if (is_place(words) or _is_part(words, quantity)) and carried.subject:
        return carried.subject, False, words
    subject, scope = measure_and_place(words)
    if subject in _BARE_TOTALS and carried.subject:
        subject = re.sub("^(?:新增|累计|新建|培育)", "", carried.subject) + subject
    elif subject in _BARE_MEASURES:
        subject = carried.topic + subject
    carried.subject = subject
    return subject, True, scope


def _is_part(words: str, quantity: Quantity) -> bool:
    """Tell whether words such as 其他工程 only say which part of a quantity named before is meant."""
    part = re.match("其[他它中]|一般|中小型|小型", words) or re.search("(?:工程|项目|区域|水体|道路)$", words)
    return bool(part) and len(words) <= 8 and not names_measure(words) and quantity.unit == "%"


def _target(quantity: Quantity, subject: str, year: int | None, base: int | None, scope: str | None) -> Target:
    unit = symbol(quantity.unit, subject)
    meant = understood(quantity.pre, quantity.post, subject, quantity.unit, base is not None)
    words = "…".join(word for word in (quantity.pre or quantity.by_verb, quantity.post) if word)
    plain = not words and quantity.unit in COUNTS
    return Target(
        kind=meant.kind,
        value=quantity.value,
        unit=unit,
        scope=scope,
        every=meant.every,
        year=year,
        base_year=base,
        op_text=words,
        certainty="unclear" if plain or not subject or quantity.upper is not None else meant.certainty,
        subject=subject,
        measured_as=sort_of_change(quantity.pre, quantity.unit, subject, meant.kind),
        from_value=quantity.origin,
        upper=quantity.upper,
    )


def _repeated(first: Found, group: listed.Listed) -> list[Found]:
    return [
        replace(first, subject=subject, target=replace(first.target, scope=item, subject=subject))
        for subject, item in zip(group.subjects, group.items, strict=True)
    ]


def _without_number(clause: str, carried: _Carried, *, row: bool) -> list[Found]:
    years = years_in(clause)
    if years.due:
        carried.year = years.due[-1][1]
    if years.base is not None:
        carried.base = years.base
    said = wordings_without_number.condition(clause, year=carried.year, row=row)
    if said is not None:
        words = subject_of(clause)
        if said.measured_as and carried.base is not None:
            said = replace(said, base_year=carried.base)
        carried.base = None
        if said.kind == "none_of" and words.endswith(said.op_text) and words != said.op_text:
            words = subject_of(words.removesuffix(said.op_text))
        own = said.kind in {"none_of", "unstated"} or not words.startswith(said.op_text[:2])
        subject = words if own else carried.subject
        if said.kind != "none_of" and said.op_text in clause:
            subject = subject_of(clause[: clause.index(said.op_text)]) or carried.subject
            carried.subject = subject
        return [Found(replace(said, subject=subject), subject, clause, own=own, year_said=carried.year_said)]
    words = subject_of(clause)
    topic = _TOPIC.match(words)
    carried.topic = topic["what"] if topic else carried.topic
    moves = _MOVES.match(words)
    if moves and names_measure(moves["what"]):
        words = moves["what"]
    if words and names_measure(words):
        carried.subject = words
        carried.waiting = f"{clause}，"
    return []


def _with_trajectories(found: list[Found]) -> list[Found]:
    """Return the conditions with values of one quantity for several years made one trajectory."""
    kept: list[Found] = []
    for item in found:
        dated = item.year_said and item.subject and item.target.year is not None
        twin = next((i for i, other in enumerate(kept) if same_quantity(other, item)), None) if dated else None
        if twin is None or not item.year_said or not kept[twin].year_said:
            kept.append(item)
        else:
            kept[twin] = joined(kept[twin], item)
    return kept


def same_quantity(one: Found, other: Found) -> bool:
    """Tell whether two conditions give values of one quantity for different years."""
    return (
        bool(one.subject)
        and one.subject == other.subject
        and one.target.scope == other.target.scope
        and one.target.unit == other.target.unit
        and None not in (one.target.value, other.target.value, one.target.year, other.target.year)
        and other.target.year not in {one.target.year, *(year for year, _ in one.target.points)}
        and "cut" not in {one.target.kind, other.target.kind}
    )


def joined(one: Found, other: Found) -> Found:
    """Return one trajectory of two conditions on one quantity."""
    points = dict(one.target.points) or {one.target.year or 0: one.target.value or 0.0}
    points[other.target.year or 0] = other.target.value or 0.0
    ordered = tuple(sorted(points.items()))
    words = [word for word in dict.fromkeys([one.target.op_text, other.target.op_text]) if word]
    unclear = "unclear" in {one.target.certainty, other.target.certainty} and bool(words)
    target = replace(
        one.target,
        kind="trajectory",
        value=ordered[-1][1],
        year=ordered[-1][0],
        points=ordered,
        every=None,
        op_text="；".join(words) or "逐年给出数值",
        certainty="unclear" if unclear else "stated",
    )
    clause = one.clause if other.clause in one.clause else f"{_dated(one)}；{_dated(other)}"
    return replace(one, target=target, clause=clause)


def _dated(item: Found) -> str:
    """Return the clause with its year in front, where the year stands elsewhere in the sentence."""
    year = str(item.target.year)
    return item.clause if year in item.clause or item.target.points else f"{year}年{item.clause}"
