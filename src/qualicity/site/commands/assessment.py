"""``qualicity assessment``: the self-assessment explained, what gains most, opening an assessment."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.errors import Text
from qualicity.judgement.assessment import actions, queries
from qualicity.judgement.assessment.queries.plain import METHOD, action_as_plain, need_as_plain, whole_as_plain
from qualicity.site.answering import answer, columns

if TYPE_CHECKING:
    import argparse

    from qualicity.judgement.assessment.queries import Whole

HELP = Text(
    zh="考核：自查得分及其由来、缺什么、补什么得分最多",
    en="assessment: the score explained, what is missing, what gains most",
)
_PARTS = {
    "certain": "稳得 certain",
    "likely": "较有把握 likely",
    "at_risk": "有风险 at risk",
    "within_reach": "够得着 within reach",
    "open": "待补 open",
    "lost": "失分 lost",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("self", help="逐点得分及其由来 / every point and where it comes from")
    verbs.add_parser("missing", help="还缺什么 / what is missing")
    sensitivity = verbs.add_parser("sensitivity", help="补什么得分最多 / which actions gain most")
    sensitivity.add_argument("--deadline", metavar="DATE", help="截止日（默认为考核的）/ by when (default: its own)")
    sensitivity.add_argument("--limit", type=int, default=0, metavar="N", help="只列前 N 项 / the first N only")
    opening = verbs.add_parser("open", help="建立一次考核 / open an assessment")
    opening.add_argument("--since", metavar="DATE", help="自何日起 / from which day on")
    opening.add_argument("--deadline", metavar="DATE", help="截止日 / deadline")
    for one in verbs.choices.values():
        one.add_argument("--plan", metavar="PLAN", help="方案代码 / code of the plan")
        one.add_argument("--rubric", default="", metavar="CODE", help="评分细则代码 / code of the rubric")
        one.add_argument("--unit", default="", metavar="CODE", help="被考核单位 / the organisation that is assessed")
        one.add_argument("--as-of", metavar="DATE", help="数据时点 / the day that figures speak for")
        one.add_argument("--json", action="store_true", help="只输出一个 JSON 值 / print one JSON value only")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the sub-commands."""
    given = {"plan": arguments.plan, "as_of": arguments.as_of}
    standing = registry.standing({name: value for name, value in given.items() if value})
    subject = "organisation" if arguments.unit else "city"
    rubric = queries.rubric_of(standing.plan, arguments.rubric, subject=subject)
    unit = accounts.organisation(arguments.unit) if arguments.unit else None
    by = accounts.operator()
    if arguments.verb == "open":
        new = actions.open_assessment(
            rubric=rubric, organisation=unit, since=_day(arguments.since), deadline=_day(arguments.deadline), by=by
        )
        return answer(arguments, {"assessment": new.pk}, f"已建立 / opened: {new.pk}")
    found = queries.whole(rubric=rubric, as_of=standing.as_of, organisation=unit, by=by)
    if arguments.verb == "self":
        return answer(arguments, whole_as_plain(found), _table(found))
    if arguments.verb == "missing":
        rows = ((f"{one.points:g}", one.criterion, one.who, one.text.zh) for one in found.needs)
        return answer(arguments, [need_as_plain(one) for one in found.needs], columns(rows))
    listed = queries.actions(found, deadline=_day(arguments.deadline))
    listed = listed[: arguments.limit] if arguments.limit > 0 else listed
    lines = (
        (f"+{one.gain:g}", f"→ {one.then:g}" if one.in_time else "来不及 too late", one.criterion, one.who,
         one.text.zh, one.gap.zh, one.why.zh)
        for one in listed
    )  # fmt: skip
    return answer(arguments, [action_as_plain(one) for one in listed], columns(lines))


def _day(text: str | None) -> date | None:
    return registry.standing({"as_of": text}).as_of if text else None


def _table(found: Whole) -> str:
    who = found.organisation.title_zh if found.organisation is not None else found.plan.title.zh
    lines = [
        f"{found.rubric.title.zh} · {who} · {found.as_of}",
        f"得分 score {found.score:g}/{found.rubric.total:g} · {found.final_band.title}",
        " · ".join(f"{words} {getattr(found.total, name):g}" for name, words in _PARTS.items()),
        " · ".join(f"P(≥{one.code}) {found.chances[one.code]:.0%}" for one in found.rubric.bands[:-1])
        + f"（{METHOD.zh}）",
    ]
    lines += [f"一票否决 veto: {one.veto.title.zh} — {one.reason.zh}" for one in found.vetoes]
    rows = [("评分点 criterion", "得分 points", "满分 full", "依据 input", "分数线 bound", "原因 why")]
    rows += [
        (one.code, f"{one.points:g}", f"{one.criterion.points:g}" if one.applies else "不适用", one.shown.zh,
         one.bound.zh, one.reason.zh)
        for one in found.scored
    ]  # fmt: skip
    return "\n".join([*lines, "", columns(rows)])
