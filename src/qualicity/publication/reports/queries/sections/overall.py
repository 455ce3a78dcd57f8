"""The executive page, and the chapter on the whole: areas, what is missed, the places on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.engines.documents.official.model import Runs
from qualicity.methods.judgement import Status
from qualicity.publication.reports.queries import wording
from qualicity.publication.reports.queries.sections import charts
from qualicity.publication.reports.queries.sections.risks import is_worse

if TYPE_CHECKING:
    from datetime import date

    from qualicity.publication.reports.queries.facts import AreaFact, Facts, PlaceStanding, TargetFact
    from qualicity.publication.reports.queries.parts import Pages
    from qualicity.publication.reports.queries.voice import Voice


def add_summary(pages: Pages, facts: Facts, written_on: date) -> None:
    """Add the executive page."""
    voice = pages.voice
    pages.heading(1, "head.summary")
    pages.paragraph("summary/scope", _scope(voice, facts, written_on))
    pages.paragraph("summary/progress", _progress(voice, facts))
    pages.paragraph("summary/problems", _problems(voice, facts))
    pages.paragraph("summary/risks", _risks(voice, facts))
    pages.paragraph("summary/counties", _places(voice, facts))


def _scope(voice: Voice, facts: Facts, written_on: date) -> Runs:
    def total(status: Status) -> int:
        return sum(area.count(status) for area in facts.areas)

    others = [
        voice.say(
            "summary.counted",
            status=voice.text(f"status.{status}"),
            number=voice.count(f"summary/{status}", total(status), "项"),
        )
        for status in Status
        if status not in (Status.met, Status.not_met) and total(status)
    ]
    if stages := sum(area.interim for area in facts.areas):
        number = voice.count("summary/interim", stages, "项")
        others.append(voice.say("summary.counted", status=voice.text("status.interim"), number=number))
    listed = voice.join(others)
    return voice.say(
        "summary.scope",
        plan=facts.plan.title.text,
        document=facts.plan.document.number,
        all=voice.count("summary/all", len(facts.targets), "项"),
        period=voice.when(facts.period),
        judged=voice.count("summary/judged", sum(area.judged for area in facts.areas), "项"),
        met=voice.count("summary/met", total(Status.met), "项"),
        not_met=voice.count("summary/not_met", total(Status.not_met), "项"),
        others=voice.say("summary.others", list=listed) if others else voice.say("summary.none_left"),
        known=voice.day(written_on),
    )


def _areas(pages: Pages, facts: Facts) -> None:
    voice = pages.voice

    def row(name: str, code: str, areas: tuple[AreaFact, ...]) -> tuple[Runs, ...]:
        def cell(aspect: str, number: int) -> Runs:
            return (voice.count(f"{code}/{aspect}", number),)

        every = [one for area in areas for one in area.targets]
        count = {status: sum(area.count(status) for area in areas) for status in Status}
        rest = count[Status.undecided] + count[Status.no_data] + count[Status.no_target]
        return (
            (name,),
            cell("all", len(every)),
            cell("met", count[Status.met]),
            cell("not_met", count[Status.not_met]),
            cell("edge", sum(one.uncertain and not one.review.interim for one in every)),
            cell("not_due", count[Status.not_due]),
            cell("interim", sum(area.interim for area in areas)),
            cell("rest", rest),
        )

    rows = [row(voice.words(area.title), area.code, (area,)) for area in facts.areas]
    rows.append(row(voice.text("mark.all"), "summary", facts.areas))
    names = ("all", "met", "not_met", "edge", "not_due", "interim", "rest")
    columns = [pages.column("column.area", share=2.6)]
    columns += [pages.column(f"column.{name}", align="right") for name in names]
    pages.table(voice.text("caption.areas"), columns, rows, strong=(len(rows) - 1,))


def newly_reached(fact: TargetFact) -> bool:
    """Return whether a value reaches the aim that the value of a year earlier did not reach."""
    before = fact.review.previous.value
    if before is None or fact.aim is None or fact.falls_short or fact.value.status is not Status.met:
        return False
    if fact.value.indicator.target.kind == "below_reference":
        return False  # the year before had a reference of its own
    return not fact.reaches(before)


def _progress(voice: Voice, facts: Facts) -> Runs:
    newly = [one for one in facts.targets if newly_reached(one) and not one.review.interim]
    better = [
        one
        for one in facts.targets
        if one.course == "better" and one.change and one.change.is_significant(voice.significance)
    ]
    if not newly and not better:
        return voice.say("summary.no_progress")
    first: Runs = ()
    if newly:
        number = voice.count("summary/newly", len(newly), "项")
        first = voice.say("summary.newly", number=number, list=_few(voice, newly, facts.analysis.places_named))
    second = voice.say("summary.better", list=_changed(voice, better)) if better else ()
    return voice.say("summary.progress", newly=first, better=second)


def _few(voice: Voice, found: list[TargetFact], most: int) -> Runs:
    """Return the names of some targets, and that there are others."""
    names = wording.named_targets(voice, found[:most])
    return voice.say("mark.more", list=names) if len(found) > most else (names,)


def _changed(voice: Voice, found: list[TargetFact]) -> Runs:
    return voice.join(
        [
            voice.say(
                "summary.changed",
                title=wording.quoted(voice, wording.title(voice, one)),
                before=wording.earlier(voice, one),
                value=wording.value(voice, one.value),
            )
            for one in found
        ]
    )


def _problems(voice: Voice, facts: Facts) -> Runs:
    bad = [one for one in facts.targets if one.fails]
    worse = [one for one in facts.targets if is_worse(voice, one)]
    said = [voice.say("summary.no_problems")]
    if bad:
        number = voice.count("summary/problems", len(bad), "项")
        listed = voice.join([_problem(voice, one) for one in bad])
        said = [voice.say("summary.problems", number=number, list=listed)]
    if worse:
        said.append(voice.say("summary.worse", list=_changed(voice, worse)))
    return voice.flow(said)


def _problem(voice: Voice, fact: TargetFact) -> Runs:
    name, value = wording.quoted(voice, wording.title(voice, fact)), wording.value(voice, fact.value)
    return voice.say("summary.problem_bare", title=name, value=value)


def _risks(voice: Voice, facts: Facts) -> Runs:
    edge = [one for one in facts.targets if (one.uncertain or one.near) and not one.falls_short]
    said: Runs = ()
    if edge:
        number = voice.count("summary/near", len(edge), "项")
        said = voice.say("summary.edge", number=number, list=wording.named_targets(voice, edge))
    return voice.say("summary.risks", edge=said, data=data_counts(voice, facts, "summary.data"))


def data_counts(voice: Voice, facts: Facts, key: str) -> Runs:
    """Say how many reports were owed, came in time, late or not at all, and how many rows were refused."""
    late = sum(one.state == "late" for one in facts.late)
    return voice.say(
        key,
        owed=voice.count("data/owed", facts.obligations, "份"),
        on_time=voice.count("data/on_time", facts.on_time, "份"),
        late=voice.count("data/late", late, "份"),
        missing=voice.count("data/missing", len(facts.late) - late, "份"),
        refused=voice.count("data/refused", sum(one.refused for one in facts.tables), "行"),
    )


def _places(voice: Voice, facts: Facts) -> Runs:
    known = sorted((one for one in facts.places if one.share is not None), key=lambda one: -(one.share or 0.0))
    most = min(2, len(known) // 2)
    if most == 0:
        return ()
    return voice.say(
        "summary.counties", best=_shares(voice, known[:most]), last=_shares(voice, known[: -most - 1 : -1])
    )


def _shares(voice: Voice, found: list[PlaceStanding]) -> Runs:
    return voice.join(
        [voice.say("summary.named", name=one.place.title.text, value=_share(voice, one)) for one in found]
    )


def _share(voice: Voice, one: PlaceStanding) -> Runs:
    if one.share is None:
        return (voice.text("mark.none"),)
    number = voice.number("places/share", one.share * 100.0, decimals=0, unit="%", place=one.place.code)
    return (number,)


def add_overall(pages: Pages, facts: Facts) -> None:
    """Add the chapter on the whole."""
    pages.heading(1, "head.overall")
    pages.heading(2, "head.results")
    pages.say("overall.results")
    _areas(pages, facts)
    charts.add_statuses(pages, facts)
    pages.heading(2, "head.places")
    pages.say("overall.places")
    charts.add_map(pages, facts)
    _standings(pages, facts)


def _standings(pages: Pages, facts: Facts) -> None:
    voice = pages.voice
    known = {one.code: one for one in facts.targets}
    rows = [
        (
            (charts.short_name(voice, one.place),),
            (voice.number("places/met", one.met, place=one.place.code),),
            (voice.number("places/judged", one.judged, place=one.place.code),),
            _share(voice, one),
            voice.join([(wording.ordinal(voice, facts, known[code]),) for code in one.missed])
            or (voice.text("mark.none"),),
        )
        for one in facts.places
    ]
    pages.table(
        voice.text("caption.places"),
        (
            pages.column("column.place", share=1.7),
            pages.column("column.reached", align="right", share=0.7),
            pages.column("column.judged", align="right", share=0.8),
            pages.column("column.share", align="right", share=0.7),
            pages.column("column.missed_numbers", share=4.6),
        ),
        rows,
    )
