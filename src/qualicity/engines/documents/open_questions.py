"""Lists what a document cannot tell: each question with its place in the YAML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import yaml

from qualicity.engines.documents.results import Draft
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
        "目标类型和数值不明确，请对照原文核对后写 stated 或 derived。",
        "Kind and value are not clear: compare with the document, then write stated or derived.",
    ),
    "organisations": Text("有哪些成员单位？", "Which organisations are members?"),
    "zh": Text("名称？", "What is its name?"),
    "title": Text("名称？（zh 和 en）", "What is its name (zh and en)?"),
}
_CODES: Final = {
    "places": Text("行政区划代码（GB/T 2260，六位）？", "Which GB/T 2260 code?"),
}
_OTHER: Final = Text("请填写。", "Please fill in.")
Path = tuple[str | int, ...]


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


def _asked(value: Any, path: Path) -> Iterator[Path]:
    if value in (ASK, [ASK]):
        yield path
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _asked(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _asked(inner, (*path, index))


def _question(path: Path) -> Text:
    last = str(path[-1])
    if last == "code":
        return _CODES.get(str(path[0]), _OTHER) if len(path) > 1 else _OTHER
    return _QUESTIONS.get(last, _OTHER)


def _about(data: dict[str, Any], path: Path) -> str:
    """Return the name of the item that a question is about."""
    title = ""
    value: Any = data
    for key in path[:-1]:
        value = value[key]
        if isinstance(value, dict) and isinstance(value.get("title"), dict):
            title = str(value["title"]["zh"])
    return f"（{title}）" if title and title != ASK else ""


def _printed(draft: Draft, path: Path) -> str:
    """Return the unit that the document prints, where the vocabulary does not know it."""
    if path[0] != "indicators" or path[-1] != "unit" or not isinstance(path[1], int):
        return ""
    units = [target.unit for row in draft.indicators for target in row.targets]
    return f"〔文件写作“{units[path[1]]}”〕" if units[path[1]] else ""


def _key(path: Path) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def _lines(text: str) -> dict[Path, int]:
    """Return the line of every key path in a YAML text."""
    found: dict[Path, int] = {}

    def note(node: yaml.Node | None, path: Path) -> None:
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
