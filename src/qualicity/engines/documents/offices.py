"""The departments that nearly every Chinese city has: the word by which plans know each, and its English name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_KNOWN: Final = (
    ("quality-supervision", "质监|质量技术监督", "Quality and technical supervision bureau"),
    ("market-supervision", "市场监管|市场监督管理", "Market supervision administration"),
    ("development-reform", "发展改革|发展和改革|发改", "Development and reform commission"),
    ("industry", "工信|工业和信息化|经信|经济和信息化", "Industry and information commission"),
    ("education", "教育", "Education bureau"),
    ("science", "科技|科学技术", "Science and technology bureau"),
    ("public-security", "公安", "Public security bureau"),
    ("civil-affairs", "民政", "Civil affairs bureau"),
    ("finance", "财政", "Finance bureau"),
    ("human-resources", "人社|人力资源", "Human resources and social security bureau"),
    ("environment", "环保|环境保护|生态环境", "Ecology and environment bureau"),
    ("housing-construction", "住建|城乡建设|住房和城乡建设|建设", "Housing and construction bureau"),
    ("urban-management", "城管|城市管理", "Urban management bureau"),
    ("transport", "交通", "Transport bureau"),
    ("water", "水利|水务", "Water bureau"),
    ("agriculture", "农业|农委|农牧", "Agriculture bureau"),
    ("commerce", "商务", "Commerce bureau"),
    ("tourism", "旅游|文旅|文化和旅游|文广旅", "Tourism bureau"),
    ("culture", "文广新|文化广电|文化", "Culture bureau"),
    ("health", "卫生|卫健|卫计", "Health bureau"),
    ("statistics", "统计", "Statistics bureau"),
    ("work-safety", "安监|安全生产|应急", "Work safety bureau"),
    ("food-drug", "食品药品|食药", "Food and drug administration"),
    ("industry-commerce", "工商", "Industry and commerce administration"),
    ("forestry", "林业|园林", "Forestry bureau"),
    ("government-office", "政府办公", "General office of the government"),
)  # fmt: skip
_NAMED: Final = re.compile(
    r"[市县区州](?:政府)?(?P<stem>[\u4e00-\u9fff]{2,10}?)(?P<end>局|委员会|委|办公厅|办公室|办|厅)(?![\u4e00-\u9fff]{0,2}会议)"
)


@dataclass(frozen=True, slots=True)
class Office:
    """One department that a document names."""

    code: str
    name: str
    english: str


def offices_in(text: str) -> tuple[Office, ...]:
    """Return the departments that a text names, each once, in the order in which it names them."""
    found: dict[str, Office] = {}
    for match in _NAMED.finditer(text):
        for code, words, english in _KNOWN:
            if re.match(words, match["stem"]) and code not in found:
                found[code] = Office(code, match.group(0), english)
                break
    return tuple(found.values())
