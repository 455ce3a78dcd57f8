"""The page of a credit scheme: where events come from, what each is worth, classes, grades and vetoes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chapters.wording import say

if TYPE_CHECKING:
    from qualicity.definitions.catalogue import Catalogue
    from qualicity.definitions.credit import CreditItem, CreditScheme, EventSource

CERTAINTIES = {
    "full": ("全文", "full text"),
    "excerpt": ("摘录", "from an excerpt"),
    "unverified": ("未核实", "not verified"),
    "self_designed": ("自拟", "self-designed"),
}
FADING = {
    "never": ("不衰减", "does not fade"),
    "half_life": ("每 {} 年减半", "halves every {}"),
    "linear": ("{} 年内直线减至 0", "gone in a straight line after {}"),
    "valid": ("有效期内计分", "counts while valid"),
}
HEADS = (
    "| 指标 | 事件 | 分值 | 累计至多 | 衰减 | 说明 |",
    "| Item | Event | Points | At most | Fading | Why |",
)
FEEDS = {
    "penalties": ("行政处罚（执法）", "penalties of enforcement"),
    "listings": ("严重违法失信名单", "the list of the seriously dishonest"),
}


def credit_page(scheme: CreditScheme, known: Catalogue, number: int) -> str:
    """Return the page of one scheme."""
    lines = [f"# {say(scheme.title, number)}", "", _sure(say(scheme.source, number), scheme.certainty, number), ""]
    for family in scheme.families:
        head = ("权重 {:g}%，起评 {:g} 分", "weight {:g} %, begins at {:g}")[number]
        lines += [f"## {say(family.title, number)}", "", head.format(family.weight, family.start), ""]
        lines += [
            ("| 指标 | 事件 | 分值 | 累计至多 | 衰减 | 说明 |", "| Item | Event | Points | At most | Fading | Why |")[
                number
            ],
            "|---|---|---:|---:|---|---|",
        ]
        lines += [_item(one, scheme, number) for one in family.items]
        lines.append("")
    lines += _classes(scheme, number)
    lines += [("## 事件来源", "## Where events come from")[number], ""]
    lines += [_source(one, known, number) for one in scheme.events]
    return "\n".join(lines) + "\n"


def _item(one: CreditItem, scheme: CreditScheme, number: int) -> str:
    years = f"{one.fade.years:g}" + ("", " year" if one.fade.years == 1 else " years")[number]
    fading = FADING[one.fade.how][number].format(years)
    most = f"{one.most:g}" if one.most is not None else "—"
    return (
        f"| {say(one.title, number)} `{one.code}` | {say(scheme.event(one.event).title, number)} | {one.points:+g} | "
        f"{most} | {fading} | {_sure(say(one.why, number), one.certainty, number)} |"
    )


def _classes(scheme: CreditScheme, number: int) -> list[str]:
    lines = [("## 类别", "## Classes")[number], ""]
    lines += [
        f"- {one.code} {say(one.title, number)}: ≥ {one.at_least:g}; {say(one.checks, number)}"
        for one in scheme.classes
    ]
    lines += ["", ("## 限定", "## What forbids a better class")[number], ""]
    for veto in scheme.vetoes:
        lasting = ("存续期间", "while it lasts")[number]
        if veto.years is not None:
            lasting = (f"{veto.years:g} 年内", f"for {veto.years:g} years")[number]
        why = _sure(say(veto.why, number), veto.certainty, number)
        lines.append(f"- {say(veto.title, number)} → {veto.worst}, {lasting}: {why}")
    grades = scheme.grades
    lines += [
        "",
        f"## {say(grades.title, number)}",
        "",
        _sure(say(grades.source, number), grades.certainty, number),
        "",
    ]
    for rise in reversed(grades.rises):
        years = (f"{rise.below} 满 {rise.years:g} 年", f"{rise.years:g} years of {rise.below}")[number]
        lines.append(f"- {rise.to} {say(rise.title, number)}: {_sure(years, rise.certainty, number)}")
    lines += [f"- {one.code} {say(one.title, number)}: ≥ {one.at_least:g}" for one in grades.grades]
    return [*lines, ""]


def _source(one: EventSource, known: Catalogue, number: int) -> str:
    if one.feed is not None:
        return f"- {say(one.title, number)} `{one.code}`: {FEEDS[one.feed][number]}"
    assert one.source_register is not None, "a source has a register or a feed"
    title = say(known.registers[one.source_register].title, number)
    return f"- {say(one.title, number)} `{one.code}`: [{title}](../registers/{one.source_register}.md)"


def _sure(text: str, certainty: str, number: int) -> str:
    return f"{text} ({CERTAINTIES[certainty][number]})"
