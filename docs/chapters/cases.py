"""The pages of case types and of laws: tables in words, the state diagram drawn from the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chapters.wording import OR, say

if TYPE_CHECKING:
    from qualicity.definitions.cases import CaseClock, CaseType, Move, State, Urging, Who
    from qualicity.definitions.catalogue import Catalogue
    from qualicity.definitions.laws import Instrument, Step

PARTIES = {
    "opener": ("立项单位", "the opening organisation"),
    "responsible": ("责任单位", "the responsible organisation"),
    "office": ("领导小组办公室", "the office"),
    "enterprise": ("当事企业", "the enterprise concerned"),
}
NEEDS = {
    "reason": ("理由", "a reason"),
    "evidence": ("佐证", "evidence"),
    "due": ("新的时限", "a new deadline"),
    "second_person": ("另一人", "a second person"),
}
UNITS = {
    "working_days": ("{} 个工作日", "{} working days"),
    "calendar_days": ("{} 日（自然日）", "{} calendar days"),
    "months": ("{} 个月", "{} months"),
    "years": ("{} 年", "{} years"),
    "hours": ("{} 小时", "{} hours"),
    "minutes": ("{} 分钟", "{} minutes"),
}
CERTAINTIES = {
    "full": ("全文", "full text"),
    "excerpt": ("摘录", "excerpt"),
    "unverified": ("未核实", "unverified"),
    "self_designed": ("自拟", "self-designed"),
}
COLON = ("：", ": ")


def case_page(kind: CaseType, known: Catalogue, number: int) -> str:
    """Return the page of one case type: its states, moves and clocks, and the diagram of them."""
    lines = [f"# {say(kind.title, number)}", "", say(kind.text, number), ""]
    if kind.source:
        lines += [f"{('出处', 'Source')[number]}{COLON[number]}{say(kind.source, number)}", ""]
    lines += ["```mermaid", kind.diagram(("zh-hans", "en")[number]).rstrip(), "```", ""]
    lines += [f"## {('状态', 'States')[number]}", ""]
    lines += [("| 状态 | 由谁办理 |", "| State | Whose turn |")[number], "|---|---|"]
    lines += [f"| {say(one.title, number)} `{one.code}` | {_owner(one, known, number)} |" for one in kind.states]
    lines += ["", f"## {('流转', 'Moves')[number]}", ""]
    head = ("| 流转 | 从 | 到 | 谁可以 | 需要 |", "| Move | From | To | Who may | Needs |")[number]
    lines += [head, "|---|---|---|---|---|"]
    lines += [_move(one, kind, known, number) for one in kind.moves]
    if kind.clocks:
        lines += ["", f"## {('时限', 'Clocks')[number]}", ""]
        lines += [f"- {_clock(one, kind, known, number)}" for one in kind.clocks]
    return "\n".join(lines) + "\n"


def laws_page(known: Catalogue, number: int) -> str:
    """Return the page of every law: its texts by day, its steps with clause and certainty."""
    opening = (
        "事项按立项之日有效的文本计算时限。每一步注明条款和把握程度：全文、摘录或未核实。",
        "A case runs under the text in force on the day it was opened. Each step has its clause and how sure it is.",
    )[number]
    lines = [f"# {('规则与时限', 'Laws and their deadlines')[number]}", "", opening]
    for law in known.laws.values():
        lines += ["", f"## {say(law.title, number)}", "", f"`{law.code}`"]
        for text in law.texts:
            lines += _text(text, number)
    return "\n".join(lines) + "\n"


def urging_lines(urging: Urging, number: int) -> list[str]:
    """Return the ladder of reminders, one line for each rung."""
    words = ("时限前 {} 天", "{} days before the deadline"), ("逾期 {} 天", "{} days after it")
    return [
        f"- {words[rung.days > 0][number].format(abs(rung.days))}{COLON[number]}{say(rung.title, number)}"
        for rung in urging.rungs
    ]


def _text(text: Instrument, number: int) -> list[str]:
    until = f" – {text.until}" if text.until else (" 起", " on")[number]
    dates = text.dates or text.certainty
    sure = "" if dates == "full" else f" ({CERTAINTIES[dates][number]})"
    head = (
        "| 步骤 | 起算 | 时限 | 条款 | 把握 |",
        "| Step | Counts from | Length | Clause | Certainty |",
    )[number]
    title = f"**{say(text.title, number)}** `{text.code}` · {text.since}{until}{sure}"
    return [
        "", title, "", head, "|---|---|---|---|---|",
        *(_step(text, step, number) for step in text.steps),
    ]  # fmt: skip


def _step(text: Instrument, step: Step, number: int) -> str:
    length = UNITS[step.unit][number].format(step.number)
    if step.extension:
        length += (f"，可延长 {step.extension.number}", f", may be extended by {step.extension.number}")[number]
    if step.suspended_by:
        length += (f"；不计{step.suspended_by.zh}", f"; without {step.suspended_by.en}")[number]
    if step.every:
        length = (f"每 {length}", f"every {length}")[number]
    sure = CERTAINTIES[text.certainty_of(step)][number]
    return (
        f"| {say(step.title, number)} `{step.code}` | {say(step.trigger, number)} | {length} | "
        f"{step.clause or '—'} | {sure} |"
    )


def _owner(state: State, known: Catalogue, number: int) -> str:
    if state.is_end:
        return ("终点", "an end")[number]
    if state.owner == "role":
        return say(known.roles[state.role or ""].title, number)
    return PARTIES[state.owner][number]


def _who(who: Who, known: Catalogue, number: int) -> str:
    if who.party == "role":
        return f"{say(known.roles[who.role or ''].title, number)} `{who.permission}`"
    return f"{PARTIES[who.party][number]} `{who.permission}`"


def _move(move: Move, kind: CaseType, known: Catalogue, number: int) -> str:
    before = OR[number].join(say(kind.state(one).title, number) for one in move.before)
    who = OR[number].join(_who(one, known, number) for one in move.who)
    needs = OR[number].join(NEEDS[one][number] for one in move.needs) or "—"
    after = say(kind.state(move.after).title, number)
    return f"| {say(move.title, number)} `{move.code}` | {before} | {after} | {who} | {needs} |"


def _clock(clock: CaseClock, kind: CaseType, known: Catalogue, number: int) -> str:
    def states(codes: tuple[str, ...]) -> str:
        return OR[number].join(say(kind.state(one).title, number) for one in codes)

    if clock.law:
        law = known.laws[clock.law.law]
        length = f"{say(law.title, number)} `{clock.law.step}`"
    elif clock.length:
        length = UNITS[clock.length.unit][number].format(clock.length.number)
        length += f" ({say(clock.length.source, number)})" if clock.length.source else ""
    else:
        length = ("立项时约定", "agreed when it is opened")[number]
    words = f"{say(clock.title, number)}{COLON[number]}{length}"
    words += ("；自“{}”起", "; from “{}”")[number].format(states(clock.starts))
    if clock.stops:
        words += ("，到“{}”止", " until “{}”")[number].format(states(clock.stops))
    if clock.pauses:
        words += ("，“{}”期间不计", "; not in “{}”")[number].format(states(clock.pauses))
    return words
