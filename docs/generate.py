"""Write the handbook, in Chinese and English, from the definitions and the spec tests.

Run ``python docs/generate.py`` to write it, ``python docs/generate.py --check`` to learn whether it is current.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qualicity.definitions.catalogue import catalogue

from qualicity.definitions.measures import Total

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualicity.definitions.model import Filter, Words
    from qualicity.definitions.plans import Indicator, Plan, Target
    from qualicity.definitions.registers import Column, Register

ROOT = Path(__file__).resolve().parent.parent
HANDBOOK = ROOT / "docs" / "handbook"
LANGUAGES = ("zh", "en")

KINDS = {
    "share": ("率：合格行数 ÷ 总行数", "Share: rows that pass ÷ rows"),
    "ratio": ("比：分子合计 ÷ 分母合计", "Ratio: sum ÷ sum"),
    "mean": ("均值", "Mean"),
    "count": ("个数：不重复计数", "Count of different things"),
    "coverage": ("覆盖率：已覆盖 ÷ 应覆盖", "Coverage: covered ÷ ought to be covered"),
    "cut": ("削减率：（基期 − 当期）÷ 基期", "Cut: (base year − this year) ÷ base year"),
    "per_10k": ("万名…数：合计 ÷（人数 ÷ 10 000）", "Per 10 000: sum ÷ (persons ÷ 10 000)"),
    "index": ("满意度指数 0–100", "Satisfaction index 0–100"),
    "worst_class": ("最差类别：劣Ⅴ类断面数", "Worst class: sections worse than class V"),
}
TARGETS = {
    "at_least": "≥",
    "above": ">",
    "at_most": "≤",
    "below": "<",
    "equals": "=",
}
TYPES = {
    "text": ("文本", "text"),
    "integer": ("整数", "integer"),
    "number": ("数值", "number"),
    "date": ("日期", "date"),
    "datetime": ("日期时间", "date and time"),
    "boolean": ("是/否", "yes/no"),
    "code": ("代码", "code"),
    "place": ("地区", "place"),
    "enterprise": ("企业代码", "enterprise code"),
    "gtin": ("商品条码", "GTIN"),
}


def pages() -> dict[str, str]:
    """Return every page of the handbook: path below the handbook's folder → Markdown."""
    known = catalogue()
    out: dict[str, str] = {}
    for number, language in enumerate(LANGUAGES):
        chapters = list(spec_chapters(number))
        out[f"{language}/index.md"] = index(language, chapters)
        for code, plan in known.plans.items():
            out[f"{language}/plans/{code}.md"] = plan_page(plan, number)
        for code, register in known.registers.items():
            out[f"{language}/registers/{code}.md"] = register_page(register, number)
        out[f"{language}/roles.md"] = roles_page(number)
        for name, body in chapters:
            out[f"{language}/methods/{name}.md"] = body
    return out


def say(words: Words, number: int) -> str:
    """Return the words in one language."""
    return (words.zh, words.en)[number]


def index(language: str, chapters: list[tuple[str, str]]) -> str:
    """Return the first page."""
    known = catalogue()
    number = LANGUAGES.index(language)
    lines = [("# 质城手册", "# Qualicity handbook")[number], ""]
    note = (
        "本手册由定义文件和规格测试自动生成，请勿手工修改。",
        "Made from the definitions and the spec tests; do not edit.",
    )
    lines += [note[number], "", ("## 方案", "## Plans")[number], ""]
    lines += [f"- [{say(plan.title, number)}](plans/{code}.md)" for code, plan in known.plans.items()]
    lines += ["", ("## 台账", "## Registers")[number], ""]
    lines += [f"- [{say(one.title, number)}](registers/{code}.md) `{code}`" for code, one in known.registers.items()]
    lines += [
        "",
        ("## 角色与权限", "## Roles and permissions")[number],
        "",
        f"- [{('角色表', 'Roles')[number]}](roles.md)",
    ]
    lines += ["", ("## 方法（实例）", "## Methods by worked example")[number], ""]
    lines += [f"- [{body.splitlines()[0].lstrip('# ')}](methods/{name}.md)" for name, body in chapters]
    shots = sorted(path.name for path in (HANDBOOK / "screenshots").glob(f"*-{language}.png"))
    if shots:
        lines += ["", ("## 页面", "## Pages")[number], ""]
        lines += [f"![{name.removesuffix('.png')}](../screenshots/{name})" for name in shots]
    return "\n".join(lines) + "\n"


def plan_page(plan: Plan, number: int) -> str:
    """Return a plan's page: every target, with its measure in words."""
    document = plan.document
    parts = [f"# {say(plan.title, number)}\n\n{document.number} · {document.issuer} · {document.issued_on}\n"]
    for area in plan.areas:
        parts.append(f"\n## {say(area.title, number)}\n")
        for one in plan.indicators:
            if one.area == area.code:
                parts.append(indicator_part(one, number))
    return "\n".join(parts)


def indicator_part(one: Indicator, number: int) -> str:
    """Return one indicator's part of the plan's page."""
    label = (
        ("目标", "Target"),
        ("测算", "Measure"),
        ("牵头", "Lead"),
        ("出处", "Source"),
        ("最低样本量", "Smallest n"),
    )
    rows = [
        f"- **{label[0][number]}**: {target_words(one.target, number)}",
        f"- **{label[1][number]}**: {measure_words(one, number)}",
        f"- **{label[2][number]}**: `{one.lead}` ({one.responsibility})",
        f"- **{label[3][number]}**: {one.cite}",
    ]
    if one.minimum_n:
        rows.append(f"- **{label[4][number]}**: {one.minimum_n}")
    return f"### `{one.code}` {say(one.title, number)}\n\n{say(one.text, number)}\n\n" + "\n".join(rows) + "\n"


def target_words(target: Target, number: int) -> str:
    """Return a target as a sentence."""
    unit = target.unit or ""
    if target.kind in TARGETS:
        words = f"{TARGETS[target.kind]} {target.value:g} {unit}"
    elif target.kind == "trajectory":
        words = " → ".join(f"{year}: {value:g}" for year, value in target.points.items()) + f" {unit}"
    elif target.kind == "cut":
        words = (
            f"较 {target.base_year} 年削减 ≥ {target.value:g} {unit}",
            f"cut ≥ {target.value:g} {unit} on {target.base_year}",
        )[number]
    elif target.kind == "none_of":
        words = ("消除（= 0）", "none (= 0)")[number]
    elif target.kind == "below_reference":
        words = ("低于参照值：", "below the reference: ")[number] + ", ".join(
            f"{y}: {v:g}" for y, v in target.points.items()
        )
    else:
        words = ("未给出数值", "no number given")[number]
    if target.every:
        words += ("（每一期都要达到）", " (in every period)")[number]
    if target.year and target.kind != "trajectory":
        words += (f"，{target.year} 年", f", by {target.year}")[number]
    return words.strip()


def filter_words(where: Filter) -> str:
    """Return a filter as code words."""
    parts = []
    for column, wanted in where.items():
        if isinstance(wanted, tuple):
            parts.append(f"`{column}` ∈ {{{', '.join(str(one) for one in wanted)}}}")
        elif isinstance(wanted, str | bool | int | float):
            parts.append(f"`{column}` = {wanted}")
        else:
            given = wanted.model_dump(exclude_defaults=True)
            parts.append(f"`{column}` {', '.join(f'{key} {value}' for key, value in given.items())}")
    return " & ".join(parts)


def measure_words(one: Indicator, number: int) -> str:
    """Return a measure as a sentence with its registers and filters."""
    parts = [KINDS[one.measure.kind][number]]
    for name, value in one.measure:
        if isinstance(value, Total) or hasattr(value, "register_code"):
            column = getattr(value, "column", None) or getattr(value, "key", None)
            parts.append(
                f"{name}: `{value.register_code}`" + (f".`{column}`" if column else "") + where_words(value.where)
            )
        elif name == "register_code":
            parts.append(f"`{value}`" + where_words(one.measure.where))  # type: ignore[union-attr]
        elif name == "passing":
            parts.append(f"{('合格', 'passing')[number]}: {filter_words(value)}")
        elif name in ("column", "weight", "stratum", "section", "method", "base_year") and value:
            parts.append(f"{name} `{value}`")
    return "; ".join(parts)


def where_words(where: Filter) -> str:
    """Return a filter in brackets, or nothing."""
    return f" ({filter_words(where)})" if where else ""


def register_page(register: Register, number: int) -> str:
    """Return a register's page: columns, bounds, codes and rules."""
    basis = {"census": ("全面", "census"), "sample": ("抽样", "sample")}[register.basis][number]
    grain = {"flow": ("流量", "flow"), "stock": ("存量", "stock"), "profile": ("明细", "profile")}[register.grain][
        number
    ]
    head = (("列", "必填", "类型", "单位", "说明"), ("Column", "Required", "Type", "Unit", "Notes"))[number]
    lines = [f"# {say(register.title, number)}", "", say(register.purpose, number), ""]
    lines += [
        f"`{register.code}` · {basis} · {grain} · {('键', 'key')[number]}: "
        + ", ".join(f"`{one}`" for one in register.key),
        "",
    ]
    lines += [f"| {' | '.join(head)} |", "|---|---|---|---|---|"]
    lines += [column_row(column, number) for column in register.columns]
    if register.rules:
        lines += ["", ("## 核对规则", "## Rules")[number], ""]
        for rule in register.rules:
            lines.append(
                f"- `{rule.code}` ({rule.severity}) {say(rule.title, number)} — "
                f"{say(rule.why, number)} {say(rule.mend, number)}"
            )
    return "\n".join(lines) + "\n"


def column_row(column: Column, number: int) -> str:
    """Return one column's row of the register's page."""
    notes = [say(column.note, number)] if column.note else []
    if column.codes:
        notes.append(", ".join(f"`{one.code}` {say(one.title, number)}" for one in column.codes))
    if column.minimum is not None or column.maximum is not None:
        low = "" if column.minimum is None else f"{column.minimum:g}"
        high = "" if column.maximum is None else f"{column.maximum:g}"
        notes.append(f"[{low}, {high}]")
    needed = ("是", "yes")[number] if column.required else ""
    title = f"{say(column.title, number)} `{column.name}`"
    return f"| {title} | {needed} | {TYPES[column.type][number]} | {column.unit or ''} | {'; '.join(notes)} |"


def roles_page(number: int) -> str:
    """Return the table of roles and what each may do."""
    roles = catalogue().roles
    permissions = sorted({one for role in roles.values() for one in role.permissions})
    lines = [("# 角色与权限", "# Roles and permissions")[number], ""]
    lines += ["| | " + " | ".join(say(role.title, number) for role in roles.values()) + " |"]
    lines += ["|---|" + "---|" * len(roles)]
    for permission in permissions:
        marks = ["✔" if permission in role.permissions else "" for role in roles.values()]
        lines.append(f"| `{permission}` | " + " | ".join(marks) + " |")
    lines.append("| scope | " + " | ".join(str(role.scope) for role in roles.values()) + " |")
    return "\n".join(lines) + "\n"


def spec_chapters(number: int) -> Iterator[tuple[str, str]]:
    """Yield each spec test file as a page: its title, then what each test shows."""
    for path in sorted((ROOT / "tests" / "spec").rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        title = spec_title(tree, number)
        if title is None:
            continue
        lines = [f"# {title}", "", ast.get_docstring(tree) or "", ""]
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                said = ast.get_docstring(node) or node.name.removeprefix("test_").replace("_", " ")
                lines.append(f"- {' '.join(said.split())}")
        yield f"{path.parent.name}-{path.stem.removeprefix('test_')}", "\n".join(lines) + "\n"


def spec_title(tree: ast.Module, number: int) -> str | None:
    """Return the ``TITLE = Text(zh=…, en=…)`` of a spec file in one language, or None."""
    for node in tree.body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Call)
            and getattr(node.targets[0], "id", "") == "TITLE"
        ):
            words = {one.arg: ast.literal_eval(one.value) for one in node.value.keywords}
            positional = [ast.literal_eval(one) for one in node.value.args]
            return str(words.get(LANGUAGES[number]) or positional[number])
    return None


def main(arguments: list[str]) -> int:
    """Write the handbook, or with ``--check`` say which pages are out of date."""
    made = pages()
    present = {path.relative_to(HANDBOOK).as_posix() for path in HANDBOOK.rglob("*.md")}
    stale = sorted(present - made.keys())
    wrong = [
        name for name, text in made.items() if name not in present or (HANDBOOK / name).read_text("utf-8") != text
    ]
    if "--check" in arguments:
        for name in [*wrong, *stale]:
            sys.stderr.write(f"not current: docs/handbook/{name} (run: make handbook)\n")
        return 1 if wrong or stale else 0
    for name in stale:
        (HANDBOOK / name).unlink()
    for name in wrong:
        target = HANDBOOK / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(made[name], encoding="utf-8")
    sys.stdout.write(f"{len(made)} pages, {len(wrong)} written, {len(stale)} removed\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
