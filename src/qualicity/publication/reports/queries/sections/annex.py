"""The attachments: methods, registers with their versions, what was refused or late, and all values by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from qualicity.definitions.catalogue import catalogue
from qualicity.engines.documents.official.model import Attachment, Column, Runs
from qualicity.engines.measures.reported import REGISTER
from qualicity.methods.judgement import Status
from qualicity.publication.reports.queries import wording
from qualicity.publication.reports.queries.parts import Pages
from qualicity.publication.reports.queries.sections.charts import short_name
from qualicity.publication.reports.queries.sections.overall import data_counts

if TYPE_CHECKING:
    from qualicity.publication.reports.queries.facts import Facts, TargetFact
    from qualicity.publication.reports.queries.voice import Voice

#: Columns of values by place that fit across a page.
_ACROSS = 10


def attachments(pages: Pages, facts: Facts) -> tuple[Attachment, ...]:
    """Return the attachments."""
    found = []
    for key, add in (
        ("annex.methods", _sources),
        ("annex.counties", _counties),
    ):
        own = Pages(pages.voice)
        add(own, facts)
        found.append(Attachment(pages.voice.text(key), tuple(part.block for part in own.parts)))
    return tuple(found)


def _methods(pages: Pages, facts: Facts) -> None:
    voice, bounds = pages.voice, facts.analysis
    percent = voice.number("method/confidence", bounds.confidence * 100.0, unit="%")
    pages.say("methods.opening", confidence=percent)
    level = voice.number("method/significance", bounds.significance, decimals=2)
    pages.say("methods.change", significance=level)
    pages.say("methods.ranks")
    pages.say("methods.causes")
    near = voice.number("method/near", bounds.near * 100.0, unit="%")
    pages.say("methods.near", near=near, note=bounds.note.text)
    used: dict[str, list[TargetFact]] = {}
    for fact in facts.targets:
        used.setdefault(_method(voice, fact), []).append(fact)
    pages.table(
        voice.text("caption.methods"),
        (pages.column("column.method", share=3.4), pages.column("column.indicators", share=2.6)),
        [((method,), _ordinals(voice, facts, found)) for method, found in used.items()],
    )


def _ordinals(voice: Voice, facts: Facts, found: Iterable[TargetFact]) -> Runs:
    return voice.join([(wording.ordinal(voice, facts, one),) for one in found])


def _uses(fact: TargetFact, code: str) -> bool:
    """Return whether a value stands on a register; on reported totals only where some are part of it."""
    return code in fact.value.versions and (code != REGISTER or fact.value.source != "rows")


def _method(voice: Voice, fact: TargetFact) -> str:
    """Return how a value was computed, the column of weights by its title."""
    words, weight = voice.words(fact.value.method), getattr(fact.review.indicator.measure, "weight", None)
    for code in fact.value.versions:
        register = catalogue().registers[code]
        if weight and weight in register.names:
            words = words.replace(weight, voice.words(register.column(weight).title))
    return words or voice.text("mark.none")


def _sources(pages: Pages, facts: Facts) -> None:
    _methods(pages, facts)
    _tables(pages, facts)
    _gaps(pages, facts)


def _tables(pages: Pages, facts: Facts) -> None:
    voice = pages.voice
    pages.say("tables.opening", number=voice.count("data/registers", len(facts.tables), "个"))
    rows = []
    for one in facts.tables:
        versions = {one.code: one.version}

        def cell(aspect: str, value: int, code: str = one.code, stands: dict[str, int] = versions) -> Runs:
            return (voice.number(f"{code}/{aspect}", value, versions=stands, href=f"/registers/{code}/"),)

        rows.append(
            (
                (voice.words(one.title),),
                voice.join(
                    [(wording.ordinal(voice, facts, fact),) for fact in facts.targets if _uses(fact, one.code)]
                ),
                cell("version", one.version),
                cell("rows", one.rows),
                cell("refused", one.refused),
            )
        )
    pages.table(
        voice.text("caption.tables"),
        (
            pages.column("column.register", share=3.2),
            pages.column("column.used_for", share=2.4),
            pages.column("column.version", align="right"),
            pages.column("column.rows", align="right"),
            pages.column("column.refused", align="right", share=1.4),
        ),
        rows,
    )


def _gaps(pages: Pages, facts: Facts) -> None:
    voice = pages.voice
    pages.paragraph("gaps.opening", data_counts(voice, facts, "gaps.opening"))
    if not facts.late:
        pages.say("gaps.none")
    else:
        units, most = _units(voice, facts), facts.analysis.places_named
        listed = voice.join([_unit(voice, facts, one) for one in units[:most]])
        pages.say("gaps.units", list=voice.say("mark.more", list=listed) if len(units) > most else listed)
    silent = [one for one in facts.targets if one.value.value is None or one.value.status is Status.undecided]
    if silent:
        pages.say("gaps.values", list=wording.named_targets(voice, silent))


def _units(voice: Voice, facts: Facts) -> list[str]:
    """Return who reported late or not at all, whoever did so most often first."""
    counted = Counter(voice.words(one.organisation) for one in facts.late)
    return [name for name, _ in counted.most_common()]


def _unit(voice: Voice, facts: Facts, name: str) -> Runs:
    own = [one for one in facts.late if voice.words(one.organisation) == name]
    late = sum(one.state == "late" for one in own)
    parts = [
        voice.say(key, number=voice.count(f"data/{aspect}/{name}", count, "份"))
        for key, aspect, count in (("gaps.late", "late", late), ("gaps.missing", "missing", len(own) - late))
        if count
    ]
    return voice.say("gaps.unit", name=name, counts=voice.join(parts))


def _counties(pages: Pages, facts: Facts) -> None:
    missed = {code for one in facts.places for code in one.missed}
    shown = [one for one in facts.targets if one.code in missed]
    pages.say("counties.opening")
    for start in range(0, len(shown), _ACROSS):
        _matrix(pages, facts, shown[start : start + _ACROSS])


def _matrix(pages: Pages, facts: Facts, shown: list[TargetFact]) -> None:
    voice = pages.voice
    known = {(fact.code, one.value.place): one.value for fact in shown for one in fact.places}
    rows = []
    for standing in facts.places:
        cells: list[Runs] = [(short_name(voice, standing.place),)]
        for fact in shown:
            found = known.get((fact.code, standing.place.code))
            if found is None:
                cells.append((voice.text("mark.none"),))
                continue
            mark = "*" if found.status is Status.not_met else ""
            assert found.value is not None
            figure = voice.of(
                found.indicator,
                found.value,
                unit="",
                place=found.place,
                period=found.period,
                versions=found.versions,
            )
            cells.append((figure, mark) if mark else (figure,))
        rows.append(cells)
    columns = [pages.column("column.place", share=1.6)]
    columns += [Column(wording.ordinal(voice, facts, fact).text, align="right") for fact in shown]
    pages.table(voice.text("caption.counties"), columns, rows, note=voice.text("note.counties"))
