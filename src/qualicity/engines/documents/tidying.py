"""Makes one spelling of the many in which a document arrives: widths, stray spaces, LaTeX remains."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

CJK: Final = "\u2e80-\u9fff\uf900-\ufaff\u3001-\u303f\uff01-\uff60“”‘’…—·"
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0b\x0e-\x1f]")
_FULL_TO_HALF: Final = {i: i - 0xFEE0 for i in range(0xFF10, 0xFF5B) if chr(i - 0xFEE0).isalnum()}
_SIGNS: Final = str.maketrans(
    {
        "％": "%", "﹪": "%", "．": ".", "＋": "+", "／": "/", "＜": "<", "＞": ">", "﹤": "<", "﹥": ">",
        "≦": "≤", "⩽": "≤", "≧": "≥", "⩾": "≥", "＝": "=", "μ": "µ", "㎡": "平方米", "＃": "#", "｜": "|",
        "(": "（", ")": "）", "﹙": "（", "﹚": "）", "⑴": "（1）", "⑵": "（2）", "⑶": "（3）", "⑷": "（4）",
        "⑸": "（5）", "［": "[", "］": "]", "＂": '"', "｢": "「", "｣": "」", "℅": "%",
    }
)  # fmt: skip
_LATEX: Final = (
    (re.compile(r"\\(?:leqslant|leqq|leq|le)(?![a-z])"), "≤"),
    (re.compile(r"\\(?:geqslant|geqq|geq|ge)(?![a-z])"), "≥"),
    (re.compile(r"\\(?:lt)(?![a-z])"), "<"),
    (re.compile(r"\\(?:gt)(?![a-z])"), ">"),
    (re.compile(r"\\mu(?![a-z])\s*"), "µ"),
    (re.compile(r"\\(?:sim)(?![a-z])"), "～"),
    (re.compile(r"\\([%#&_$])"), r"\1"),
    (re.compile(r"\\(?:text|mathrm|mathbf|mathit|rm|bf|operatorname|left|right|quad|,|;|!)(?![a-z])\s*"), ""),
    (re.compile(r"\^\s*\{?\s*3\s*\}?"), "³"),
    (re.compile(r"\^\s*\{?\s*2\s*\}?"), "²"),
    (re.compile(r"_\s*\{\s*([^{}]*)\}"), r"\1"),
    (re.compile(r"\\[a-zA-Z]+"), ""),
    (re.compile(r"[{}~]"), ""),
)
_DOLLARS: Final = re.compile(r"\$([^$]*)\$")
_WIDE: Final = re.compile(rf"(?<=[{CJK}%])\s+|\s+(?=[{CJK}%])")
_UNITS: Final = (
    (re.compile(r"[uµ]g\s*/\s*m\s*(?:3|³)", re.IGNORECASE), "µg/m³"),
    (re.compile(r"mg\s*/\s*m\s*(?:3|³)", re.IGNORECASE), "mg/m³"),
    (re.compile(r"dB\s*[（(]\s*A\s*[)）]", re.IGNORECASE), "dB(A)"),
    (re.compile(r"分贝\s*（\s*A\s*）"), "dB(A)"),
    (re.compile(r"(PM)\s*(10|2)(?![\d])", re.IGNORECASE), r"PM\2"),
)


def tidy(text: str) -> str:
    """Return one line of prose with one spelling for widths, spaces inside numbers and symbols."""
    text = _letters(text).strip()
    marker = re.match(r"\d{1,3}\s*[.、]\s+(?=\d)", text)  # "1. 5 个" is item 1, not one and a half
    head = marker.group(0).strip() + "\u2002" if marker else ""
    body = _numbers(text[marker.end() :] if marker else text)
    return (head + _units(_punctuation(body))).strip()


def tidy_cell(text: str) -> str:
    """Return one cell of a table with one spelling; all its spaces between Chinese words go."""
    return _units(_punctuation(_numbers(" ".join(_letters(text).split()))))


def _letters(text: str) -> str:
    if "&" in text:
        text = unescape(text)
    text = _INVISIBLE.sub("", text).replace("\u3000", " ").replace("\u00a0", " ").replace("\u2002", " ")
    text = text.translate(_FULL_TO_HALF).translate(_SIGNS)
    if "\\" in text or "$" in text:
        text = _DOLLARS.sub(lambda found: _latex(found.group(1)), text)
        text = _latex(text) if "\\" in text else text
    return text


def _latex(text: str) -> str:
    for pattern, replacement in _LATEX:
        text = pattern.sub(replacement, text)
    return text


def _numbers(text: str) -> str:
    text = re.sub(r"(?<=\d)\s*\.\s*(?=\d)", ".", text)
    text = re.sub(r"(?<=\d)[,，](?=\d{3}(?!\d))", "", text)
    text = re.sub(r"(?<=\d) (?=\d)", "", text)
    text = re.sub(r"(?<=\d)\s+(?=[%‰])|(?<=[≤≥<>])\s+|\s+(?=[≤≥<>])", "", text)
    text = _WIDE.sub("", text)
    return re.sub(r"\s+", " ", text)


def _punctuation(text: str) -> str:
    """Widen the commas, colons and stops that stand beside Chinese words."""
    text = re.sub(rf"(?<=[{CJK}%\d]),(?!\d)|(?<=[{CJK}%]),", "，", text)
    text = re.sub(rf"(?<=[{CJK}%\d]);|;(?=[{CJK}])", "；", text)
    text = re.sub(rf"(?<=[{CJK}]):|:(?=[{CJK}])", "：", text)
    text = re.sub(r"〔\s*|\s*〕", lambda found: found.group(0).strip(), text)
    return re.sub(r"(?<=[\u4e00-\u9fff）”%])\s*[｡]", "。", text)


def _units(text: str) -> str:
    for pattern, replacement in _UNITS:
        text = pattern.sub(replacement, text)
    return text


def plain_title(text: str) -> str:
    """Return a title without spaces inside Chinese words and without closing stops."""
    return tidy(text).strip(" 。．.：:；;，,、—-*#　")
