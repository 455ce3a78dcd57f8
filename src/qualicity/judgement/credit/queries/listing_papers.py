"""The papers of a listing: notice and decision, and the decision to remove; the wording is our own (自拟)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.cases import queries as cases
from qualicity.commons.registry import queries as registry
from qualicity.engines.documents.official import Document
from qualicity.engines.documents.official.model import Block, Paragraph
from qualicity.errors import NotFoundError, Text
from qualicity.judgement.credit.queries.listing_public import ground_words, law_words
from qualicity.judgement.credit.queries.listing_rules import measures
from qualicity.judgement.enforcement import queries as enforcement

if TYPE_CHECKING:
    from qualicity.commons.cases.models import CaseMove
    from qualicity.engines.documents.official.rendered import Rendered
    from qualicity.judgement.credit.models import Listing

TITLES = {
    "notify": Text("拟列入严重违法失信名单告知书", "Notice of the intended listing"),
    "list": Text("列入严重违法失信名单决定书", "Decision to list"),
    "remove": Text("移出严重违法失信名单决定书", "Decision to remove"),
    "expire": Text("移出严重违法失信名单决定书（期满）", "Decision to remove at the end"),
}
"""The moves that make a paper, and what it is called."""

NOTE = "文书用语为自拟示例，以当日有效的官方文书格式为准。"


def listing_papers(one: Listing) -> tuple[tuple[str, Text], ...]:
    """Return the papers that a listing has by now, each with its title."""
    made = {each.code for each in cases.moves_of(one.case)}
    return tuple((code, title) for code, title in TITLES.items() if code in made)


def listing_paper(one: Listing, code: str, form: str) -> Rendered:
    """Return one paper of a listing, as ``docx`` or ``pdf``; NotFoundError for one that was not made yet."""
    made = {each.code: each for each in cases.moves_of(one.case)}
    if code not in TITLES or code not in made:
        raise NotFoundError("还没有这份文书。", "There is no such paper yet.")
    unit = one.organisation.title_zh
    number = one.number if code == "list" and one.number else f"{unit}〔{made[code].on.year}〕{one.case_id}号"
    return enforcement.rendered(
        Document(
            kind="letter", title=TITLES[code].zh, letterhead=unit, number=number, addressees=one.enterprise_name,
            blocks=tuple(_blocks(one, code, made[code])), signers=(unit,), signed_on=made[code].on, notes=NOTE,
            simulated=registry.is_simulated(), author=unit, subject=TITLES[code].zh,
        ),
        form,
    )  # fmt: skip


def _blocks(one: Listing, code: str, made: CaseMove) -> list[Block]:
    _field, ground, clause = ground_words(one)
    basis = f"《{law_words(one).zh}》{clause if clause != '自拟' else ''}"
    code_words = f"统一社会信用代码 {one.enterprise}"
    why = Paragraph((f"事由：{ground.zh}。{one.facts}",))
    if code == "notify":
        return [
            Paragraph((f"你单位（{code_words}）的行为属于下列情形，拟依据{basis}列入严重违法失信名单。",)),
            why,
            Paragraph(("你单位有权陈述、申辩；有证据足以证明没有主观故意的，不列入名单。",)),
            Paragraph(("请在法定期限内提出，逾期视为放弃。",)),
        ]
    if code == "list":
        assert one.until is not None
        early = f"，{enforcement.day_words(one.early_from)}起可以申请提前移出" if one.early_from else "，不得提前移出"
        taken = "；".join(each.title.zh for each in measures().measures)
        return [
            Paragraph((f"依据{basis}，决定将你单位（{code_words}）列入严重违法失信名单。",)),
            why,
            Paragraph((f"管理措施：{taken}。",)),
            Paragraph((f"列入期限至{enforcement.day_words(one.until)}{early}。期满移出，停止公示，解除管理措施。",)),
            Paragraph(("如不服本决定，可以依法申请行政复议或者提起行政诉讼。",)),
        ]
    how = "经核实，你单位符合信用修复条件" if code == "remove" else "列入期限届满"
    return [
        Paragraph(
            (f"{how}，决定自{enforcement.day_words(made.on)}起将你单位（{code_words}）移出严重违法失信名单。",)
        ),
        Paragraph(("相关信息停止公示，有关管理措施予以解除。",)),
    ]
