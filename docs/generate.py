"""Write the handbook, in Chinese and English, from the definitions, the lifecycle and the spec tests.

Run ``python docs/generate.py`` to write it, ``python docs/generate.py --check`` to learn whether it is current.
Screenshots are taken by ``tests/functional/test_screenshots.py``; this file only links those that it finds.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from chapters.cases import case_page, laws_page, urging_lines
from chapters.credit import credit_page
from chapters.examples import Chapter, chapter_page, chapters
from chapters.people import lifecycle_page, roles_page
from chapters.plans import plan_page
from chapters.products import products_page
from chapters.profiles import profile_page
from chapters.registers import register_page
from chapters.rubrics import assessment_page, rubric_page
from chapters.wording import LANGUAGES, say

from qualicity.definitions.catalogue import SHIPPED, load_catalogue
from qualicity.engines.tables.schemas import json_schema

ROOT = Path(__file__).resolve().parent.parent
HANDBOOK = ROOT / "docs" / "handbook"
KNOWN = load_catalogue(SHIPPED)  # not what this machine's environment adds to it

SUBJECTS = {
    "statistics": ("统计方法", "Statistics"),
    "environment": ("环境质量", "Environment"),
    "registers": ("台账", "Registers"),
    "documents": ("公文读取", "Official documents"),
    "laws": ("规则与时限", "Laws and their deadlines"),
    "judgement": ("考核评分", "Assessment"),
    "inspections": ("监督抽查", "Spot checks"),
    "sampling": ("抽样与风险评分", "Sampling, and scores of risk"),
    "credit": ("质量信用", "Quality credit"),
    "supervision": ("任务督查", "Tasks and supervision"),
}
SHOTS = {
    "overview": ("首页：各领域指标", "Overview: the targets of every area"),
    "indicator": ("一个指标：数值、区间、来历", "An indicator: value, interval, provenance"),
    "obligations": ("报送任务", "Obligations"),
    "submission": ("一份报送及其问题", "A submission and its findings"),
    "review": ("待办审核", "The queue of reviews"),
    "register": ("一个台账", "A register"),
    "plan": ("方案：任务与阶段", "The plan: tasks and phases"),
    "audit": ("操作记录", "The audit trail"),
}


def pages() -> dict[str, str]:
    """Return every page of the handbook: path below the handbook's folder → text."""
    found = list(chapters(ROOT))
    out: dict[str, str] = {}
    for number, language in enumerate(LANGUAGES):
        out[f"{language}/index.md"] = index(found, number)
        for code, plan in KNOWN.plans.items():
            out[f"{language}/plans/{code}.md"] = plan_page(plan, KNOWN, number)
        for code, register in KNOWN.registers.items():
            out[f"{language}/registers/{code}.md"] = register_page(register, KNOWN, number)
        for code, profile in KNOWN.profiles.items():
            register = KNOWN.registers[profile.register_code]
            out[f"{language}/profiles/{code}.md"] = profile_page(profile, register, number)
        for chapter in found:
            out[f"{language}/methods/{chapter.name}.md"] = chapter_page(chapter, number)
        out[f"{language}/roles.md"] = roles_page(KNOWN.roles, number)
        out[f"{language}/submissions.md"] = lifecycle_page(number)
        out[f"{language}/products.md"] = products_page(KNOWN.products, number)
        out[f"{language}/laws.md"] = laws_page(KNOWN, number)
        for code, kind in KNOWN.cases.items():
            out[f"{language}/cases/{code}.md"] = case_page(kind, KNOWN, number)
        for code, rubric in KNOWN.rubrics.items():
            out[f"{language}/rubrics/{code}.md"] = rubric_page(rubric, number)
        for code, scheme in KNOWN.credit.items():
            out[f"{language}/credit/{code}.md"] = credit_page(scheme, KNOWN, number)
        out[f"{language}/assessment.md"] = assessment_page(number)
    for code, register in KNOWN.registers.items():
        out[f"schemas/{code}.json"] = json.dumps(json_schema(register), ensure_ascii=False, indent=2) + "\n"
    return out


def index(found: list[Chapter], number: int) -> str:
    """Return the first page."""
    other = LANGUAGES[1 - number]
    lines = [
        ("# 质城手册", "# Qualicity handbook")[number],
        "",
        f"[{('English', '中文')[number]}](../{other}/index.md)",
        "",
        (
            "本手册由定义文件、流转表和规格测试自动生成（`make handbook`），请勿手工修改。",
            "Made from the definitions, the lifecycle and the spec tests (`make handbook`); do not edit.",
        )[number],
    ]
    lines += _section(("方案", "Plans"), number)
    lines += [f"- [{say(plan.title, number)}](plans/{code}.md) `{code}`" for code, plan in KNOWN.plans.items()]
    lines += _section(("怎样办", "How things are done"), number)
    lines.append(f"- [{('一份报送的经过', 'The life of a submission')[number]}](submissions.md)")
    lines.append(f"- [{('角色与权限', 'Roles and permissions')[number]}](roles.md)")
    lines += _guides(number)
    lines += _section(("事项", "Cases"), number)
    lines += [f"- [{say(one.title, number)}](cases/{code}.md) `{code}`" for code, one in KNOWN.cases.items()]
    lines.append(f"- [{('规则与时限', 'Laws and their deadlines')[number]}](laws.md)")
    lines.append(f"- [{('监督抽查产品目录', 'Catalogue of products that are spot-checked')[number]}](products.md)")
    lines += ["", ("催办逐级上报：", "Reminders climb:")[number], "", *urging_lines(KNOWN.urging, number)]
    lines.append(f"- [{('一次考核的经过', 'The life of an assessment')[number]}](assessment.md)")
    lines += _section(("评分细则", "Rubrics"), number)
    lines += [f"- [{say(one.title, number)}](rubrics/{code}.md) `{code}`" for code, one in KNOWN.rubrics.items()]
    lines += _section(("质量信用", "Quality credit"), number)
    lines += [f"- [{say(one.title, number)}](credit/{code}.md) `{code}`" for code, one in KNOWN.credit.items()]
    lines += _section(("台账", "Registers"), number)
    lines += [f"- [{say(one.title, number)}](registers/{code}.md) `{code}`" for code, one in KNOWN.registers.items()]
    lines += _section(("外来文件对照表", "Profiles: foreign files that are read as they are"), number)
    lines += [f"- [{say(one.title, number)}](profiles/{code}.md) `{code}`" for code, one in KNOWN.profiles.items()]
    lines += _section(("方法与实例", "Methods by worked example"), number)
    for subject, words in SUBJECTS.items():
        of_it = [one for one in found if one.name.startswith(f"{subject}-")]
        if of_it:
            lines += [f"**{words[number]}**", ""]
            lines += [f"- [{one.title[number]}](methods/{one.name}.md)" for one in of_it]
            lines.append("")
    return "\n".join([*lines, *_screenshots(number)]).rstrip() + "\n"


def _section(words: tuple[str, str], number: int) -> list[str]:
    return ["", f"## {words[number]}", ""]


def _guides(number: int) -> list[str]:
    """Return links to the how-to pages in this language, each by its own heading."""
    endings = (".zh-CN.md", ".md")
    lines = []
    for path in sorted((ROOT / "docs" / "how-to").glob("*.md")):
        chinese = path.name.endswith(endings[0])
        if chinese == (number == 0):
            title = path.read_text(encoding="utf-8").splitlines()[0].lstrip("# ")
            lines.append(f"- [{title}](../../how-to/{path.name})")
    return lines


def _screenshots(number: int) -> list[str]:
    language = LANGUAGES[number]
    lines = []
    for name, words in SHOTS.items():
        if (HANDBOOK / "screenshots" / f"{name}-{language}.png").is_file():
            lines += ["", f"**{words[number]}**", "", f"![{words[number]}](../screenshots/{name}-{language}.png)"]
    return [*_section(("页面", "Pages"), number), *lines[1:]] if lines else []


def main(arguments: list[str]) -> int:
    """Write the handbook, or with ``--check`` say which pages are out of date."""
    made = pages()
    kinds = ("*.md", "*.json")
    present = {path.relative_to(HANDBOOK).as_posix() for kind in kinds for path in HANDBOOK.rglob(kind)}
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
