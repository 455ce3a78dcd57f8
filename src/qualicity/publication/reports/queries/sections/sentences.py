"""What can be said of one target, rule by rule; each rule gives one sentence or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.engines.documents.official.model import Runs
from qualicity.errors import Text
from qualicity.methods.judgement import Certainty, Pace, Status
from qualicity.publication.reports.queries import wording

if TYPE_CHECKING:
    from qualicity.publication.reports.queries.facts import TargetFact
    from qualicity.publication.reports.queries.voice import Voice


def about(voice: Voice, fact: TargetFact, most: int) -> Runs:
    """Return the paragraph of one target: value, verdict, whole period, change, reservations."""
    if fact.value.value is None:
        reason = fact.value.reason or Text("没有可用数据", "there is no evidence")
        return voice.say("target.no_value", reason=reason)
    return voice.flow(
        [
            level(voice, fact),
            verdict(voice, fact),
            whole(voice, fact),
            change(voice, fact),
            reservations(voice, fact, most),
        ]
    )


def level(voice: Voice, fact: TargetFact) -> Runs:
    """Say the value, its interval and the number of rows; name the period where it is not the report's."""
    found = fact.value
    assert found.period is not None
    span = None if found.period == voice.period else voice.say("target.span", period=voice.when(found.period))
    low, high = (wording.end_of_interval(voice, found, aspect) for aspect in ("low", "high"))
    value = wording.value(voice, found)
    if low and high:
        rows = voice.of(
            found.indicator,
            found.n,
            aspect="n",
            unit="",
            decimals=0,
            period=found.period,
            versions=found.versions,
        )
        return voice.say("target.level_sample", span=span, value=value, low=low, high=high, n=rows)
    return voice.say("target.level", span=span, value=value)


def verdict(voice: Voice, fact: TargetFact) -> Runs:
    """Say how the value stands to its target."""
    found, target = fact.value, wording.aim_in_words(voice, fact)
    if found.status is Status.no_target or not target:
        return voice.say("target.no_figure")
    if found.status is Status.not_due:
        return _on_the_way(voice, fact)
    if found.status is Status.undecided:
        return voice.say("target.undecided", target=target)
    if found.status is Status.no_data:
        return voice.say("target.no_reference", target=target)
    if fact.review.interim:
        met = found.status is Status.met
        return voice.say("target.stage_met" if met else "target.stage_not_met", target=target)
    if found.status is Status.met:
        return voice.say("target.met", target=target)
    if fact.gap is None:  # some earlier period was missed, the latest was not
        failed = voice.text("mark.list").join(found.failed)
        return voice.say("target.periods_missed", target=target, failed=failed)
    gap = wording.points(voice, found.indicator, fact.gap, "gap")
    return voice.say("target.not_met", target=target, gap=gap)


def _on_the_way(voice: Voice, fact: TargetFact) -> Runs:
    target, path = wording.aim_in_words(voice, fact), wording.aim_number(voice, fact)
    if path is None or fact.value.pace is None:
        return voice.say("target.not_due", target=target)
    on_track = fact.value.pace is Pace.on_track
    return voice.say("target.on_track" if on_track else "target.behind", target=target, path=path)


def whole(voice: Voice, fact: TargetFact) -> Runs:
    """Say the value over the whole period where the target is judged over shorter ones."""
    estimate, found = fact.review.whole, fact.value
    if estimate is None or estimate.value is None or estimate.low is None:
        return ()
    value = voice.of(found.indicator, estimate.value, versions=found.versions)
    return voice.say("target.whole", period=voice.when(voice.period), value=value)


def change(voice: Voice, fact: TargetFact) -> Runs:
    """Say how the value moved against the same span a year earlier, and whether chance may have done it."""
    before = wording.earlier(voice, fact)
    if fact.change is None or before is None:
        return voice.say("target.incomparable_none")
    if fact.course == "same":
        return voice.say("target.same", before=before)
    rose = fact.change.difference > 0
    step = wording.step(voice, fact.review.indicator, fact.change)
    said = voice.say("target.rose" if rose else "target.fell", before=before, step=step)
    return (*said, *_significance(voice, fact))


def _significance(voice: Voice, fact: TargetFact) -> Runs:
    assert fact.change is not None
    way = "better" if fact.course == "better" else "worse"
    if fact.incomparable is not None:
        return voice.say("target.indication", reason=fact.incomparable)
    if fact.change.p_value is None:
        return voice.say("target.census_better" if way == "better" else "target.census_worse")
    chance = wording.chance(voice, fact.code, fact.change.p_value, fact.value)
    if not fact.change.is_significant(voice.significance):
        return voice.say("target.insignificant", chance=chance)
    return voice.say("target.significant_better" if way == "better" else "target.significant_worse", chance=chance)


def reservations(voice: Voice, fact: TargetFact, most: int) -> Runs:
    """Say what makes the value less sure: an interval across the target, reported totals, refused rows, gaps."""
    found, said = fact.value, []
    if found.status is Status.met and fact.gap is not None and not fact.review.interim:
        said.append(voice.say("target.rounded"))
    if fact.uncertain and found.low is not None:
        said.append(voice.say("target.straddles"))
    if found.certainty is Certainty.too_few:
        said.append(voice.say("target.too_few"))
    if found.source in ("reported", "mixed"):
        said.append(voice.say("target.reported"))
    if found.refused:
        said.append(voice.say("target.refused", number=wording.refused(voice, found)))
    if found.missing and len(found.missing) <= most:
        said.append(voice.say("target.missing", names=wording.named_places(voice, found.missing)))
    elif found.missing:
        number = voice.of(found.indicator, len(found.missing), aspect="missing", unit="个", decimals=0)
        said.append(voice.say("target.missing_many", number=number))
    return voice.flow(said)
