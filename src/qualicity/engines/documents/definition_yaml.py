"""Writes a draft as the YAML of a plan's definition; what the document cannot tell is left as a question.

Such places hold ``TO_ANSWER``, which the loader refuses by its type or vocabulary; ``open_questions.md`` lists each.
English titles start as copies of the Chinese ones: they load, and may be translated at any time.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any, Final

import yaml

from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.units import Unit, is_known
from qualicity.engines.documents.offices import offices_in
from qualicity.engines.documents.open_questions import ASK, questions_page
from qualicity.engines.documents.results import Draft, Indicator, Task
from qualicity.engines.documents.target_yaml import target_data

_CODE: Final = re.compile(r"^[a-z0-9][a-z0-9_-]{0,59}$")
_KNOWN_AREAS: Final = {
    "product": {"zh": "产品质量", "en": "Products"},
    "works": {"zh": "工程质量", "en": "Works"},
    "service": {"zh": "服务质量", "en": "Services"},
    "environment": {"zh": "环境质量", "en": "Environment"},
    "foundation": {"zh": "质量文化及质量基础", "en": "Culture and foundations"},
}


def definition_files(draft: Draft, code: str) -> dict[str, str]:
    """Return file name → text for the folder of one plan, with ``open_questions.md`` among them.

    ``code`` is the plan's code, which is also the name of its folder.
    """
    units = tuple(catalogue().units.values())
    data: dict[str, dict[str, Any]] = {
        "plan.yaml": _plan(draft, code),
        "places.yaml": {"places": [{"code": ASK, "title": _words(_city(draft)), "kind": "city"}]},
        "organisations.yaml": {"organisations": _organisations(draft)},
        "indicators.yaml": {"indicators": [one for row in draft.indicators for one in _indicators(row, units)]},
        "tasks.yaml": _tasks(draft),
        "phases.yaml": {"phases": _phases(draft)},
        "obligations.yaml": {"obligations": []},
    }
    files = {name: _dumped(content) for name, content in data.items()}
    return files | {"open_questions.md": questions_page(files, data, draft)}


def _dumped(content: dict[str, Any]) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)


def _words(zh: str) -> dict[str, str]:
    return {"zh": zh, "en": zh}


def _city(draft: Draft) -> str:
    issuer = draft.document.issuer or draft.document.title or ""
    found = re.match(r"[\u4e00-\u9fff]{1,10}?[市县区州盟](?=人民政府|政府|委|办)", issuer) or re.match(
        r"[\u4e00-\u9fff]{1,8}?[市县区]", issuer
    )
    return found.group(0) if found else ASK


def _plan(draft: Draft, code: str) -> dict[str, Any]:
    facts = draft.document
    starts = [phase.start for phase in draft.phases if phase.start]
    ends = [phase.end for phase in draft.phases if phase.end]
    return {
        "code": code if _CODE.match(code) else ASK,
        "title": _words(_plan_title(facts.title)) if facts.title else ASK,
        "document": {
            "number": facts.number or [ASK],
            "issuer": facts.issuer or [ASK],
            "issued_on": facts.issued_on or ASK,
            "title": _words(facts.title) if facts.title else ASK,
        },
        "place": [ASK],
        "start": min(starts) if starts and draft.phases[0].start else ASK,
        "end": max(ends) if ends and draft.phases[-1].end else ASK,
        "areas": _areas(draft),
        "office": ASK,
        "safeguards": [
            {"number": number, "title": _words(one.title), "text": _words(one.text)}
            for number, one in enumerate(draft.safeguards, start=1)
        ],
    }


def _areas(draft: Draft) -> list[dict[str, Any]]:
    """Return the known areas; all five where some rows stand in an area that is none of them."""
    titles = {area.code: _words(area.title) for area in draft.areas if area.code in _KNOWN_AREAS}
    if len(titles) < len(draft.areas):
        titles = {code: titles.get(code, title) for code, title in _KNOWN_AREAS.items()}
    return [{"code": code, "title": titles[code]} for code in titles]


def _plan_title(title: str) -> str:
    """Return the plan's own name out of “…关于印发…的通知”."""
    found = re.search(r"关于(?:印发|下发|发布)《?(.+?)》?的(?:通知|通告)", title)
    return found.group(1) if found else title


def _organisations(draft: Draft) -> list[dict[str, Any]] | str:
    facts = draft.document
    text = "；".join(
        [facts.organiser or "", facts.supervisor or ""]
        + ["；".join((task.text, *task.lead, *task.supporting)) for task in draft.tasks]
        + [one.text for one in draft.safeguards]
    )
    found = offices_in(text)
    return [
        {"code": office.code, "title": {"zh": office.name, "en": office.english}, "kind": "department"}
        for office in found
    ] or ASK


def _indicators(row: Indicator, units: Collection[Unit]) -> Iterable[dict[str, Any]]:
    area = row.area if row.area in _KNOWN_AREAS else ASK
    names = _names(row)
    for position, target in enumerate(row.targets):
        letter = chr(ord("a") + position) if len(row.targets) > 1 else ""
        yield {
            "code": f"{row.area}-{row.number}{letter}",
            "area": area,
            "row": row.number,
            "title": _words(names[position]),
            "text": _words(row.text),
            "cite": f"原文第 {row.line} 行",
            "unit": target.unit if target.unit and is_known(target.unit, units) else ASK,
            "lead": ASK,
            "measure": ASK,
            "target": target_data(target),
        }


def _names(row: Indicator) -> list[str]:
    """Return a short name for each target of a row: what it is about, and its part of the city."""
    names: list[str] = []
    for position, target in enumerate(row.targets, start=1):
        subject = target.subject or row.text[:40]
        if len(subject) <= 4 and row.text.find(subject) > 0:
            subject = row.text[: row.text.index(subject) + len(subject)]
        name = f"{subject}（{target.scope}）" if target.scope and target.scope not in subject else subject
        names.append(name if name not in names else f"{name}（{position}）")
    return names


def _tasks(draft: Draft) -> dict[str, Any]:
    strategies = [{"number": one.number, "title": _words(one.title)} for one in draft.strategies]
    if draft.tasks and not strategies:
        strategies = [{"number": 1, "title": {"zh": "主要任务", "en": "Main tasks"}}]
    numbers = [task.number for task in draft.tasks]
    unique = None not in numbers and len(set(numbers)) == len(numbers)
    return {
        "strategies": strategies,
        "tasks": [_task(task, task.number if unique else order) for order, task in enumerate(draft.tasks, start=1)],
    }


def _task(task: Task, number: int | None) -> dict[str, Any]:
    leads = offices_in("；".join(task.lead))
    helpers = [one.code for one in offices_in("；".join((*task.lead, *task.supporting))) if one not in leads[:1]]
    sure = "stated" if leads and "牵头" in task.text else "derived"
    return {
        "number": number,
        "strategy": task.strategy or 1,
        "title": _words(task.title),
        "text": _words(task.text),
        "lead": leads[0].code if leads else ASK,
        "supporting": helpers,
    } | ({"responsibility": sure} if leads else {})


def _phases(draft: Draft) -> list[dict[str, Any]]:
    return [
        {
            "number": number,
            "title": _words(phase.name),
            "start": phase.start or ASK,
            "end": phase.end or ASK,
            "steps": [{"number": n, "title": _words(step)} for n, step in enumerate(phase.steps, start=1)],
        }
        for number, phase in enumerate(draft.phases, start=1)
    ]
