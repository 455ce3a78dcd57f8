"""The states of plans, targets and samples, and what may be done in each."""

from __future__ import annotations

from enum import StrEnum

from qualicity.errors import NotPossibleError, Text


class PlanState(StrEnum):
    """A yearly plan is drafted by one person and approved by another; then it is drawn from."""

    DRAFT = "draft"
    APPROVED = "approved"
    CLOSED = "closed"


class TargetState(StrEnum):
    """A drawn target: not yet visited, sampled, or visited in vain (and why)."""

    WAITING = "waiting"
    SAMPLED = "sampled"
    NOT_FOUND = "not_found"
    NO_GOODS = "no_goods"
    REFUSED = "refused"


class SampleState(StrEnum):
    """A sample: taken in the field, at the laboratory, tested, and concluded for good."""

    TAKEN = "taken"
    DELIVERED = "delivered"
    TESTED = "tested"
    CONCLUDED = "concluded"
    VOID = "void"


class Conclusion(StrEnum):
    """What a sample was found to be, in the words of the register of batches."""

    QUALIFIED = "qualified"
    UNQUALIFIED = "unqualified"
    UNDECIDED = "undecided"


class NoticeState(StrEnum):
    """A notice to the public: due, shown, taken back, or over."""

    DUE = "due"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


GROUNDS: dict[str, Text] = {
    "serious": Text("产品存在严重质量问题", "the fault is serious"),
    "sold_on": Text("复查合格前恢复生产销售同一产品", "made or sold again before the recheck"),
    "obstructed": Text("拒绝、阻碍抽查或后处理", "the check or what follows it is obstructed"),
    "not_corrected": Text("逾期不改正或复查仍不合格", "not corrected, or failed again"),
    "sample_hidden": Text("隐匿、转移、变卖或损毁样品", "a sample was hidden, moved, sold or spoilt"),
    "illegal_food": Text("生产经营不符合食品安全标准的食品", "food against the safety standard was made or sold"),
}
"""On what grounds a failure is handed to enforcement; our own list."""

WORDS: dict[StrEnum, Text] = {
    PlanState.DRAFT: Text("草拟", "draft"),
    PlanState.APPROVED: Text("已批准", "approved"),
    PlanState.CLOSED: Text("已结束", "closed"),
    TargetState.WAITING: Text("待抽样", "to be visited"),
    TargetState.SAMPLED: Text("已抽样", "sampled"),
    TargetState.NOT_FOUND: Text("查无此企业", "not found"),
    TargetState.NO_GOODS: Text("无可抽产品", "nothing to sample"),
    TargetState.REFUSED: Text("拒绝抽样", "refused"),
    SampleState.TAKEN: Text("已抽样", "taken"),
    SampleState.DELIVERED: Text("已送检", "at the laboratory"),
    SampleState.TESTED: Text("已检验", "tested"),
    SampleState.CONCLUDED: Text("已结论", "concluded"),
    SampleState.VOID: Text("作废", "void"),
    Conclusion.QUALIFIED: Text("合格", "qualified"),
    Conclusion.UNQUALIFIED: Text("不合格", "unqualified"),
    Conclusion.UNDECIDED: Text("未决", "undecided"),
    NoticeState.DUE: Text("待公布", "to be published"),
    NoticeState.PUBLISHED: Text("已公布", "published"),
    NoticeState.WITHDRAWN: Text("已撤下", "withdrawn"),
    NoticeState.ENDED: Text("公布期满", "period over"),
}
"""What the states are called."""


LEVELS = ("national", "province", "city", "county")
"""Whose check it is, the highest first."""

METHODS: dict[str, Text] = {
    "simple": Text("简单随机", "simple random"),
    "stratified": Text("按地区分层随机", "stratified by place"),
    "risk": Text("按风险加权随机", "random, weighted by risk"),
}
"""How a plan is drawn."""

FALLEN = (TargetState.NOT_FOUND, TargetState.NO_GOODS, TargetState.REFUSED)
"""Targets that were visited in vain: another enterprise may be drawn in their stead."""


def check_plan(state: str, *, allowed: tuple[PlanState, ...]) -> None:
    """Raise NotPossibleError where a plan is in no state that allows it."""
    if state in allowed:
        return
    now, wanted = WORDS[PlanState(state)], [WORDS[one] for one in allowed]
    raise NotPossibleError(
        f"计划现为“{now.zh}”，只有“{'、'.join(one.zh for one in wanted)}”的计划可以这样做。",
        f"The plan is {now.en}; this can be done only with one that is {' or '.join(one.en for one in wanted)}.",
    )
