"""Says what a section is about from the words of its title."""

from __future__ import annotations

import re
from typing import Final, Literal

Kind = Literal["goals", "tasks", "phases", "safeguards", "duties", "general"]

_KINDS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("duties", re.compile("职责|分工|责任分解|任务分解|责任分配|任务分配|成员单位")),
    ("phases", re.compile("步骤|进度|阶段|时间安排|时间表|工作安排|实施安排|时间节点")),
    (
        "safeguards",
        re.compile("保障措施|组织保障|工作保障|保障机制$|措施保障|^.{0,8}保障$|工作要求|组织实施|组织领导|^组织管理|实施保障|有关要求|几点要求|相关要求|监督管理与考核"),
    ),
    (
        "general",
        re.compile("指导思想|总体要求|总体思路|基本原则|工作原则|基本思路|总则|附则|背景|意义|现状|形势|回顾|基础与环境|适用范围|前言|工作思路|创建思路|发展环境|发展基础|面临形势|发展成效|发展现状|工作基础"),
    ),
    ("goals", re.compile("目标(?!责任|考核|管理)|指标|考核要求|预期成效|创建标准")),
    (
        "tasks",
        re.compile("任务|重点工作|主要工作|工作措施|主要措施|重点举措|主要举措|工作内容|创建内容|主要内容|工作重点|重点项目|重点工程|专项行动|实施内容|具体措施|工作举措|创建措施|实施路径|重点领域"),
    ),
)  # fmt: skip
_AREAS: Final = (
    ("environment", re.compile("环境质量|生态环境|环境|生态|大气|水质")),
    ("works", re.compile("工程质量|工程|建设质量|建筑")),
    ("service", re.compile("服务质量|服务业|服务")),
    ("foundation", re.compile("质量文化|质量基础|基础|文化|保障能力|发展能力|质量诚信|创新能力")),
    ("product", re.compile("产品质量|产品|制造业|农产品|食品|工业")),
)
_EXACT: Final = re.compile("(产品|工程|服务|环境)质量")
_EXACT_CODES: Final = {"产品": "product", "工程": "works", "服务": "service", "环境": "environment"}


def kind_of(title: str) -> Kind | None:
    """Return what a section with this title is about, or None."""
    if re.search("目标任务|目标和任务|目标与任务|目标及任务", title):
        return "goals"
    return next((kind for kind, pattern in _KINDS if pattern.search(title)), None)


def is_loosely_tasks(title: str) -> bool:
    """Tell whether a title may stand for one group of tasks among others: 推进重点工程."""
    return bool(re.search("重点工程|重点项目|专项行动|重点领域|具体措施", title)) and "任务" not in title


def area_of(title: str) -> str | None:
    """Return the known area that a title names, or None when it names none or several."""
    if len(set(re.findall("产品|工程|服务|环境", title))) > 1 and re.search(
        "(?:产品|工程|服务|环境)[、和与及]", title
    ):
        return None
    exact = set(_EXACT.findall(title))
    if exact:
        return _EXACT_CODES[exact.pop()] if len(exact) == 1 else None
    named = [code for code, pattern in _AREAS if pattern.search(title)]
    return named[0] if len(named) == 1 else "foundation" if named and "基础" in title else None
