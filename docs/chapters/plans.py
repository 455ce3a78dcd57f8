"""The page of a plan: its targets and measures in words, who reports what by when, tasks and phases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chapters.wording import AND, OR, link, measure_words, say, target_words
from qualicity.engines.measures.words import method_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualicity.definitions.catalogue import Catalogue
    from qualicity.definitions.measures import Measure
    from qualicity.definitions.plans import Indicator, Plan

PERIODS = {"month": ("每月", "monthly"), "quarter": ("每季", "quarterly"), "year": ("每年", "yearly")}
CERTAINTIES = {
    "stated": ("原文写明", "stated"),
    "derived": ("推定，原文附件未载", "derived; the annex is not in the document"),
    "excerpt": ("摘自他处", "from an excerpt"),
    "unverified": ("未核实", "unverified"),
}
#: Which standard stands behind a way of measuring; the rounding of GB/T 8170 stands behind every judgement.
BASES = {
    "annual_air": (
        "GB 3095—2012 表4 与 HJ 663—2013 第5条（年均值有效性）",
        "GB 3095-2012, table 4, and HJ 663-2013, 5 (when an annual mean is valid)",
    ),
    "noise": ("HJ 640—2012（城市声环境平均等效声级）", "HJ 640-2012 (mean equivalent level of a city)"),
    "worst_class": (
        "GB 3838—2002 表1 与《地表水环境质量评价办法（试行）》（环办〔2011〕22号）",
        "GB 3838-2002, table 1, and the ministry's rules for the evaluation of surface water (环办〔2011〕22号)",
    ),
    "index": ("GB/T 19038—2009、GB/T 19039—2009", "GB/T 19038-2009, GB/T 19039-2009"),
}
ROUNDING = (
    "GB/T 8170—2008 第3.2条：修约到 {} 位小数后判定",
    "GB/T 8170-2008, 3.2: judged after rounding; decimals: {}",
)
BRACKETS = ("（{}）", " ({})")
LABELS = {
    "target": ("目标", "Target"),
    "measure": ("测算方法", "Measure"),
    "period": ("测算周期", "Period"),
    "basis": ("依据", "Basis"),
    "places": ("范围", "Places"),
    "lead": ("牵头", "Lead"),
    "support": ("配合", "Supporting"),
    "cite": ("出处", "Source"),
    "minimum": ("最低样本量", "Smallest n"),
}
KINDS = {"district": ("市区各区", "urban districts"), "county": ("县（市）", "counties"), "zone": ("开发区", "zones")}


def plan_page(plan: Plan, known: Catalogue, number: int) -> str:
    """Return a plan's page."""
    document = plan.document
    head = [
        f"# {say(plan.title, number)}",
        f"{document.number} · {document.issuer} · {document.issued_on} · {plan.start} – {plan.end} · `{plan.code}`",
        say(document.title, number),
    ]
    parts = [*head, *_targets(plan, known, number), *_obligations(plan, known, number)]
    parts += [*_phases(plan, number), *_gates(plan, number), *_tasks(plan, number)]
    return "\n\n".join(parts) + "\n"


def _targets(plan: Plan, known: Catalogue, number: int) -> Iterator[str]:
    for area in plan.areas:
        yield f"## {say(area.title, number)}"
        for one in plan.indicators:
            if one.area == area.code:
                yield _indicator(one, plan, known, number)


def _indicator(one: Indicator, plan: Plan, known: Catalogue, number: int) -> str:
    titles = {unit.code: say(unit.title, number) for unit in plan.organisations}
    said = method_words(one.measure, sample=False)
    basis = [BASES[key][number] for key in _standards(one.measure)]
    basis.append(ROUNDING[number].format(one.target.decimals))
    rows = [
        ("target", target_words(one, known.units, number)),
        ("measure", (said.zh, said.en)[number]),
        ("period", PERIODS[one.period][number]),
        ("places", OR[number].join(KINDS[kind][number] for kind in one.place_kinds)),
        ("basis", AND[number].join(basis)),
        ("minimum", str(one.minimum_n or "")),
        ("lead", f"{titles[one.lead]}{BRACKETS[number].format(CERTAINTIES[one.responsibility][number])}"),
        ("support", OR[number].join(titles[code] for code in one.supporting)),
        ("cite", one.cite),
    ]
    lines = [f"### `{one.code}` {say(one.title, number)}", "", say(one.text, number), ""]
    for key, words in rows:
        if words:
            lines.append(f"- **{LABELS[key][number]}**{('：', ': ')[number]}{words}")
        if key == "measure":
            lines += [f"  - {words}" for words in measure_words(one.measure, known.registers, number)]
    return "\n".join(lines)


def _standards(measure: Measure) -> Iterator[str]:
    if measure.kind in BASES:
        yield measure.kind
    elif measure.kind == "mean" and measure.method in BASES:
        yield measure.method
    elif measure.kind == "mean" and measure.register_code == "noise_points":
        yield "noise"


def _obligations(plan: Plan, known: Catalogue, number: int) -> Iterator[str]:
    titles = {unit.code: say(unit.title, number) for unit in plan.organisations}
    yield ("## 报送任务", "## Who reports what by when")[number]
    head = (("台账", "单位", "周期", "期后天数"), ("Register", "Organisations", "Period", "Days after"))[number]
    lines = [f"| {' | '.join(head)} |", "|---|---|---|---|"]
    for one in plan.obligations:
        units = OR[number].join(titles[code] for code in one.organisations)
        register = link(known.registers[one.register_code], number)
        lines.append(f"| {register} | {units} | {PERIODS[one.period][number]} | {one.due_days} |")
    yield "\n".join(lines)


def _phases(plan: Plan, number: int) -> Iterator[str]:
    yield ("## 阶段", "## Phases")[number]
    lines = []
    for phase in plan.phases:
        lines.append(f"{phase.number}. {say(phase.title, number)} ({phase.start} – {phase.end})")
        lines += [f"   {step.number}. {say(step.title, number)}" for step in phase.steps]
    yield "\n".join(lines)


def _gates(plan: Plan, number: int) -> Iterator[str]:
    """Say what must be true at the end of each phase, and how sure the measure is."""
    if not plan.gates:
        return
    yield ("## 阶段关口", "## Gates of the phases")[number]
    for gate in plan.gates:
        phase = next(one for one in plan.phases if one.number == gate.phase)
        own = gate.certainty == "self-designed"
        sure = BRACKETS[number].format(("条件为自拟", "conditions self-designed")[number]) if own else ""
        lines = [f"**{phase.number}. {say(phase.title, number)}**{sure}", ""]
        for one in gate.conditions:
            cite = BRACKETS[number].format(one.cite) if one.cite else ""
            lines.append(f"- {say(one.title, number)}{cite} `{one.kind}`")
        yield "\n".join(lines)


def _tasks(plan: Plan, number: int) -> Iterator[str]:
    titles = {unit.code: say(unit.title, number) for unit in plan.organisations}
    yield ("## 任务", "## Tasks")[number]
    for strategy in plan.strategies:
        lines = [f"**{say(strategy.title, number)}**", ""]
        for task in plan.tasks:
            if task.strategy == strategy.number:
                words = f"{say(task.title, number)}{('：', ': ')[number]}{say(task.text, number)}"
                lines.append(f"- {task.number}. {words}{BRACKETS[number].format(titles[task.lead])}")
        yield "\n".join(lines)
