"""The papers of a failed sample: notices, orders and letters, filled with what the house has on record."""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING

from django.utils import timezone

from qualicity.commons.cases import queries as cases
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.engines.documents.official import Document, Figure, write_docx, write_pdf
from qualicity.engines.documents.official.model import Block, Column, Heading, Paragraph, Run, Runs, Table
from qualicity.errors import InputError, NotFoundError, NotPossibleError
from qualicity.evidence.inspections.queries.noticing import failing, sources_of

if TYPE_CHECKING:
    from datetime import date

    from qualicity.commons.cases.models import Case, CaseClock
    from qualicity.engines.documents.official.rendered import Rendered
    from qualicity.evidence.inspections.models import ItemResult, Sample

CODE = "aftermath"
FORMS = ("docx", "pdf")
WITH_ITEMS = ("serve", "order_correction", "transfer")
WITH_CLOCKS = ("serve", "accept_reinspection", "name_laboratory", "order_correction", "suspend_business")
WITH_REASON = ("refuse_reinspection", "dismiss_objection", "uphold_objection", "suspend_business", "transfer")
LANGUAGE = "zh-hans"


@dataclass(frozen=True, slots=True)
class Paper:
    """What a paper is made of: which one, of which sample and case, on which day, with which words of a person."""

    code: str
    sample: Sample
    case: Case
    on: date
    reason: str = ""
    named: str = ""
    """The laboratory of a re-inspection."""


def has_paper(code: str) -> bool:
    """Say whether a move, or a transfer, makes a paper."""
    return f"{code}.title" in _sentences()


def title_of_paper(code: str) -> str:
    """Return what a paper is called."""
    return _say(f"{code}.title")


def compose(paper: Paper) -> Document:
    """Return the document of a paper; its numbers are bound to the sample's results and the case's number."""
    if not has_paper(paper.code):
        raise NotFoundError(f"没有文书“{paper.code}”。", f"There is no paper “{paper.code}”.")
    unit = paper.case.organisation.title_zh
    number = _fill("paper.number", word=unit, year=str(paper.on.year), number=str(paper.case.pk))
    return Document(
        kind="letter", title=_say(f"{paper.code}.title"), letterhead=unit, number=_plain(number),
        addressees=paper.sample.sampled_unit if paper.code != "transfer" else "", blocks=tuple(_blocks(paper)),
        signers=(unit,), signed_on=paper.on, notes=_say("paper.note"), simulated=registry.is_simulated(), author=unit,
        subject=_say(f"{paper.code}.title"),
    )  # fmt: skip


def rendered_paper(document: Document, form: str) -> Rendered:
    """Return a paper as ``docx`` or ``pdf``, set in the house's style."""
    style = next(iter(catalogue().styles.values()), None)
    if style is None:
        raise NotPossibleError("定义中没有公文版式。", "No style of documents is defined.")
    if form not in FORMS:
        raise InputError(f"不支持“{form}”格式，可用 docx 或 pdf。", f"“{form}” is no format here: use docx or pdf.")
    return write_docx(document, style) if form == "docx" else write_pdf(document, style)


def _blocks(paper: Paper) -> list[Block]:
    sample, case = paper.sample, paper.case
    slots: dict[str, Run] = {
        "authority": case.organisation.title_zh, "unit": sample.sampled_unit, "product": sample.product_name,
        "sampled": _day(timezone.localdate(sample.sampled_at)), "named": paper.named,
        "laboratory": sample.laboratory.title_zh if sample.laboratory else "—",
    }  # fmt: skip
    blocks: list[Block] = [Paragraph(_fill(f"{paper.code}.body", **slots))]
    if paper.code in WITH_REASON and paper.reason:
        blocks.append(Paragraph(_fill("paper.reason", reason=paper.reason)))
    if f"{paper.code}.ask" in _sentences():
        blocks.append(Paragraph(_fill(f"{paper.code}.ask", **slots)))
    blocks += _clocks(paper)
    blocks.append(Paragraph(_law(case, sample)))
    blocks += [Heading(1, (_say("paper.facts"),)), _facts(sample)]
    if paper.code in WITH_ITEMS:
        failed = failing(sources_of([sample], first_only=True).results.get(sample.pk, []))
        blocks += [Heading(1, (_say("paper.items"),)), _items(sample, failed)] if failed else []
    return blocks


def _clocks(paper: Paper) -> list[Block]:
    if paper.code not in WITH_CLOCKS:
        return []
    running = [one for one in cases.clocks_of(paper.case) if one.stand == "running" and one.due is not None]
    blocks: list[Block] = [
        Paragraph(_fill("paper.clock", title=_clock_title(one), day=_day(_due(one)), clause=one.clause or "—"))
        for one in running
    ]
    return [Heading(1, (_say("paper.clocks"),)), *blocks] if blocks else []


def _clock_title(one: CaseClock) -> str:
    table = next((each for each in catalogue().cases[one.case.type].clocks if each.code == one.code), None)
    return table.title.zh if table else one.code


def _due(one: CaseClock) -> date:
    assert one.due is not None
    return one.due.astimezone(cases.zone()).date()


def _law(case: Case, sample: Sample) -> Runs:
    text = catalogue().laws[sample.law].on(case.opened_on)
    return _fill("paper.law" if text.certainty == "full" else "paper.law_unsure", law=text.title.zh)


def _facts(sample: Sample) -> Table:
    report = sample.reports.filter(replaced_by=None).order_by("-id").first()
    facts = (
        ("number", sample.number), ("product", sample.product_name), ("brand", sample.brand),
        ("specification", sample.specification),
        ("batch", sample.batch_number or (_day(sample.produced_on) if sample.produced_on else "")),
        ("maker", sample.maker), ("unit", sample.sampled_unit),
        ("sampled", _day(timezone.localdate(sample.sampled_at))),
        ("laboratory", sample.laboratory.title_zh if sample.laboratory else ""),
        ("report", report.number if report else ""),
    )  # fmt: skip
    return Table(
        columns=(Column(_say("column.name"), share=1.0), Column(_say("column.value"), share=3.0)),
        rows=tuple(((_say(f"fact.{code}"),), (value,)) for code, value in facts if value),
    )


def _items(sample: Sample, failed: list[ItemResult]) -> Table:
    names = (("item", 2.0), ("limit", 1.5), ("found", 1.0), ("unit", 1.0), ("standard", 2.0))
    return Table(
        columns=tuple(Column(_say(f"column.{name}"), share=share) for name, share in names),
        rows=tuple(
            ((one.title,), (one.limit,), _values(sample, one), (one.unit,), (one.standard,)) for one in failed
        ),
    )


def _values(sample: Sample, one: ItemResult) -> Runs:
    """Return what was measured, each value bound to the item of the sample."""
    found: list[Run] = []
    for position, value in enumerate(one.values):
        text = str(value)
        found += ["，"] if position else []
        found.append(
            Figure(
                code=f"sample:{sample.number}/{one.number}", place=sample.place,
                period=sample.concluded_on.isoformat() if sample.concluded_on else "", text=text,
                value=_number(text), unit=one.unit,
            )
        )  # fmt: skip
    return tuple(found)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _sentences() -> dict[str, str]:
    found = catalogue().sentences.get(CODE)
    return {key: one.zh for key, one in found.sentences.items()} if found else {}


def _say(key: str) -> str:
    return _sentences()[key]


def _fill(key: str, **slots: Run) -> Runs:
    runs: list[Run] = []
    for literal, name, _spec, _conversion in Formatter().parse(_say(key)):
        runs += [literal] if literal else []
        runs += [slots[name]] if name is not None else []
    return tuple(runs)


def _plain(runs: Runs) -> str:
    return "".join(one if isinstance(one, str) else one.text for one in runs)
