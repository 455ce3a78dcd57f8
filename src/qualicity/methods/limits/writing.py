"""One way of writing for what laboratories write in many: signs, superscripts, widths, separators."""

from __future__ import annotations

import re
import unicodedata

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺"
_LEVEL = str.maketrans(_RAISED, "0123456789-+")
_TAGS = re.compile(r"</?(?:sub|br|p|span|b|i|em|font|div|strong)\b[^<>]*>", re.IGNORECASE)
_SUP = re.compile(r"<sup>\s*([^<]*?)\s*</sup>", re.IGNORECASE)
_MARKS = str.maketrans(
    {
        "，": ";",
        "、": ";",
        "；": ";",
        "\n": ";",
        "\r": ";",
        "≦": "≤",
        "⩽": "≤",
        "≯": "≤",
        "≧": "≥",
        "⩾": "≥",
        "≮": "≥",
        "—": "-",
        "–": "-",
        "−": "-",
        "‐": "-",
        "‑": "-",
        "―": "-",
        "〜": "~",
        "∼": "~",
        "˃": ">",
        "˂": "<",
        "\u200b": "",
        "\ufeff": "",
    }
)
_SIGNS = (
    (re.compile(r"<=|=<|≤="), "≤"),
    (re.compile(r">=|=>|≥="), "≥"),
    (re.compile(r"\+/-|\+-"), "±"),
    (re.compile(r"(?<=[\d.}])\s*[×xX*·•✕⨯╳]\s*(?=1)"), "×"),
    (re.compile(r"(?<![\d.,])(\d{1,3}(?: \d{3})+)(?![\d.])"), ""),  # thousands set apart by spaces: see plain()
)


def plain(text: str, *, tidy: bool = True) -> str:
    """Return a text in one way of writing: half width, no spaces, ``;`` between parts, ``^{4}`` for a raised 4.

    Superscripts are kept apart from the digits around them (10⁴ becomes ``10^{4}``), numbered marks (①) become
    separators, because taking them for digits would change the value. ``tidy``: leave no part empty.
    """
    text = _TAGS.sub("", _SUP.sub(r"^{\1}", text))
    text = re.sub(f"[{_RAISED}]+", lambda found: "^{" + found.group().translate(_LEVEL) + "}", text)
    text = re.sub("[①-⑳⑴-⒇]", ";", text).translate(_MARKS)
    text = unicodedata.normalize("NFKC", text).translate(_MARKS)
    *signs, (thousands, _) = _SIGNS
    for pattern, sign in signs:
        text = pattern.sub(sign, text)
    text = thousands.sub(lambda found: found.group().replace(" ", ""), text)
    text = re.sub(r"(?<=\d)\s+(?=\d)", ";", text)
    text = re.sub(r"\s+", "", text)
    return re.sub(r";{2,}", ";", text).strip(";") if tidy else text
