"""Says what a condition is about: the quantity named before the operator, and the part of the city it holds for."""

from __future__ import annotations

import re
from typing import Final

_MEASURE_END: Final = (
    "率|指数|满意度|浓度|噪声|比例|比重|总量|数量|水平|面积|覆盖面|得分|增加值|产值|收入|能耗|强度|级别|等级|"
    "件数|人数|起数|天数|次数|个数|度|数|量|值|值数"
)
MEASURE: Final = re.compile(rf"(?:{_MEASURE_END})$")
_MEASURE_IN: Final = re.compile(r"^(?P<measure>.+?(?:率|指数|满意度|浓度|噪声|比例|比重|总量))(?P<rest>[^率]{1,12})$")
_PLACES: Final = re.compile(
    r"(?:含)?(?:中心城区|主城区|城市建成区|建成区|市区|城区|县城|县（市）|县（市、区）|各县（市）|各县|县市|县级市|乡镇|村镇|农村|城镇|城市|全市|"
    r"市本级|开发区|重点镇|镇)"
)
_LEADS: Final = re.compile(
    r"^(?:[，、；：\s]|[一二三四五六七八九十]是|[①-⑳]|[一二三两]年(?:内|累计)?(?=$|累计|达|新)|累计|年底前|其中|并且|并|且|以及|及|和|同时|确保|力争|争取|努力|实现|使得|使|要|到|全面|年内|届时|每年|我市|今年|当年|对|将|力求|"
    r"——|达到|由|从|把|我区|我县|[(（]?\d{1,2}(?:[)）、]|\.(?!\d))|[（(](?=[^）)]*$))+"
)
_TAILS: Final = re.compile(
    r"(?:[，、：:\s]|由|从|的|要|应|均|都|将|分别|总体|全部|力争|也|每年|逐年|年均|平均|已|可|基本|各|在|上|内|稳步|稳定|持续|累计|再|[比较](?:上年|去年|同期|上一年)(?:度|同期)?|全面|[一二两三四五六七八九十]年(?:内)?(?=$)|显著|明显|逐步|大幅|实现)+$"
)
_YEAR_WORDS: Final = re.compile(
    r"(?:到|至|在|截至|比|较|力争)?(?:(?:19|20)\d\d年?[—－\-至~～])?(?:19|20)\d\d年(?:年?底|末|初)?(?:以?前|之前)?(?:度)?(?:的)?(?:基础上|相比|实际|水平)?|"
    r"(?:到|比|较|在)?“?十[一二三四五六七八九]?五”?(?:末|期末|期间|时期)|\d{1,2}月底?前"
)
_ENDINGS: Final = ("项目", "环境", "企业", "的", "单位", "质量")


def subject_of(words: str) -> str:
    """Return the bare noun phrase in the words before an operator; empty when they name nothing."""
    text = _YEAR_WORDS.sub("", words)
    before = None
    while before != text:
        before = text
        text = _LEADS.sub("", text.strip())
        text = _TAILS.sub("", text)
        text = re.sub(r"[由从](?:\d+(?:\.\d+)?\D{0,3}|[一二三四五六七八九]成)$", "", text)
    return text.strip("，、：； ")


def names_measure(subject: str) -> bool:
    """Tell whether a subject names a quantity of its own."""
    return bool(MEASURE.search(re.sub(r"（[^）]*）$", "", subject)))


def is_place(subject: str) -> bool:
    """Tell whether a subject is only a part of the city: 市区, 县（市）."""
    return bool(_PLACES.fullmatch(subject))


def measure_and_place(subject: str) -> tuple[str, str | None]:
    """Return quantity and part of the city: 污水处理率市区 → 污水处理率, 市区."""
    found = _MEASURE_IN.match(subject)
    if found and (_PLACES.fullmatch(found["rest"])):
        return found["measure"], found["rest"]
    return subject, None


def place_in(text: str) -> str | None:
    """Return the part of the city that a whole row speaks of, where it says so plainly."""
    bracket = re.search(rf"（((?:含|包括|不含)?{_PLACES.pattern}(?:[、和及]{_PLACES.pattern})*)）", text)
    if bracket:
        return bracket.group(1)
    opened = re.match(
        r"(中心城区|主城区|城市建成区|建成区|市区|城区|县城|县（市）|县（市、区）|农村|城镇)(?!全覆盖)", text
    )
    return opened.group(1) if opened else None


def scopes_apart(subjects: list[str]) -> list[str | None]:
    """Return what tells several subjects of one row apart: 大中型工程 and 其他工程 of one 一次验收合格率."""
    ending = _common_ending(subjects)
    if len(subjects) < 2 or len(ending) < 2 or len(set(subjects)) < len(subjects):
        return [None] * len(subjects)
    return [_trimmed(subject[: len(subject) - len(ending)]) or None for subject in subjects]


def _common_ending(subjects: list[str]) -> str:
    shortest = min((len(s) for s in subjects), default=0)
    size = 0
    while size < shortest and len({s[-size - 1] for s in subjects}) == 1:
        size += 1
    return subjects[0][len(subjects[0]) - size :] if size and subjects else ""


def _trimmed(scope: str) -> str:
    scope = re.sub("^(?:新增|建成|创建|培育|获得?|争创|制定|制修订|主导|参与|或|累计)+(?=.{2})", "", scope)
    for ending in _ENDINGS:
        if scope.endswith(ending) and len(scope) > len(ending) + 1:
            return scope.removesuffix(ending)
    return scope
