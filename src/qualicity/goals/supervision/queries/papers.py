"""Circulars, supervision letters and minutes as official documents, each number bound to how it was counted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings

from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.engines.documents.official.docx import write_docx
from qualicity.engines.documents.official.kinds.issue import Issue, Section
from qualicity.engines.documents.official.kinds.letters import circular as circular_of
from qualicity.engines.documents.official.kinds.minutes import Resolution
from qualicity.engines.documents.official.kinds.minutes import minutes as minutes_of
from qualicity.engines.documents.official.kinds.supervision import Fact, supervision_letter
from qualicity.engines.documents.official.layout import dated
from qualicity.engines.documents.official.model import Attendance, Figure, Paragraph
from qualicity.engines.documents.official.pdf import write_pdf
from qualicity.errors import NotFoundError, NotPossibleError
from qualicity.goals.supervision.lifecycle import Kind, MeetingState

if TYPE_CHECKING:
    from qualicity.definitions.plans import Plan
    from qualicity.engines.documents.official.model import Document, Run
    from qualicity.goals.supervision.models import Meeting
    from qualicity.goals.supervision.queries.circulars import BoundFact, CircularView

AT_THE_FOOT = 20
"""So many who came stand in a list at the foot of minutes; more would fill pages and are told in the text."""
WRITERS = {"docx": write_docx, "pdf": write_pdf}


def paper_of_circular(found: CircularView) -> Document:
    """Return a circular or a supervision letter as an official document; a draft has no number and no day yet."""
    plan = registry.plan(found.plan)
    if found.kind == Kind.LETTER:
        return _letter(found, plan)
    sections = [
        Section(one.organisation.title.zh, tuple(Paragraph(_sentence(fact)) for fact in one.facts))
        for one in found.addressees
    ]
    return circular_of(
        title=found.title,
        opening=(found.opening or f"现将截至{dated(found.as_of)}的有关情况通报如下。",),
        sections=sections,
        closing=(found.closing,) if found.closing else (),
        issue=_issue(found, plan, addressees=_words(plan, "addressees"), copies=_words(plan, "copies")),
    )


def paper_of_meeting(found: Meeting) -> Document:
    """Return the minutes of a joint meeting; NotPossibleError before they were issued."""
    if found.state != MeetingState.MINUTED:
        raise NotPossibleError(
            f"“{found.title}”的纪要尚未印发，没有公文可下载。请先印发纪要。",
            f"The minutes of “{found.title}” are not issued yet, so there is no document. Issue the minutes first.",
        )
    plan = registry.plan(found.plan)
    where = f"在{found.venue}" if found.venue else ""
    led = f"，由{found.chair}主持" if found.chair else ""
    agenda = [Paragraph((f"{item.order}.{item.title}",)) for item in found.agenda.all()]
    said = [Paragraph((line.strip(),)) for line in found.minutes.splitlines() if line.strip()]
    came, missing = _there(found, present=True), _there(found, present=False)
    many = len(came) > AT_THE_FOOT
    if many:
        said.append(Paragraph((f"到会单位：{'、'.join(came)}。",)))
    if missing:  # the standard's lists are who was there, who had leave and who sat in; absence is said in words
        said.append(Paragraph((f"未到会单位：{'、'.join(missing)}。",)))
    return minutes_of(
        title=f"{found.title}纪要",
        opening=(f"{dated(found.held_on)}，{where}召开会议{led}。现将会议情况纪要如下。",),
        sections=[Section("会议议题", tuple(agenda)), Section("会议情况", tuple(said))],
        attendance=(Attendance("出席", came),) if came and not many else (),
        resolutions=[
            Resolution((one.text,), one.organisation.title_zh if one.organisation else "", one.deadline)
            for one in found.decisions.all()
        ],
        resolutions_caption="议定事项",
        issue=Issue(
            letterhead=_words(plan, "letterhead"), number=f"〔{found.held_on.year}〕{found.number}号",
            copies=_words(plan, "copies"), signers=(_words(plan, "signer"),), signed_on=found.minuted_on,
            printed_by=_words(plan, "printed_by"), printed_on=found.minuted_on, simulated=registry.is_simulated(),
        ),
    )  # fmt: skip


def written(paper: Document, form: str) -> bytes:
    """Return a document as ``docx`` or ``pdf`` in the first style that is defined."""
    style = next(iter(catalogue().styles.values()), None)
    if form not in WRITERS or style is None:
        raise NotFoundError(f"没有“{form}”格式的文件，可用 docx 或 pdf。", f"There is no “{form}”: use docx or pdf.")
    return WRITERS[form](paper, style, link_base=settings.QUALICITY_ADDRESS).data


def _letter(found: CircularView, plan: Plan) -> Document:
    units = "、".join(one.organisation.title.zh for one in found.addressees)
    until = dated(found.reply_by) if found.reply_by else "—"
    return supervision_letter(
        title=found.title,
        opening=(found.opening or f"截至{dated(found.as_of)}，你单位有下列事项需要督办。",),
        facts=[Fact("承办单位", (units,)), Fact("答复时限", (until,))],
        demands=[_sentence(fact) for fact in found.facts],
        closing=(found.closing or f"请于{until}前书面说明原因和整改措施。",),
        slip_title="督办事项办理情况回执",
        slip=[Fact("承办单位", (units,)), Fact("答复时限", (until,)), Fact("未完成原因", wide=True),
              Fact("整改措施", wide=True), Fact("完成时限"), Fact("负责人")],
        issue=_issue(found, plan, addressees=units),
    )  # fmt: skip


def _sentence(fact: BoundFact) -> tuple[Run, ...]:
    """Return a fact's sentence with its number as a figure that leads to how it was counted."""
    said = fact.text.zh if fact.text.zh.endswith("。") else f"{fact.text.zh}。"
    found = None if fact.value is None else re.search(rf"(?<![\d.]){re.escape(f'{fact.value:g}')}(?![\d.]*\d)", said)
    if found is None:
        return (said,)
    bound = Figure(
        code=f"{fact.kind}/{fact.subject}", place=fact.organisation.code, period=fact.day.isoformat(),
        text=found.group(), value=fact.value, unit=fact.unit, href=fact.link,
    )  # fmt: skip
    return tuple(one for one in (said[: found.start()], bound, said[found.end() :]) if one)


def _issue(found: CircularView, plan: Plan, *, addressees: str, copies: str = "") -> Issue:
    word = "督办" if found.kind == Kind.LETTER else "通报"
    mark = found.mark.zh.replace(" ", "")
    return Issue(
        letterhead=_words(plan, "letterhead"), number=f"{word}{mark}" if mark else "", addressees=addressees,
        signers=(_words(plan, "signer"),), signed_on=found.issued_on or found.as_of, copies=copies,
        printed_by=_words(plan, "printed_by") if found.issued_on else "", printed_on=found.issued_on,
        simulated=registry.is_simulated(), author=_words(plan, "signer"),
    )  # fmt: skip


def _words(plan: Plan, name: str) -> str:
    found = getattr(plan.correspondence, name, None)
    return found.zh if found is not None else ""


def _there(found: Meeting, *, present: bool) -> tuple[str, ...]:
    return tuple(f"{one.organisation.title_zh}{one.who}" for one in found.attendance.all() if one.present is present)
