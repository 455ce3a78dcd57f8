"""The page of a register: its columns, codes, rules with why and mend, and the examinations it meets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chapters.wording import OR, filter_words, say, unit_words
from qualicity.definitions.registers import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualicity.definitions.catalogue import Catalogue
    from qualicity.definitions.registers import Column, Register, Rule

BASES = {
    "census": ("全面台账：指标值没有区间", "a census: values have no interval"),
    "sample": ("抽样台账：指标值附区间", "a sample: values have an interval"),
}
GRAINS = {
    "flow": ("流量：按期累加", "flow: adds up over time and place"),
    "stock": ("存量：取期末当天有效的", "stock: what is in force on the period's last day"),
    "profile": ("明细：整体保留，按标准评定", "profile: kept whole and judged by a standard"),
}
PERIODS = {
    "month": ("按月报送", "filed monthly"),
    "quarter": ("按季报送", "filed quarterly"),
    "year": ("按年报送", "filed yearly"),
}
EXAMPLES = {"month": "2014-03", "quarter": "2014Q1", "year": "2014"}
SEVERITIES = {"error": ("错误", "error"), "warning": ("疑问", "warning")}
CELLS = (
    "每个单元格按类型、必填、上下限和代码核对，键不得重复。",
    "Each cell is checked for type, presence, bounds and codes, and no key may occur twice.",
)
ASKS = (
    "只提出疑问，不作结论；报送时说明即可。",
    "They ask and never judge; an explanation answers them.",
)
EXAMINATIONS = {
    "digits": ("末位数字偏好", "preference for certain last digits"),
    "outliers": ("季节性离群值", "values far from what the season is used to"),
    "repeats": ("与前期重复或整块复制", "repeats of an earlier period and copied blocks"),
}
REPRODUCIBLE = {
    "daily_aqi": (
        "所报 AQI 能否由所报浓度算出（HJ 633—2012）",
        "whether the index follows from the concentrations (HJ 633-2012)",
    ),
    "hourly_aqi": (
        "所报 AQI 能否由所报浓度算出（HJ 633—2012）",
        "whether the index follows from the concentrations (HJ 633-2012)",
    ),
    "water_class": (
        "公布的类别能否由所报数值评出（GB 3838—2002）",
        "whether the class follows from the values (GB 3838-2002)",
    ),
}


def register_page(register: Register, known: Catalogue, number: int) -> str:
    """Return a register's page."""
    facts = [BASES[register.basis], GRAINS[register.grain], PERIODS[register.period]]
    key = OR[number].join(f"`{name}`" for name in register.key)
    parts = [
        f"# {say(register.title, number)}",
        say(register.purpose, number),
        f"`{register.code}` · " + " · ".join(words[number] for words in facts),
        (f"一行由 {key} 唯一确定。", f"A row is told apart by {key}.")[number],
        _ways(register, number),
        ("## 列", "## Columns")[number],
        _columns(register, known, number),
        *_codes(register, number),
        *_rules(register, number),
        *_examinations(register, number),
    ]
    if register.source:
        parts += [("## 依据", "## Basis")[number], say(register.source, number)]
    foreign = [
        f"- [{say(one.title, number)}](../profiles/{one.code}.md) `{one.code}`"
        for one in known.profiles.values()
        if one.register_code == register.code
    ]
    if foreign:
        parts += [
            ("## 可读入的外来文件", "## Foreign files that are read")[number],
            "\n".join(foreign),
        ]
    return "\n\n".join(parts) + "\n"


def _ways(register: Register, number: int) -> str:
    code = register.code
    names = (("模板", "报送", "架构", "接口"), ("Template", "Submit", "Schema", "API"))[number]
    ways = (
        f"`qualicity register template {code} {code}.xlsx`",
        f"`qualicity submit {code} FILE --organisation CODE --period {EXAMPLES[register.period]}`",
        f"[JSON Schema](../../schemas/{code}.json)",
        f"`GET /api/v1/registers/{code}/schema`",
    )
    return "\n".join(f"- {name}{('：', ': ')[number]}{way}" for name, way in zip(names, ways, strict=True))


def _columns(register: Register, known: Catalogue, number: int) -> str:
    head = (("列", "代码", "必填", "类型", "单位", "说明"), ("Column", "Code", "Required", "Type", "Unit", "Notes"))[
        number
    ]
    lines = [f"| {' | '.join(head)} |", "|---|---|---|---|---|---|"]
    for column in register.columns:
        cells = (
            say(column.title, number),
            f"`{column.name}`",
            ("是", "yes")[number] if column.required else "",
            TYPES[column.type].in_language(("zh", "en")[number]),
            unit_words(column.unit or "", known.units, number),
            " ".join(_notes(column, number)).replace("|", "\\|"),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _notes(column: Column, number: int) -> Iterator[str]:
    if column.note:
        yield say(column.note, number)
    if column.minimum is not None and column.maximum is not None:
        yield f"{column.minimum:g} – {column.maximum:g}"
    elif column.minimum is not None:
        yield f"≥ {column.minimum:g}"
    elif column.maximum is not None:
        yield f"≤ {column.maximum:g}"
    if column.codes:
        yield ("见下表。", "See the codes below.")[number]
    if column.example:
        yield (f"例：`{column.example}`", f"e.g. `{column.example}`")[number]


def _codes(register: Register, number: int) -> Iterator[str]:
    coded = [column for column in register.columns if column.codes]
    if coded:
        yield ("## 代码", "## Codes")[number]
    for column in coded:
        lines = [f"**{say(column.title, number)}** `{column.name}`", ""]
        lines += [f"- `{one.code}` {say(one.title, number)}" for one in column.codes]
        yield "\n".join(lines)


def _rules(register: Register, number: int) -> Iterator[str]:
    yield ("## 核对规则", "## Rules")[number]
    yield CELLS[number]
    if register.rules:
        head = (
            ("规则", "级别", "检查什么", "为什么", "怎样改"),
            ("Rule", "Severity", "Asks", "Why", "How to mend"),
        )[number]
        lines = [f"| {' | '.join(head)} |", "|---|---|---|---|---|"]
        lines += [_rule(rule, register, number) for rule in register.rules]
        yield "\n".join(lines)


def _rule(rule: Rule, register: Register, number: int) -> str:
    asks = say(rule.title, number)
    if rule.requirement:
        asks += f" ({filter_words(rule.requirement.when, register, number)})"
    cells = (f"`{rule.code}`", SEVERITIES[rule.severity][number], asks, say(rule.why, number), say(rule.mend, number))
    return f"| {' | '.join(cells)} |"


def _examinations(register: Register, number: int) -> Iterator[str]:
    integrity = register.integrity
    lines = []
    for name, words in EXAMINATIONS.items():
        if columns := getattr(integrity, name):
            titles = OR[number].join(say(register.column(one).title, number) for one in columns)
            lines.append(f"- {words[number]}{('：', ': ')[number]}{titles}")
    if integrity.evenness:
        by = say(register.column(integrity.evenness.by).title, number)
        lines.append((f"- 按“{by}”的比率过于整齐", f"- rates by “{by}” that are too even")[number])
    if integrity.reproducible:
        lines.append(f"- {REPRODUCIBLE[integrity.reproducible][number]}")
    if lines:
        yield ("## 真实性检查", "## Examinations")[number]
        yield ASKS[number]
        yield "\n".join(lines)
