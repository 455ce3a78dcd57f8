"""Opens lists: A、B分别达到x和y, and A和B均达到x."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from qualicity.engines.documents.targets.clauses import split_outside_brackets
from qualicity.engines.documents.targets.quantities import Quantity
from qualicity.engines.documents.targets.subjects import MEASURE, subject_of

_JOINTS: Final = "、和及与"
_QUANTITY: Final = re.compile(
    "(?:质量)?(?:安全)?(?:例行)?(?:监督|评价性|抽样|竣工|交工|一次性?)*(?:抽查|抽检|检验|监测|检测|验收|排放)(?:批次)?(?:合格率|总量|量)$"
    "|(?:年均)?浓度$|(?:顾客|用户|公众|群众)?满意(?:度|率)$|(?:无害化|集中)?处理率$|覆盖率$|达标率$|合格率$"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """The subjects of a list, and the word that tells each from the others."""

    subjects: tuple[str, ...]
    items: tuple[str | None, ...]

    def member(self, position: int) -> tuple[str, str | None] | None:
        """Return subject and telling word of one member, or None beyond the last."""
        return (self.subjects[position], self.items[position]) if position < len(self.subjects) else None


def respectively(clause: str, numbers: Sequence[Quantity], recent: Sequence[str] = ()) -> Listed | None:
    """Return the subjects of A、B分别达到x和y, one for each number; None when it is no such clause.

    ``recent`` holds the subjects that the sentence named before, for a clause that names none.
    """
    if "分别" not in clause or len(numbers) < 2:
        return None
    head = subject_of(clause[: clause.index("分别")])
    if not head and len(recent) >= len(numbers):
        return Listed(tuple(recent[-len(numbers) :]), (None,) * len(numbers))
    items = _items(head)
    if len(items) != len(numbers):
        return None
    if clause.startswith("其中") and recent and not any(MEASURE.search(item) for item in items):
        return Listed((recent[-1],) * len(items), tuple(items))
    return Listed(tuple(_completed(items)), tuple(_telling(items)))


def all_alike(clause: str, numbers: Sequence[Quantity]) -> Listed | None:
    """Return the subjects of A和B均达到x, where each part names a quantity."""
    if len(numbers) != 1 or not re.search("均|都|全部", clause[: numbers[0].end]) or "年均" in clause:
        return None
    items = _items(subject_of(clause[: numbers[0].start]))
    if len(items) < 2:
        return None
    if not all(MEASURE.search(item) for item in items):
        shared = _shared(items[-1])
        if not shared or "等" in "".join(items) or any(MEASURE.search(item) for item in items[:-1]):
            return None
        return Listed(tuple(_completed(items)), tuple(_telling(items)))
    return Listed(tuple(items), tuple(items))


def alike(numbers: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Return the numbers of a list under the words that frame the whole list: 分别达到x和y以上."""
    pre = next((n.pre for n in numbers if n.pre), "")
    post = next((n.post for n in reversed(numbers) if n.post), "")
    unit = next((n.unit for n in reversed(numbers) if n.unit), None)
    return tuple(replace(n, pre=n.pre or pre, post=n.post or post, unit=n.unit or unit) for n in numbers)


def _items(head: str) -> list[str]:
    return [piece.strip(_JOINTS) for piece in split_outside_brackets(head, _JOINTS) if piece.strip(_JOINTS)]


def _completed(items: list[str]) -> list[str]:
    """Give each item the quantity that only the last one names: 县、乡公路优良路率."""
    last = items[-1]
    if MEASURE.search(last) is None:
        return items
    shared = _shared(last)
    if shared:
        return [
            item if MEASURE.search(item) and item is not last else item.removesuffix(shared) + shared
            for item in items
        ]
    return [item if MEASURE.search(item) or len(item) >= len(last) else item + last[len(item) :] for item in items]


def _telling(items: list[str]) -> list[str]:
    """Return the word that tells each item from the others, without the quantity that the last one names for all."""
    shared = _shared(items[-1])
    others = [item for item in items[:-1] if shared and not item.endswith(shared)]
    return [item.removesuffix(shared) or item for item in items] if others else items


def _shared(last: str) -> str:
    """Return the quantity at the end of the last item that also holds for the items before it."""
    found = _QUANTITY.search(last)
    return found.group(0) if found and found.start() > 0 else ""
