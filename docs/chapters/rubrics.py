"""The pages of rubrics: categories, criteria, points, rules and clauses; and the life of an assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chapters.wording import say
from qualicity.judgement.assessment.lifecycle import WHO_ACTS, diagram

if TYPE_CHECKING:
    from qualicity.definitions.rubrics import Criterion, Rubric

CERTAINTIES = {
    "stated": ("原文写明", "stated"),
    "derived": ("推定", "derived"),
    "excerpt": ("摘自他处", "from an excerpt"),
    "unverified": ("未核实", "unverified"),
    "self_designed": ("自拟", "self-designed"),
}


SOURCES = {
    "own_indicators": ("本单位达标指标占比", "share of own targets met"),
    "tasks": ("任务完成率", "share of tasks completed"),
    "timeliness": ("按时报送占比", "share of reports on time"),
    "public_review": ("代表、委员评议", "public review"),
    "checklist": ("佐证材料", "documents"),
    "expert": ("专家", "experts"),
}


def rubric_page(rubric: Rubric, number: int) -> str:
    """Return the page of one rubric."""
    lines = [f"# {say(rubric.title, number)}", "", say(rubric.note, number), ""]
    lines.append(("## 等次和一票否决", "## Bands and vetoes")[number])
    lines.append("")
    lines += [f"- {say(one.title, number)}: ≥ {one.at_least:g}" for one in rubric.bands]
    lines += ["", f"{say(rubric.bands_clause, number)} ({CERTAINTIES[rubric.bands_certainty][number]})"]
    for veto in rubric.vetoes:
        clause = f"{say(veto.clause, number)} ({CERTAINTIES[veto.certainty][number]})"
        lines += ["", f"- **{say(veto.title, number)}** → {veto.band} `{veto.indicator}`: {clause}"]
    for category in rubric.categories:
        lines += ["", f"## {say(category.title, number)} ({category.points:g})"]
        for item in category.items:
            lines += ["", f"**{say(item.title, number)}** ({item.points:g})", ""]
            lines += [
                ("| 评分点 | 分值 | 依据 | 规则 | 条款 |", "| Criterion | Points | Source | Rule | Clause |")[number],
                "|---|---|---|---|---|",
            ]
            lines += [_row(one, number) for one in item.criteria]
    return "\n".join(lines) + "\n"


def _row(one: Criterion, number: int) -> str:
    cells = (
        f"{say(one.title, number)} `{one.code}`",
        f"{one.points:g}",
        _source(one, number),
        _items(one, number) or _rule(one, number),
        say(one.clause, number),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _source(one: Criterion, number: int) -> str:
    source = getattr(one.rule, "source", None)
    if source is None:
        return SOURCES[one.rule.kind][number]
    if source.kind == "indicator":
        return f"`{source.code}`"
    numbers = "、".join(str(task) for task in getattr(source, "numbers", ()))
    return SOURCES[source.kind][number] + (f" {numbers}" if numbers else "")


def _rule(one: Criterion, number: int) -> str:
    rule = one.rule
    if rule.kind == "threshold":
        bound = f"≥ {rule.at_least:g}" if rule.at_least is not None else ""
        bound = bound or (f"≤ {rule.at_most:g}" if rule.at_most is not None else "")
        own = ("达到指标目标值得满分", "all points when the indicator's own target is met")[number]
        words = (f"{bound} 得满分", f"all points at {bound}")[number] if bound else own
        return words + (
            ("；未到期时按序时进度", "; by its pace while not due")[number] if rule.ahead == "pace" else ""
        )
    if rule.kind == "linear":
        return (
            f"{rule.zero_at:g} 得 0 分，{rule.full_at:g} 得满分，其间按比例",
            f"0 at {rule.zero_at:g}, full at {rule.full_at:g}, evenly between",
        )[number]
    if rule.kind == "step":
        levels = (
            f"≥ {one.at_least:g}: {one.points:g}"
            if one.at_least is not None
            else f"≤ {one.at_most:g}: {one.points:g}"
            for one in rule.levels
        )
        return ("；", "; ")[number].join(levels)
    return ("专家评分的均值", "the mean of the experts")[number]


def _items(one: Criterion, number: int) -> str:
    listed = getattr(one.rule, "items", ())
    return ("；", "; ")[number].join(f"{say(item.title, number)} ({item.points:g})" for item in listed)


def assessment_page(number: int) -> str:
    """Return the states of an assessment, with the diagram that the code prints."""
    parts = [
        ("# 一次考核的经过", "# The life of an assessment")[number],
        f"```mermaid\n{diagram()}```",
        "\n".join(f"- `{state.value}`: {(words.zh, words.en)[number]}" for state, words in WHO_ACTS.items()),
    ]
    return "\n\n".join(parts) + "\n"
