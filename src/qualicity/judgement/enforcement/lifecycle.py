"""The states of a penalty's publicity, of campaigns and of rewards, and what they are called."""

from __future__ import annotations

from enum import StrEnum

from qualicity.errors import Text

CASE = "penalty"
"""The case type that a penalty goes through."""


class Publicity(StrEnum):
    """A penalty is not to be published, is due, shown, over by time, or taken back."""

    NONE = "none"
    DUE = "due"
    PUBLIC = "public"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class CampaignState(StrEnum):
    """A campaign is drafted by one person, started by another, and closed with what it brought."""

    DRAFT = "draft"
    RUNNING = "running"
    CLOSED = "closed"


class RewardState(StrEnum):
    """A report is sealed; its reward is proposed by one person, approved by another, and paid by a third."""

    SEALED = "sealed"
    PROPOSED = "proposed"
    APPROVED = "approved"
    PAID = "paid"
    REFUSED = "refused"


class Party(StrEnum):
    """Whom a penalty is imposed on."""

    ENTERPRISE = "enterprise"
    PERSON = "person"


class Origin(StrEnum):
    """Where a case came from."""

    SPOT_CHECK = "spot_check"
    COMPLAINT = "complaint"
    REPORT = "report"
    INSPECTION = "inspection"
    REFERRED = "referred"


WORDS: dict[StrEnum, Text] = {
    Publicity.NONE: Text("不公示", "not published"),
    Publicity.DUE: Text("待公示", "to be published"),
    Publicity.PUBLIC: Text("公示中", "public"),
    Publicity.ENDED: Text("公示期满", "period over"),
    Publicity.WITHDRAWN: Text("已撤下", "withdrawn"),
    CampaignState.DRAFT: Text("草拟", "draft"),
    CampaignState.RUNNING: Text("进行中", "running"),
    CampaignState.CLOSED: Text("已结束", "closed"),
    RewardState.SEALED: Text("已登记，身份封存", "recorded, identity sealed"),
    RewardState.PROPOSED: Text("已提出奖励，待批准", "reward proposed"),
    RewardState.APPROVED: Text("已批准，待发放", "approved, to be paid"),
    RewardState.PAID: Text("已发放", "paid"),
    RewardState.REFUSED: Text("不予奖励", "no reward"),
    Party.ENTERPRISE: Text("企业", "enterprise"),
    Party.PERSON: Text("个人", "person"),
    Origin.SPOT_CHECK: Text("监督抽查移送", "failed spot check"),
    Origin.COMPLAINT: Text("投诉", "complaint"),
    Origin.REPORT: Text("举报", "report"),
    Origin.INSPECTION: Text("日常检查", "inspection"),
    Origin.REFERRED: Text("其他部门移送、上级交办", "referred by another body"),
}
"""What the states are called."""
