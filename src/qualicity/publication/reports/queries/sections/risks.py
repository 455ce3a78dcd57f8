"""Risks and recommendations: each follows from a fact by a rule, and names the fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualicity.engines.documents.official.model import Runs
from qualicity.methods.judgement import Pace, Status
from qualicity.publication.reports.queries import wording

if TYPE_CHECKING:
    from qualicity.publication.reports.queries.facts import Facts, TargetFact
    from qualicity.publication.reports.queries.parts import Pages
    from qualicity.publication.reports.queries.voice import Voice


@dataclass(frozen=True, slots=True)
class Risk:
    """One risk: of which kind, about which target, on what it rests."""

    area: str
    code: str
    title: str
    kind: str
    basis: Runs


def risks_of(voice: Voice, facts: Facts) -> tuple[Risk, ...]:
    """Return every risk by the rules, the gravest kinds first."""
    order = ("missed", "behind", "stage", "undecided", "edge", "worse", "near", "no_data", "no_figure", "missing",
        "reported", "refused")  # fmt: skip
    found = [(order.index(key), fact, basis, key) for fact in facts.targets for key, basis in _rules(voice, fact)]
    found.sort(key=lambda one: one[0])
    return tuple(
        Risk(
            fact.review.indicator.area,
            fact.code,
            wording.title(voice, fact),
            voice.text(f"risk.{key}"),
            basis,
        )
        for _, fact, basis, key in found
    )


def _rules(voice: Voice, fact: TargetFact) -> Iterator[tuple[str, Runs]]:
    found = fact.value
    if found.value is None:
        if found.status is Status.no_data:
            yield "no_data", voice.runs(found.reason)
        return
    yield from _of_verdict(voice, fact)
    if is_worse(voice, fact):
        before = wording.earlier(voice, fact)
        yield "worse", voice.say("risk.basis_change", before=before, value=wording.value(voice, found))
    if found.source in ("reported", "mixed"):
        yield "reported", voice.say("risk.basis_value", value=wording.value(voice, found))
    if found.missing:
        number = voice.of(found.indicator, len(found.missing), aspect="missing", unit="个", decimals=0)
        yield "missing", voice.say("risk.basis_places", number=number)
    if found.refused:
        yield "refused", voice.say("risk.basis_refused", number=wording.refused(voice, found))


def _of_verdict(voice: Voice, fact: TargetFact) -> Iterator[tuple[str, Runs]]:
    found = fact.value
    value, target = wording.value(voice, found), wording.aim(voice, fact)
    if fact.falls_short:
        key = "behind" if found.pace is Pace.behind else "stage" if fact.review.interim else "missed"
        gap = None if fact.gap is None else wording.points(voice, found.indicator, fact.gap, "gap")
        words = "risk.basis_target" if gap is None else "risk.basis_gap"
        slots = {} if gap is None else {"gap": gap}
        yield key, voice.say(words, value=value, target=target, **slots)
    if found.status is Status.undecided:
        yield "undecided", voice.say("risk.basis_target", value=value, target=target)
    if found.status is Status.no_target:
        yield "no_figure", voice.say("risk.basis_value", value=value)
    if fact.uncertain and found.low is not None:
        low, high = (wording.end_of_interval(voice, found, aspect) for aspect in ("low", "high"))
        yield "edge", voice.say("risk.basis_interval", low=low, high=high, target=target)
    elif fact.near:
        yield "near", voice.say("risk.basis_target", value=value, target=target)


def is_worse(voice: Voice, fact: TargetFact) -> bool:
    """Return whether a value moved for the worse, and not by chance."""
    if fact.course != "worse" or fact.change is None or fact.incomparable is not None:
        return False
    return fact.change.is_significant(voice.significance) is not False


def add_risks(pages: Pages, facts: Facts) -> None:
    """Add the list of risks and what follows from it."""
    voice = pages.voice
    pages.heading(1, "head.risks")
    pages.heading(2, "head.risk_list")
    found = risks_of(voice, facts)
    if not found:
        pages.say("risk.none")
    pages.table(
        voice.text("caption.risks"),
        (
            pages.column("column.risk", share=1.2),
            pages.column("column.title", share=2.9),
            pages.column("column.basis", share=3.9),
        ),
        [((one.kind,), (one.title,), one.basis) for one in found],
    )
    pages.heading(2, "head.advice")
    _advise(pages, facts)


def _advise(pages: Pages, facts: Facts) -> None:
    voice = pages.voice
    pages.say("advice.opening")
    before = len(pages.parts)
    for fact in facts.targets:
        if fact.falls_short:
            pages.item(f"advice/{fact.code}", wording.title(voice, fact), _missed(voice, facts, fact))
    near = [one for one in facts.targets if (one.uncertain or one.near) and not one.falls_short]
    if near:
        number = voice.count("advice/near", len(near), "项")
        pages.item("advice/edge", voice.text("advice.edge_title"), voice.say("advice.edge", number=number))
    data = _data(voice, facts)
    if data:
        pages.item("advice/data", voice.text("advice.data_title"), data)
    open_ones = [one for one in facts.targets if one.value.status is Status.no_target]
    if open_ones:
        words = voice.say("advice.figure", list=wording.named_targets(voice, open_ones))
        pages.item("advice/figure", voice.text("advice.figure_title"), words)
    if len(pages.parts) == before:
        pages.say("advice.none")


def _missed(voice: Voice, facts: Facts, fact: TargetFact) -> Runs:
    indicator = fact.review.indicator
    names = voice.text("mark.list").join(wording.organisation(voice, code) for code in indicator.supporting)
    supporting = voice.say("advice.supporting", names=names) if names else ()
    focus = []
    for column in dict.fromkeys(one.column for one in fact.causes):
        parts = [one for one in fact.causes if one.column == column and one.contribution > 0.0]
        listed = voice.text("mark.list").join(voice.words(one.title) for one in parts[: facts.analysis.causes_named])
        if listed:
            title = parts[0].column_title
            focus.append(voice.say("advice.focus", column=title, parts=listed))
    said = voice.join(focus, between="mark.phrase") or voice.say("advice.no_focus")
    lead = wording.organisation(voice, indicator.lead)
    return voice.say("advice.missed", lead=lead, supporting=supporting, focus=said)


def _data(voice: Voice, facts: Facts) -> Runs:
    said = []
    late = list(dict.fromkeys(voice.words(one.organisation) for one in facts.late))
    if late:
        said.append(voice.say("advice.late", names=voice.text("mark.list").join(late)))
    reported = [one for one in facts.targets if one.value.source in ("reported", "mixed")]
    if reported:
        said.append(voice.say("advice.reported", list=wording.named_targets(voice, reported)))
    refused = [voice.words(one.title) for one in facts.tables if one.refused]
    if refused:
        said.append(voice.say("advice.refused", list=voice.text("mark.list").join(refused)))
    return voice.flow(said)
