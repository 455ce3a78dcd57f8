"""The pages of roles and of a submission's life."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chapters.wording import say
from qualicity.evidence.submissions.lifecycle import MOVES, WHO_ACTS, diagram

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.definitions.roles import Role

STATES = {
    "draft": ("草稿", "draft"),
    "submitted": ("已报送", "submitted"),
    "returned": ("已退回", "returned"),
    "accepted": ("已接收", "accepted"),
    "superseded": ("已被更正替代", "superseded"),
}
VERBS = {
    "receive": ("收件", "a file comes in"),
    "refuse": ("有错误，自动退回", "a file with errors is returned at once"),
    "submit": ("单位审核后提交", "the unit reviews and submits it"),
    "withdraw": ("填报人撤回", "the reporter takes it back"),
    "return": ("退回", "it is returned"),
    "accept": ("接收入库", "the office accepts it"),
    "accept_good_rows": ("只接收合格行", "only its good rows are accepted"),
    "supersede": ("被更正替代", "its correction is accepted"),
}
PERMISSIONS = {
    "plan.load": ("载入方案", "load a plan"),
    "plan.read": ("查看方案", "read the plan"),
    "indicators.read": ("查看指标", "read indicators"),
    "registers.read": ("查看台账", "read registers"),
    "submissions.read": ("查看报送", "read submissions"),
    "submissions.create": ("填报", "bring files in"),
    "submissions.submit": ("提交", "submit"),
    "submissions.review": ("审核、退回", "review and return"),
    "submissions.accept": ("接收入库", "accept"),
    "obligations.read": ("查看报送任务", "read obligations"),
    "obligations.close": ("关闭报送期、催报", "close periods and remind"),
    "people.read": ("查看人员", "read people"),
    "people.manage": ("管理人员", "manage people"),
    "audit.read": ("查看操作记录", "read the audit trail"),
    "lake.manage": ("维护数据湖", "keep the lake"),
    "tokens.manage": ("管理自己的接口令牌", "manage own API tokens"),
    "cases.read": ("查看事项", "read cases"),
    "cases.act": ("办理事项", "move cases on"),
    "tasks.read": ("查看任务分工", "read assignments"),
    "tasks.assign": ("分解任务", "break tasks down"),
    "tasks.report": ("填报任务进展", "report progress"),
    "tasks.check": ("核查任务进展", "check progress"),
    "supervision.read": ("查看督查", "read supervision"),
    "supervision.manage": ("督办、通报、会议与资金", "supervise: circulars, meetings, funds"),
    "inspections.read": ("查看监督抽查", "read spot checks"),
    "inspections.plan": ("制定抽查计划、抽取对象", "plan spot checks and draw"),
    "inspections.sample": ("现场抽样", "take samples"),
    "inspections.test": ("报送检验结果", "send in test results"),
    "inspections.decide": ("办理异议、复检与后处理", "decide objections and what follows a failure"),
    "inspections.publish": ("公布抽查结果与后处理", "publish results and follow-ups"),
    "inspections.object": ("本企业提出异议、申请复检", "object for one's own enterprise"),
    "credit.read": ("查看质量信用档案", "read credit files"),
    "credit.manage": ("维护质量信用档案", "keep credit files"),
    "credit.decide": ("办理失信名单列入与修复", "decide listings and repairs"),
    "credit.consent": ("同意列入失信名单", "consent to a listing"),
    "credit.weigh": ("调整信用评分权重", "adopt the weights of the score"),
    "credit.object": ("本企业提出异议、申请修复", "object and ask for repair for one's own enterprise"),
    "enforcement.read": ("查看执法案件", "read enforcement cases"),
    "enforcement.act": ("办理执法案件", "work on enforcement cases"),
    "enforcement.decide": ("审批执法案件", "decide enforcement cases"),
    "enforcement.pay": ("发放举报奖励", "pay rewards to whistle-blowers"),
    "assessment.read": ("查看考核", "read assessments"),
    "assessment.manage": ("组织考核", "run assessments"),
    "assessment.answer": ("提交自查与异议", "answer for one's own unit"),
    "assessment.score": ("评审打分", "score as an expert"),
    "assessment.review": ("参加社会评议", "take part in the public review"),
    "reports.read": ("查看文稿", "read documents"),
    "reports.draft": ("起草文稿", "draft documents"),
    "reports.approve": ("审核文稿", "approve documents"),
    "reports.issue": ("签发文稿", "issue documents"),
    "opendata.publish": ("发布开放数据", "publish open data"),
}
SCOPES = {
    "all": ("全市", "whole city"),
    "own": ("本单位", "own organisation"),
    "enterprise": ("本企业", "own enterprise"),
}


def roles_page(roles: Mapping[str, Role], number: int) -> str:
    """Return the table of roles and what each may do."""
    granted = {one for role in roles.values() for one in role.permissions}
    lines = [("# 角色与权限", "# Roles and permissions")[number], ""]
    lines += [
        f"- **{say(role.title, number)}** `{role.code}`{('：', ': ')[number]}{say(role.text, number)}"
        for role in roles.values()
    ]
    lines += ["", "| | " + " | ".join(say(role.title, number) for role in roles.values()) + " |"]
    lines += ["|---|" + "---|" * len(roles)]
    for permission in sorted(granted, key=list(PERMISSIONS).index):
        marks = ["✔" if permission in role.permissions else "" for role in roles.values()]
        lines.append(f"| {PERMISSIONS[permission][number]} `{permission}` | " + " | ".join(marks) + " |")
    scopes = " | ".join(SCOPES[role.scope][number] for role in roles.values())
    lines.append(f"| {('范围', 'Scope')[number]} | {scopes} |")
    return "\n".join(lines) + "\n"


def lifecycle_page(number: int) -> str:
    """Return the states of a submission and the moves between them, with the diagram that the code prints."""
    head = (("环节", "从", "到", "所需权限", "须写理由"), ("Move", "From", "To", "Permission", "Needs a reason"))[
        number
    ]
    parts = [
        ("# 一份报送的经过", "# The life of a submission")[number],
        (
            "每份报送只能按下图流转；每一步由谁、在何时、因何理由办理，都记入操作记录。",
            "A submission moves only along these lines; who moved it, when and why stands in the audit trail.",
        )[number],
        f"```mermaid\n{diagram()}```",
        ("## 下一步由谁办理", "## Who acts next")[number],
    ]
    parts.append(
        "\n".join(
            f"- **{STATES[state.value][number]}** `{state.value}`{('：', ': ')[number]}{(words.zh, words.en)[number]}"
            for state, words in WHO_ACTS.items()
        )
    )
    lines = [f"| {' | '.join(head)} |", "|---|---|---|---|---|"]
    for one in MOVES:
        before = STATES[one.before.value][number] if one.before else "—"
        cells = (
            f"{VERBS[one.verb][number]} `{one.verb}`",
            before,
            STATES[one.after.value][number],
            PERMISSIONS[one.permission][number],
            ("是", "yes")[number] if one.needs_reason else "",
        )
        lines.append(f"| {' | '.join(cells)} |")
    parts += [("## 各个环节", "## The moves")[number], "\n".join(lines)]
    return "\n\n".join(parts) + "\n"
