"""Circulars of praise and criticism, and supervision letters, composed from the facts that they were drafted from."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from qualicity.engines.documents.official.kinds import Fact, Section, circular, supervision_letter
from qualicity.engines.documents.official.model import Paragraph
from qualicity.publication.reports.queries.papers.binding import Source, bound, tight
from qualicity.publication.reports.queries.papers.pen import Pen, pen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualicity.definitions.plans import Plan
    from qualicity.engines.documents.official.kinds import Issue
    from qualicity.engines.documents.official.model import Block, Document, Runs
    from qualicity.goals.supervision.queries import BoundFact, CircularView

PRAISE, LETTER = "praise", "letter"


def compose(view: CircularView, plan: Plan) -> Document:
    """Return a circular or a supervision letter as an official document; a draft has no number yet."""
    with_what = pen(plan, view.as_of)
    return _letter(view, with_what) if view.kind == LETTER else _circular(view, with_what)


def _issue(view: CircularView, with_what: Pen, subject: str, addressees: str = "") -> Issue:
    voice = with_what.voice
    mark = tight(view.mark.zh).replace(" ", "")
    number = voice.plain("paper.number", word=with_what.word, mark=mark) if mark else ""
    return with_what.issue(
        number=number, addressees=addressees, signed_on=view.issued_on, subject=voice.text(subject)
    )


def _circular(view: CircularView, with_what: Pen) -> Document:
    voice, praise = with_what.voice, view.kind == PRAISE
    own: Runs = (tight(view.opening),) if view.opening else ()
    day = voice.day(view.as_of)
    opening = own or voice.say(f"circular.{'opening_praise' if praise else 'opening_criticism'}", day=day)
    return circular(
        title=view.title,
        opening=opening,
        sections=(
            Section(voice.text("circular.overall"), _overall(view, with_what)),
            Section(voice.text("circular.each"), (), tuple(_units(view))),
            Section(voice.text("circular.asked"), _asked(view, with_what, praise=praise)),
        ),
        issue=_issue(view, with_what, "circular.subject"),
    )


def _overall(view: CircularView, with_what: Pen) -> tuple[Block, ...]:
    voice, page = with_what.voice, f"/supervision/circulars/{view.number}/"
    units = with_what.number("circular/units", len(view.addressees), unit="个单位", href=page)
    facts = with_what.number("circular/facts", len(view.facts), unit="条", href=page)
    named: dict[str, set[str]] = defaultdict(set)
    for fact in view.facts:
        named[fact.kind].add(fact.organisation.code)
    listed = voice.join(
        [
            voice.say(
                "circular.kind_count",
                kind=voice.text(f"fact.{kind}"),
                units=with_what.number(f"circular/{kind}", len(codes), unit="个单位", href=page),
            )
            for kind, codes in named.items()
        ],
        between="paper.list",
    )
    counted = voice.say("circular.counted", units=units, facts=facts, day=voice.day(view.as_of))
    return Paragraph(counted), Paragraph(voice.say("circular.kinds", listed=listed))


def _units(view: CircularView) -> Iterable[Section]:
    for one in view.addressees:
        yield Section(one.organisation.title.zh, (Paragraph(sentence(one.facts)),))


def sentence(facts: Iterable[BoundFact]) -> Runs:
    """Return facts as one sentence, each number leading to where it was counted."""
    runs: Runs = ()
    for fact in facts:
        runs += ("；",) if runs else ()
        runs += bound(fact.text.zh.rstrip("。"), _source(fact), value=fact.value, unit=fact.unit)
    return (*runs, "。")


def _source(fact: BoundFact) -> Source:
    between = "&" if "?" in fact.link else "?"
    href = f"{fact.link}{between}as_of={fact.day.isoformat()}" if fact.link else ""
    code = fact.subject.removeprefix("indicator:") if fact.subject.startswith("indicator:") else fact.kind
    return Source(code, fact.organisation.place or fact.organisation.code, fact.day, href)


def _asked(view: CircularView, with_what: Pen, *, praise: bool) -> tuple[Block, ...]:
    voice = with_what.voice
    own: Runs = (tight(view.closing),) if view.closing else ()
    words = own or (voice.text("circular.asked_praise" if praise else "circular.asked_criticism"),)
    if view.reply_by is None:
        return (Paragraph(words),)
    return Paragraph(words), Paragraph(voice.say("circular.reply", day=voice.day(view.reply_by)))


def _letter(view: CircularView, with_what: Pen) -> Document:
    voice, one = with_what.voice, view.addressees[0]
    due = voice.day(view.reply_by) if view.reply_by else voice.text("paper.none")
    source = with_what.plan.document
    facts = (
        Fact(voice.text("letter.unit"), (one.organisation.title.zh,), wide=True),
        Fact(voice.text("letter.found"), sentence(one.facts), wide=True),
        Fact(voice.text("letter.basis"), (f"《{with_what.plan.title.zh}》（{source.number}）",), wide=True),
        Fact(voice.text("letter.day"), (voice.day(view.as_of),)),
        Fact(voice.text("letter.reply_by"), (due,)),
    )
    demands = [(voice.text("letter.demand_cause"),), (voice.text("letter.demand_close"),)]
    asked: list[Runs] = [*demands]
    if view.closing:
        asked = [(tight(view.closing),)]
    if view.reply_by:
        asked.append(voice.say("letter.demand_reply", day=due))
    slip = ("letter.slip_unit", "letter.slip_head", "letter.slip_contact", "letter.slip_day")
    wide = ("letter.slip_cause", "letter.slip_measures", "letter.slip_result")
    return supervision_letter(
        title=view.title,
        opening=(tight(view.opening),) if view.opening else voice.say("letter.opening", day=voice.day(view.as_of)),
        facts=facts,
        demands=asked,
        closing=(voice.text("letter.closing"),),
        slip_title=voice.text("letter.slip"),
        slip=(
            *(Fact(voice.text(key)) for key in slip),
            *(Fact(voice.text(key), wide=True) for key in wide),
        ),
        issue=_issue(view, with_what, "letter.subject", one.organisation.title.zh),
    )
