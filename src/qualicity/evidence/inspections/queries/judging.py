"""What a laboratory measured of a sample, held against the catalogue: verdicts, or what is wrong with the entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.products import Item, Product
from qualicity.engines.tables.findings import Wording
from qualicity.errors import Text, nearest
from qualicity.evidence.inspections.lifecycle import Conclusion
from qualicity.methods import limits
from qualicity.methods.limits import Form, Kind, Limit, Rule, Verdict

#: Where the entry itself is at fault: it is refused, not kept as undecided.
_OF_THE_ENTRY = {Rule.result_unread, Rule.power_lost, Rule.no_result}
_OF_THE_UNIT = {Rule.unit_differs, Rule.unit_unknown}
_JOIN = "；"


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one item, as the laboratory writes it.

    ``item``: the item's code or title in the catalogue; for an item that the catalogue does not have, ``title`` with
    ``limit`` (and ``standard``). ``values``: one text, or as many as the item's plan asks for; ``unit`` empty: the
    item's own.
    """

    item: str = ""
    values: tuple[str, ...] = ()
    unit: str = ""
    method: str = ""
    title: str = ""
    limit: str = ""
    standard: str = ""


@dataclass(frozen=True, slots=True)
class JudgedItem:
    """One line of a report: what was measured, against what, and the verdict with its reason."""

    item: str
    title: str
    method: str
    standard: str
    values: tuple[str, ...]
    unit: str
    limit: str
    verdict: Verdict

    @property
    def why(self) -> Text:
        """Return the reason with everything that was taken as given."""
        notes = self.verdict.notes
        return Text(
            "；".join([self.verdict.reason.zh, *(note.zh for note in notes)]),
            "; ".join([self.verdict.reason.en, *(note.en for note in notes)]),
        )


@dataclass(frozen=True, slots=True)
class EntryFault:
    """What is wrong with one measured item: in which part (``item``, ``value``, ``unit``), what, and why."""

    position: int
    part: str
    found: str
    wording: Wording

    @property
    def sentence(self) -> Text:
        """Return all of it as one sentence."""
        said = self.wording
        return Text(
            f"{said.why.zh}：现为“{self.found}”，应为{said.expected.zh}。{said.mend.zh}。",
            f"{said.why.en}: found “{self.found}”, expected {said.expected.en}. {said.mend.en.capitalize()}.",
        )


def product_of(code: str) -> Product | None:
    """Return a product of the catalogue; None where it has left it."""
    return catalogue().products.get(code)


def judge_measured(
    product: Product | None, measured: Sequence[Measured]
) -> tuple[tuple[JudgedItem, ...], tuple[EntryFault, ...]]:
    """Judge what was measured; an entry at fault has no verdict but a fault that says how to mend it."""
    judged: list[JudgedItem] = []
    faults: list[EntryFault] = []
    seen: dict[str, int] = {}
    for position, one in enumerate(measured):
        found = _judged(product, one, position)
        if isinstance(found, EntryFault):
            faults.append(found)
        elif found.title in seen:
            faults.append(_twice(found, position))
        else:
            seen[found.title] = position
            judged.append(found)
    return tuple(judged), tuple(faults)


def conclusion_of(judged: Sequence[JudgedItem]) -> Conclusion:
    """Return what a report concludes: one failed item fails it, one open item leaves it open."""
    found = {one.verdict.conclusion.value for one in judged}
    for word in (Conclusion.UNQUALIFIED, Conclusion.UNDECIDED):
        if word.value in found:
            return word
    return Conclusion.QUALIFIED if found else Conclusion.UNDECIDED


def _judged(product: Product | None, one: Measured, position: int) -> JudgedItem | EntryFault:
    item = _item(product, one.item)
    if item is None and not (one.title and one.limit):
        return _unknown_item(product, one, position)
    title = item.title.zh if item else one.title
    unit = (one.unit or (item.unit if item else "")).strip()
    asked = item.asked if item else limits.read_limit(one.limit, unit=unit)
    several = asked.form is Form.plan
    read = limits.read_results(_JOIN.join(one.values), unit, several=several)
    wanted = asked.plan.n if asked.plan is not None else 1
    values = tuple(each.written for each in read.readings)
    if not any(value.strip() for value in one.values):
        return _wrong_value(position, "", title, Text("检测结果", "a result"), _NO_RESULT)
    if len(values) != wanted:
        return _wrong_value(position, _JOIN.join(one.values), title, *_number(wanted, len(values)))
    verdict = limits.judge_results(read, asked)
    if verdict.rule in _OF_THE_UNIT:
        return _wrong_unit(position, title, read.readings[0].unit or unit, asked, verdict)
    if verdict.rule in _OF_THE_ENTRY or (several and any(each.kind is Kind.unread for each in read.readings)):
        return _wrong_value(position, _JOIN.join(one.values), title, _FIGURE, verdict.reason)
    return JudgedItem(
        item=item.code if item else "",
        title=title,
        method=one.method or (item.method if item else ""),
        standard=item.standard if item else one.standard,
        values=tuple(value.strip() for value in one.values) if len(one.values) == wanted else values,
        unit=unit,
        limit=item.limit_text if item else one.limit,
        verdict=verdict,
    )


def _item(product: Product | None, name: str) -> Item | None:
    return (product.item(name) or product.item_titled(name)) if product is not None and name else None


_NO_RESULT = Text("没有填检测结果", "the result is missing")
_FIGURE = Text(
    "数值（可带 < 或 >、×10⁴）、“未检出”或“检出”，文字要求填“符合”或“不符合”",
    "a figure (perhaps with <, > or ×10⁴), “ND” or “detected”; for a requirement in words 符合 or 不符合",
)


def _number(wanted: int, found: int) -> tuple[Text, Text]:
    return (
        Text(f"{wanted}个结果" + ("，用“；”隔开" if wanted > 1 else ""), f"{wanted} result(s), parted by “;”"),
        Text(f"采样方案要求{wanted}个结果，填了{found}个", f"{wanted} result(s) are asked for, {found} given"),
    )


def _wrong_value(position: int, found: str, title: str, expected: Text, why: Text) -> EntryFault:
    said = Text(f"“{title}”{why.zh}", f"“{title}”: {why.en}")
    mend = Text("核对原始记录后改正", "correct it by the raw record")
    return EntryFault(position, "value", found, Wording(expected, said, mend))


def _wrong_unit(position: int, title: str, unit: str, asked: Limit, verdict: Verdict) -> EntryFault:
    why = Text(f"“{title}”的单位不对：{verdict.reason.zh}", f"the unit of “{title}” is wrong: {verdict.reason.en}")
    expected = Text(f"{asked.unit}（或可换算的单位）", f"{asked.unit}, or a unit that converts into it")
    mend = Text(
        f"把单位改为 {asked.unit} 并核对数值；不要只改单位不改数值",
        f"give the result in {asked.unit}: change the figure with the unit, not the unit alone",
    )
    return EntryFault(position, "unit", unit, Wording(expected, why, mend))


def _unknown_item(product: Product | None, one: Measured, position: int) -> EntryFault:
    name = one.item or one.title
    titles = [item.title.zh for item in product.items] if product else []
    like = nearest(name, titles)
    hint = (f"；是否指“{like}”？" if like else "", f"; did you mean “{like}”?" if like else "")
    called = (product.title.zh, product.title.en) if product else ("—", "—")
    wording = Wording(
        Text(f"“{called[0]}”的检验项目：{'、'.join(titles)}", f"an item of “{called[1]}”: {', '.join(titles)}"),
        Text(f"产品目录中没有这个项目{hint[0]}", f"the catalogue has no such item{hint[1]}"),
        Text("照目录填写项目名称", "name the item as the catalogue does"),
    )
    return EntryFault(position, "item", name, wording)


def _twice(found: JudgedItem, position: int) -> EntryFault:
    wording = Wording(
        Text("每个项目一次", "each item once"),
        Text("这个项目出现了两次", "this item is there twice"),
        Text("多个样品的结果写在一格，用“；”隔开", "results of several samples go into one cell, parted by “;”"),
    )
    return EntryFault(position, "item", found.title, wording)
