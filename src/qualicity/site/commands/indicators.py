"""``qualicity indicators``: the value of every target on a day."""

from __future__ import annotations

import json
import sys
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from django.utils import translation

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.templatetags.theme import unit_beside
from qualicity.errors import Text
from qualicity.goals.indicators import queries
from qualicity.methods.rounding import round_half_even
from qualicity.site.answering import language

if TYPE_CHECKING:
    import argparse

    from qualicity.definitions.plans import Plan
    from qualicity.goals.indicators.queries import IndicatorValue

HELP = Text(
    zh="指标：每个目标在某一天的测算值与达标状态", en="indicators: the value and status of every target on a day"
)

_STATES = {
    "met": "达标",
    "not_met": "未达标",
    "undecided": "尚难判定",
    "not_due": "未到期",
    "no_data": "无数据",
    "no_target": "无目标值",
    "firm": "",
    "uncertain": "临界",
    "too_few": "样本不足",
    "on_track": "按序时",
    "behind": "滞后",
}
_HEADINGS = (
    "代码 code",
    "指标 indicator",
    "测算值 value",
    "区间 interval",
    "n",
    "目标 target",
    "期间 period",
    "状态 status",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--plan", metavar="PLAN", help="方案代码 / code of the plan")
    parser.add_argument(
        "--as-of", metavar="DATE", help="数据时点（默认为本库的日期）/ the day that figures speak for"
    )
    parser.add_argument("--known-on", metavar="DATE", help="掌握时点 / only what had been recorded by that day")
    parser.add_argument("--place", metavar="CODE", help="地区代码（默认全市）/ code of a place (default: the city)")
    parser.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Print the values."""
    given = {
        "plan": arguments.plan,
        "place": arguments.place,
        "as_of": arguments.as_of,
        "known_on": arguments.known_on,
    }
    standing = registry.standing({name: value for name, value in given.items() if value})
    found = queries.values(
        plan=standing.plan,
        as_of=standing.as_of,
        known_on=standing.known_on,
        place=standing.place,
        by=accounts.operator(),
    )
    if arguments.json:
        json.dump([queries.as_plain(one) for one in found], sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(_table(standing.plan, standing.place, standing.as_of, found))
    return 0


def _table(plan: Plan, place: str, as_of: date, found: tuple[IndicatorValue, ...]) -> str:
    where = next(one for one in plan.places if one.code == place)
    spoken = language() or "zh"
    head = f"{plan.title.in_language(spoken)} · {where.title.in_language(spoken)} · {as_of}\n\n"
    rows = [_HEADINGS, *(_cells(one, spoken) for one in found)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    lines = []
    for row in rows:
        padded = [
            _padded(cell, width, right=column in (2, 4))
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(padded).rstrip())
    return head + "\n".join(lines) + "\n"


def _cells(one: IndicatorValue, spoken: str) -> tuple[str, ...]:
    english = spoken == "en"
    decimals = one.target.decimals
    interval = ""
    if one.low is not None and one.high is not None:
        interval = f"{_figure(one.low, decimals)}–{_figure(one.high, decimals)}"
    words = [
        _state(str(state), english=english) for state in (one.status, one.certainty, one.pace) if state is not None
    ]
    shown = " ".join(word for word in words if word)
    return (
        one.code,
        one.title.in_language(spoken),
        "—" if one.value is None else f"{_figure(one.value, decimals)} {_unit(one.unit, spoken)}".rstrip(),
        interval,
        str(one.n or ""),
        queries.target_words(one.target, one.unit, one.aim).in_language(spoken),
        "" if one.period is None else one.period.label,
        shown + _refused(one.refused, english=english),
    )


def _state(state: str, *, english: bool) -> str:
    """Return a state in words; what is firm goes without saying."""
    return state.replace("_", " ") if english and _STATES[state] else _STATES[state]


def _unit(symbol: str, spoken: str) -> str:
    with translation.override("en" if spoken == "en" else "zh-hans"):
        return unit_beside(symbol)


def _refused(count: int, *, english: bool) -> str:
    if not count:
        return ""
    return f" ({count} rows refused)" if english else f"（拒收 {count} 行）"


def _figure(value: float, decimals: int) -> str:
    return f"{round_half_even(value, decimals):.{decimals}f}"


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
