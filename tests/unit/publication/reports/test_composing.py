"""The report says nothing that no fact says, and no number that is not bound."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.publication.reports.conftest import PLAN

from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.periods import parse
from qualicity.engines.documents.official.model import (
    Figure,
    Heading,
    Picture,
    blocks_of,
    figures_of,
    plain,
    runs_of,
)
from qualicity.methods.rounding import round_half_even
from qualicity.publication.reports.queries.composing import compose_quality
from qualicity.publication.reports.queries.facts import Asked
from qualicity.publication.reports.queries.gathering import gather

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.usefixtures("world")
DATES = re.compile(
    r"[0-9]{4}年(?:第[0-9]季度|[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[0-9]{4}-[0-9]{2}-[0-9]{2}|〔[0-9]{4}〕[0-9]+号"
    r"|\b[QH][1-4] [0-9]{4}\b|\b[0-9]{1,2} [A-Z][a-z]+ [0-9]{4}\b|\b(?:19|20)[0-9]{2}\b(?!\.)"
)


def defined() -> list[str]:
    """Return the words of definitions that hold digits: titles, units, methods, documents; the longest first."""
    known = catalogue()
    words = [text for one in PLAN.indicators for text in (one.title.zh, one.title.en, one.unit)]
    words += [PLAN.document.number, PLAN.title.zh, PLAN.title.en]
    words += [text for one in known.registers.values() for text in (one.title.zh, one.title.en)]
    return sorted({one for one in words if re.search(r"[0-9]", one)}, key=len, reverse=True)


def loose(document: Any) -> Iterator[tuple[str, str]]:
    """Return every digit group that is neither bound nor a day nor a word of a definition, with what is around it."""
    for block in blocks_of(document):
        if isinstance(block, Picture):
            continue
        words = "".join("" if isinstance(run, Figure) else plain((run,)) for run in runs_of(block))
        rest = words
        for one in defined():
            rest = rest.replace(one, "")
        for found in re.finditer(r"[0-9０-９]+", DATES.sub("", rest)):
            yield found[0], words[:80]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("label", ["2014", "2014H1", "2014Q3"])
def test_every_number_of_the_text_is_bound(language: str, label: str) -> None:
    composed = compose_quality(Asked(PLAN, parse(label)), language=language)
    assert list(loose(composed.document)) == []
    assert len(composed.figures) > 500


def test_the_search_for_loose_numbers_finds_one(period: Any) -> None:
    composed = compose_quality(Asked(PLAN, period))
    first = next(part for part in composed.parts if part.key == "summary/scope")
    broken = type(composed.document)(
        kind="report", title="x", blocks=(type(first.block)((*first.block.runs, "合格率为97.1%")),)
    )
    assert [found for found, _ in loose(broken)] == ["97", "1"]


def test_a_value_reads_as_it_is_rounded_on_the_pages(period: Any) -> None:
    composed = compose_quality(Asked(PLAN, period))
    decimals = {one.code: one.target.decimals for one in PLAN.indicators}
    checked = 0
    for one in composed.figures:
        if one.code in decimals and one.value is not None:
            number = re.match(r"-?[0-9.]+", one.text)
            assert number is not None, one
            assert float(number[0]) == round_half_even(one.value, decimals[one.code]), one
            assert one.versions, one
            assert one.href.startswith(f"/indicators/{one.code}/?"), one
            checked += 1
    assert checked > 100


def test_the_same_facts_give_the_same_report(period: Any) -> None:
    asked = Asked(PLAN, period)
    assert compose_quality(asked).document == compose_quality(asked).document


def test_no_change_is_claimed_that_chance_could_have_made(period: Any) -> None:
    facts = gather(Asked(PLAN, period))
    text = {part.key: plain(tuple(runs_of(part.block))) for part in compose_quality(Asked(PLAN, period)).parts}
    sampled = [one for one in facts.targets if one.change is not None and one.change.p_value is not None]
    assert {bool(one.change.is_significant()) for one in sampled if one.change} == {True, False}
    for one in sampled:
        assert one.change is not None
        said = text[f"{one.value.area}/{one.code}"]
        if one.course != "same":
            assert ("差异显著" in said) is bool(one.change.is_significant()), said
            assert ("不能据此认定有变化" in said) is not bool(one.change.is_significant()), said


def test_places_that_intervals_do_not_tell_apart_are_not_ranked(period: Any) -> None:
    facts = gather(Asked(PLAN, period))
    alike = [one for one in facts.targets if one.places and not one.can_rank]
    text = {part.key: plain(tuple(runs_of(part.block))) for part in compose_quality(Asked(PLAN, period)).parts}
    for one in alike:
        assert "最好的是" not in text[f"{one.value.area}/{one.code}"]
        assert "处于较好位置" not in text[f"{one.value.area}/{one.code}"]


def test_what_the_parts_carry_adds_up_to_the_gap(period: Any) -> None:
    facts = gather(Asked(PLAN, period))
    seen = 0
    for one in facts.targets:
        for column in {cause.column for cause in one.causes} - {"place"}:
            parts = [cause for cause in one.causes if cause.column == column]
            total = sum(part.weight * part.value for part in parts)
            assert one.aim is not None
            less = one.review.indicator.target.kind in ("at_most", "below", "below_reference")
            expected = (total - one.aim) if less else (one.aim - total)
            assert sum(part.contribution for part in parts) == pytest.approx(expected)
            seen += 1
    assert seen


def test_a_stage_on_the_way_is_no_verdict() -> None:
    composed = compose_quality(Asked(PLAN, parse("2014H1")))
    facts = composed.facts
    stages = [one for one in facts.targets if one.review.interim]
    assert stages
    text = {part.key: plain(tuple(runs_of(part.block))) for part in composed.parts}
    for one in stages:
        said = text[f"{one.value.area}/{one.code}"]
        assert "年度终了再作判定" in said or one.value.status in ("not_due", "no_target"), said
        assert "，达标。" not in said
        assert "未达标。" not in said


def test_what_is_not_in_the_data_is_said(period: Any) -> None:
    text = "".join(plain(tuple(runs_of(block))) for block in blocks_of(compose_quality(Asked(PLAN, period)).document))
    assert PLAN.industries is not None
    for words in PLAN.industries.not_in_data:
        assert words.zh in text


def test_every_section_stands_in_its_place(period: Any) -> None:
    document = compose_quality(Asked(PLAN, period)).document
    first = [plain(one.runs) for one in document.blocks if isinstance(one, Heading) and one.level == 1]
    assert first == [
        "摘要",
        "总体情况",
        *[area.title.zh for area in PLAN.areas],
        "重点行业",
        "风险与建议",
    ]
    assert len(document.attachments) == 2


def test_another_world_gives_other_numbers(world: Callable[..., Any], period: Any) -> None:
    before = {one.text for one in figures_of(compose_quality(Asked(PLAN, period)).document)}
    world(seed=2)
    assert before != {one.text for one in figures_of(compose_quality(Asked(PLAN, period)).document)}
