"""The quality analysis report: facts in, one official document out, each of its numbers bound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from qualicity.definitions.catalogue import catalogue
from qualicity.engines.documents.official.model import (
    Document,
    Figure,
    Heading,
    Paragraph,
    Runs,
    figures_of,
)
from qualicity.errors import NotPossibleError
from qualicity.publication.reports.queries.facts import Asked
from qualicity.publication.reports.queries.gathering import day_of, gather
from qualicity.publication.reports.queries.parts import Pages, Part
from qualicity.publication.reports.queries.sections.annex import attachments
from qualicity.publication.reports.queries.sections.area import add_area
from qualicity.publication.reports.queries.sections.industries import add_industries
from qualicity.publication.reports.queries.sections.overall import add_overall, add_summary
from qualicity.publication.reports.queries.sections.risks import add_risks
from qualicity.publication.reports.queries.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.publication.reports.queries.facts import Facts

QUALITY = "quality"


@dataclass(frozen=True, slots=True)
class Composed:
    """A report before it is set in type: its document, and its parts by which prose can be found and edited."""

    document: Document
    parts: tuple[Part, ...]
    facts: Facts

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Return every bound number in reading order."""
        return figures_of(self.document)

    @property
    def versions(self) -> dict[str, int]:
        """Return the versions of all registers that the report stands on."""
        return {one.code: one.version for one in self.facts.tables}


def compose_quality(
    asked: Asked, *, language: str = "zh-hans", number: str = "", issued_on: date | None = None
) -> Composed:
    """Compose the quality analysis report of a period."""
    facts, written_on = gather(asked), day_of(asked)
    query: dict[str, str] = {"plan": asked.plan.code}
    if asked.known_on is not None:
        query["known_on"] = written_on.isoformat()
    known = catalogue().sentences.get(QUALITY)
    if known is None:
        raise NotPossibleError(
            "定义中没有 sentences/quality.yaml，无法撰写质量分析报告。",
            "No sentences/quality.yaml is defined: no report can be written.",
        )
    voice = Voice(language, known.sentences, asked.plan, asked.period, query, facts.analysis.significance)
    pages = Pages(voice)
    add_summary(pages, facts, written_on)
    add_overall(pages, facts)
    for area in facts.areas:
        add_area(pages, facts, area)
    add_industries(pages, facts)
    add_risks(pages, facts)
    annexes = attachments(pages, facts)
    document = Document(
        kind="quality_report",
        title=title_of(voice),
        number=number,
        blocks=tuple(part.block for part in pages.parts),
        attachments=annexes,
        signed_on=issued_on or written_on,
        simulated=facts.simulated,
        subject=voice.text("document.subject"),
        **_signature(voice, issued_on or written_on),
    )
    return Composed(document, tuple(pages.parts), facts)


def title_of(voice: Voice) -> str:
    """Return the title of the report."""
    city = next(one.title.text for one in voice.plan.places if one.code == voice.plan.place)
    return voice.plain("document.title", city=city, period=voice.when(voice.period))


def _signature(voice: Voice, day: date) -> dict[str, Any]:
    """Return letterhead, addressees, signature and copies, where the plan says how its office writes."""
    letters = voice.plan.correspondence
    if letters is None:
        return {"form": "plain"}
    return {
        "letterhead": voice.words(letters.letterhead),
        "addressees": voice.words(letters.addressees),
        "signers": (voice.words(letters.signer),),
        "copies": "" if letters.copies is None else voice.words(letters.copies),
        "printed_by": "" if letters.printed_by is None else voice.words(letters.printed_by),
        "printed_on": day,
        "author": voice.words(letters.signer),
    }


def edited_parts(parts: Sequence[Part], prose: Mapping[str, Runs]) -> tuple[Part, ...]:
    """Return parts with some of their prose in other words; a paragraph emptied is left out."""
    return tuple(part for part in (_edited(part, prose) for part in parts) if part is not None)


def _edited(part: Part, prose: Mapping[str, Runs]) -> Part | None:
    runs = prose.get(part.key) if part.key else None
    if runs is None:
        return part
    if isinstance(part.block, Heading):
        return Part(replace(part.block, run_in=runs), part.key)
    if not runs:
        return None
    assert isinstance(part.block, Paragraph), "only prose is edited"
    return Part(replace(part.block, runs=runs), part.key)


def figures_as_plain(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """Return bound numbers as plain data: what the figures file holds."""
    return [
        {
            "code": one.code,
            "place": one.place,
            "period": one.period,
            "text": one.text,
            "value": one.value,
            "unit": one.unit,
            "versions": dict(one.versions),
        }
        for one in figures
    ]
