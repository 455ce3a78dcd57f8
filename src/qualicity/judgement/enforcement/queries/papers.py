"""The papers of a case of enforcement: notice, decision and letter to the police, from what is on record.

The wording is our own (自拟); the official forms of the day prevail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from qualicity.commons.cases import queries as cases
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.engines.documents.official import Document, write_docx, write_pdf
from qualicity.engines.documents.official.model import Block, Paragraph
from qualicity.errors import InputError, NotFoundError, NotPossibleError, Text
from qualicity.judgement.enforcement.models import Penalty
from qualicity.judgement.enforcement.queries.public import kind_words

if TYPE_CHECKING:
    from datetime import date

    from qualicity.commons.cases.models import CaseMove
    from qualicity.engines.documents.official.rendered import Rendered
    from qualicity.judgement.enforcement.models import Investigation

TITLES = {
    "notify": Text("行政处罚告知书", "Notice of the penalty"),
    "decide": Text("行政处罚决定书", "Decision of the penalty"),
    "hand_to_police": Text("涉嫌犯罪案件移送书", "Letter of transfer to the police"),
}
"""The moves that make a paper, and what it is called."""

NOTE = "文书用语为自拟示例，以当日有效的官方文书格式为准。"


def has_paper(code: str) -> bool:
    """Say whether a move makes a paper."""
    return code in TITLES


def paper(about: Investigation, code: str, form: str) -> Rendered:
    """Return the paper of a move that was made, as ``docx`` or ``pdf``.

    Raises NotFoundError for one that was not made yet.
    """
    made = {one.code: one for one in cases.moves_of(about.case)}
    if code not in TITLES or code not in made:
        raise NotFoundError("还没有这份文书。", "There is no such paper yet.")
    return rendered(document(about, code, made[code]), form)


def document(about: Investigation, code: str, made: CaseMove) -> Document:
    """Return the document of a move."""
    unit = about.case.organisation.title_zh
    found = Penalty.objects.filter(case=about.case).first()
    number = found.number if found and code == "decide" else f"{unit}〔{made.on.year}〕{about.case_id}号"
    return Document(
        kind="letter", title=TITLES[code].zh, letterhead=unit, number=number,
        addressees=about.party_name if code != "hand_to_police" else "同级公安机关",
        blocks=tuple(_blocks(about, code, made, found)), signers=(unit,), signed_on=made.on, notes=NOTE,
        simulated=registry.is_simulated(), author=unit, subject=TITLES[code].zh,
    )  # fmt: skip


def rendered(made: Document, form: str) -> Rendered:
    """Return a document as ``docx`` or ``pdf``, set in the house's style."""
    style = next(iter(catalogue().styles.values()), None)
    if style is None:
        raise NotPossibleError("定义中没有公文版式。", "No style of documents is defined.")
    if form not in ("docx", "pdf"):
        raise InputError(f"不支持“{form}”格式，可用 docx 或 pdf。", f"“{form}” is no format here: use docx or pdf.")
    return write_docx(made, style) if form == "docx" else write_pdf(made, style)


def day_words(day: date) -> str:
    """Return a day as a document writes it."""
    return f"{day.year}年{day.month}月{day.day}日"


def yuan(fen: int) -> str:
    """Return an amount as a document writes it."""
    return f"{fen // 100:,}元" if fen % 100 == 0 else f"{fen / 100:,.2f}元"


def _blocks(about: Investigation, code: str, made: CaseMove, found: Penalty | None) -> list[Block]:
    case = about.case
    breach = case.title_zh.partition("：")[2] or case.title_zh
    if code == "notify":
        return [
            Paragraph((f"经查，你单位涉嫌{breach}。本机关拟作出行政处罚，现告知如下。",)),
            Paragraph((f"拟处罚的内容、事实、理由和依据：{made.reason}",)),
            Paragraph((_right_to_speak(about),)),
        ]
    if code == "hand_to_police":
        return [
            Paragraph((f"{about.party_name}涉嫌{breach}，经审查涉嫌犯罪，现依法移送。",)),
            Paragraph(
                (
                    "附：案件调查报告、涉案物品清单、检验报告和其他有关材料。请在回执上签收，并将是否立案的决定书面通知本机关。",
                )
            ),
        ]
    if found is None:
        raise NotFoundError("还没有这份文书。", "There is no such paper yet.")
    what = "；".join(_imposed(found))
    code_of = f"（{found.enterprise}）" if found.enterprise else ""
    pay = "收到本决定书之日起十五日内缴纳罚没款。" if found.fine_fen + found.confiscated_fen else ""
    shown = "本处罚信息将依法向社会公示。" if found.state != "none" else "本处罚不予公示。"
    return [
        Paragraph((f"经查，当事人{about.party_name}{code_of}存在下列违法行为：{found.violation}。",)),
        Paragraph((f"依据{found.basis or '有关法律、法规、规章'}，决定处罚如下：{what}。{pay}",)),
        Paragraph((f"{shown}如不服本决定，可以依法申请行政复议或者提起行政诉讼。",)),
    ]  # fmt: skip


def _imposed(found: Penalty) -> list[str]:
    amounts = {"罚款": found.fine_fen, "没收": found.confiscated_fen}
    words = []
    for kind in kind_words(found.kinds):
        fen = next((value for name, value in amounts.items() if kind.zh.startswith(name)), 0)
        words.append(f"{kind.zh}{yuan(fen)}" if fen else kind.zh)
    if found.limited_until:
        words.append(f"限制至{day_words(found.limited_until)}")
    return words


def _right_to_speak(about: Investigation) -> str:
    clock = next((one for one in cases.clocks_of(about.case) if one.code == "statement"), None)
    until = f"请于{day_words(timezone.localdate(clock.due))}前提出" if clock and clock.due else "请在法定期限内提出"
    return f"你单位有权陈述、申辩，符合条件的有权要求听证，{until}；逾期视为放弃。"
