"""Lists what a document cannot tell: each question with its place in the YAML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from qualicity.engines.documents.results import Draft, Target
from qualicity.errors import Text

ASK: Final = "TO_ANSWER"
_QUESTIONS: Final = {
    "place": Text(
        "方案所在城市的行政区划代码（GB/T 2260，六位）？", "Which GB/T 2260 code has the city of the plan?"
    ),
    "office": Text(
        "领导小组办公室设在哪个单位（单位代码）？", "Which organisation houses the office of the leading group?"
    ),
    "number": Text("发文字号？", "What is the number of the document?"),
    "issuer": Text("发文机关？", "Who issued the document?"),
    "issued_on": Text("成文或印发日期？", "On which day was it issued?"),
    "start": Text("哪一天开始？", "On which day does it start?"),
    "end": Text("哪一天结束？", "On which day does it end?"),
    "lead": Text("由哪个单位牵头（单位代码）？", "Which organisation leads (its code)?"),
    "measure": Text("用哪个台账、怎样测算？", "By which register and how is it measured?"),
    "unit": Text(
        "计量单位？（文件未写明，或不在词表 units.yaml 中）", "In which unit? (Not said, or not in units.yaml.)"
    ),
    "area": Text("属于五个领域中的哪一个？", "Which of the five areas does it belong to?"),
    "points": Text("参照值（各年全国或全省平均）是多少？", "What are the reference values by year?"),
    "source": Text("参照值出自哪里？（zh 和 en）", "Where do the reference values come from (zh and en)?"),
    "year": Text("哪一年到期？", "By which year is it due?"),
    "base_year": Text("以哪一年为基期？", "Against which base year?"),
    "certainty": Text(
        "目标类型和数值不明确（变化幅度和区间写不成一个水平），请对照原文核对后写 stated 或 derived。",
        "Kind and value are not clear (a change or a range is no level): compare, then write stated or derived.",
    ),
    "organisations": Text("有哪些成员单位？", "Which organisations are members?"),
    "zh": Text("名称？", "What is its name?"),
    "title": Text("名称？（zh 和 en）", "What is its name (zh and en)?"),
}
_CODES: Final = {
    "places": Text("行政区划代码（GB/T 2260，六位）？", "Which GB/T 2260 code?"),
}
_SORTS: Final = {
    "growth": Text("增长", "a growth of"),
    "growth_per_year": Text("年均增长", "a yearly growth of"),
    "increase": Text("增加", "an increase by"),
    "decrease": Text("减少", "a decrease by"),
    "points_up": Text("提高（百分点）", "a rise by points of"),
    "points_down": Text("下降（百分点）", "a fall by points of"),
    "multiple": Text("倍数", "a multiple of"),
    "rank": Text("位次", "a rank of"),
    "difference": Text("与参照值之差", "a difference from a reference of"),
}
_OTHER: Final = Text("请填写。", "Please fill in.")
KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One place of a drafted definition that nobody has answered yet."""

    file: str
    line: int
    key: str
    question: Text

    def __str__(self) -> str:
        """Return place and question in both languages on one line."""
        return f"{self.file}:{self.line}: {self.key} — {self.question.zh} / {self.question.en}"


def open_in(folder: Path) -> tuple[OpenQuestion, ...]:
    """Return the places of a folder's definition files that still hold ``TO_ANSWER``, by file and line."""
    found: list[OpenQuestion] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            text = path.read_text(encoding="utf-8")
            data, places = yaml.safe_load(text), _lines(text)
        except (OSError, UnicodeDecodeError, yaml.YAMLError):
            continue  # the loader says what is wrong with it
        found += [
            OpenQuestion(str(path), places[at], _key(at), _question(at))
            for at in _asked(data, ())
            if at and at in places
        ]
    return tuple(found)


def questions_page(files: dict[str, str], data: dict[str, dict[str, Any]], draft: Draft) -> str:
    """Return the page of open questions in both languages, with file, line and key of each."""
    lines = [
        "# 待答问题 / Open questions",
        "",
        f"下列各处写着 `{ASK}`，答完之前方案不能载入。",
        f"These places hold `{ASK}`; the plan loads once they are answered.",
        "",
    ]
    count = 0
    for name, text in files.items():
        places = _lines(text)
        for path in _asked(data[name], ()):
            question = _question(path)
            about = _about(data[name], path) + _printed(draft, path)
            lines.append(f"- [ ] `{name}:{places[path]}` `{_key(path)}`{about} — {question.zh} / {question.en}")
            count += 1
    if not count:
        lines.append("无。 / None.")
    lines += _optional(draft)
    return "\n".join(lines) + "\n"


def _optional(draft: Draft) -> list[str]:
    lines = [
        "",
        "## 可以以后再做 / May wait",
        "",
        "- `en` 暂与中文相同，可随时翻译。 / `en` repeats the Chinese for now; translate it at any time.",
        "- `obligations.yaml`：谁在什么时候报送哪个台账？ / Who owes which register by when?",
        "- `places.yaml`：添加区县和开发区。 / Add districts, counties and zones.",
    ]
    if draft.not_understood:
        lines += ["", "## 未能识别的内容 / Not understood", ""]
        lines += [
            f"- 第 {item.line} 行 / line {item.line}: {item.text} — {item.why.zh} / {item.why.en}"
            for item in draft.not_understood
        ]
    return lines


def _asked(value: Any, path: KeyPath) -> Iterator[KeyPath]:
    if value in (ASK, [ASK]):
        yield path
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _asked(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _asked(inner, (*path, index))


def _question(path: KeyPath) -> Text:
    last = str(path[-1])
    if last == "code":
        return _CODES.get(str(path[0]), _OTHER) if len(path) > 1 else _OTHER
    return _QUESTIONS.get(last, _OTHER)


def _about(data: dict[str, Any], path: KeyPath) -> str:
    """Return the name of the item that a question is about."""
    title = ""
    value: Any = data
    for key in path[:-1]:
        value = value[key]
        if isinstance(value, dict) and isinstance(value.get("title"), dict):
            title = str(value["title"]["zh"])
    return f"（{title}）" if title and title != ASK else ""


def _printed(draft: Draft, path: KeyPath) -> str:
    """Return what the document prints and where: the unit that is not known, the words of what is not clear."""
    if path[0] != "indicators" or len(path) < 3 or not isinstance(path[1], int):
        return ""
    row, target = [(row, target) for row in draft.indicators for target in row.targets][path[1]]
    if path[-1] == "unit" and target.unit:
        return f"〔原文第 {row.line} 行写作“{target.unit}” / line {row.line} prints “{target.unit}”〕"
    if path[-1] in {"certainty", "year", "base_year", "points"}:
        return f"〔原文第 {row.line} 行 / line {row.line}：“{row.text}”{_read_as(target)}〕"
    return f"〔原文第 {row.line} 行 / line {row.line}〕"


def _read_as(target: Target) -> str:
    """Return the figures that were read where the YAML cannot hold them."""
    sort = _SORTS.get(target.measured_as)
    figures = [target.from_value, target.value, target.upper]
    said = "—".join(f"{value:g}" for value in figures if value is not None) + (target.unit or "")
    if sort is not None:
        return f"；读作{sort.zh} {said} / read as {sort.en} {said}"
    return f"；读作区间 {said} / read as a range {said}" if target.upper is not None else ""


def _key(path: KeyPath) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def _lines(text: str) -> dict[KeyPath, int]:
    """Return the line of every key path in a YAML text."""
    found: dict[KeyPath, int] = {}

    def note(node: yaml.Node | None, path: KeyPath) -> None:
        if node is None:
            return
        found.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            for key, inner in node.value:
                found[(*path, key.value)] = key.start_mark.line + 1
                note(inner, (*path, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for index, inner in enumerate(node.value):
                note(inner, (*path, index))

    note(yaml.compose(text, Loader=yaml.SafeLoader), ())
    return found
