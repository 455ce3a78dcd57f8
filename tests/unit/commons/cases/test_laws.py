"""A case runs under the law in force on the day on which it was opened; where there is none it is not opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from qualicity.commons.cases import actions, queries
from qualicity.commons.cases.models import Case
from qualicity.definitions import catalogue
from qualicity.errors import NotAllowedError, NotFoundError, NotPossibleError

if TYPE_CHECKING:
    from collections.abc import Iterator

COMPLAINT = """
code: complaint
title: {zh: 投诉, en: Complaint}
text: {zh: 测试用, en: for the test}
start: received
states:
  - {code: received, title: {zh: 已收到, en: Received}, owner: responsible}
  - {code: mediating, title: {zh: 调解中, en: In mediation}, owner: responsible}
  - {code: ended, title: {zh: 已终止, en: Ended}, owner: responsible, is_end: true}
moves:
  - {code: accept, title: {zh: 受理, en: Accept}, from: [received], to: mediating, who: [{party: responsible}]}
  - {code: end, title: {zh: 终止, en: End}, from: [received, mediating], to: ended, who: [{party: responsible}]}
clocks:
  - code: accept
    title: {zh: 受理, en: Accept}
    law: {law: complaints, step: accept}
    starts: [received]
    stops: [mediating]
  - {code: mediate, title: {zh: 调解, en: Mediate}, law: {law: complaints, step: mediate}, starts: [mediating]}
  - {code: clue, title: {zh: 核查, en: Check}, law: {law: complaints, step: check_clue}, starts: [mediating]}
"""


@pytest.fixture(autouse=True)
def _own_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "definitions"
    (folder / "cases").mkdir(parents=True)
    (folder / "cases" / "complaint.yaml").write_text(COMPLAINT, encoding="utf-8")
    monkeypatch.setenv("QUALICITY_DEFINITIONS", str(folder))
    catalogue.forget()
    yield
    catalogue.forget()


def complaint(people: Any) -> Case:
    return actions.open_case(
        type="complaint", subject="complaint:1", title_zh="投诉", organisation="environment", by=people["office"]
    )


def test_a_law_without_a_text_for_the_day_refuses_and_says_which_there_are(people: Any) -> None:
    with pytest.raises(NotFoundError, match=r"2014-06-10 没有可适用的文本.*令第20号.*令第121号"):
        complaint(people)
    assert not Case.objects.exists()


def test_a_case_keeps_the_law_under_which_it_was_opened(people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALICITY_TODAY", "2026-04-14")
    case = complaint(people)
    monkeypatch.setenv("QUALICITY_TODAY", "2026-04-20")
    case = actions.move(case=case, move="accept", by=people["reporter"])
    clocks = {one.code: one for one in queries.clocks_of(case)}
    mediate = clocks["mediate"]
    assert (mediate.text, mediate.number, mediate.unit) == ("order-20", 45, "working_days")
    assert clocks["accept"].stand == "stopped"
    fresh = complaint(people)
    fresh = actions.move(case=fresh, move="accept", by=people["reporter"])
    mediate = next(one for one in queries.clocks_of(fresh) if one.code == "mediate")
    assert (mediate.text, mediate.clause, mediate.unit) == ("order-121", "第23条第5项、第22条", "calendar_days")
    (row,) = queries.case_rows([fresh])
    assert "第27条" in str(row.why)


def test_an_extension_goes_no_further_than_the_law_allows(people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALICITY_TODAY", "2026-04-20")
    case = actions.move(case=complaint(people), move="accept", by=people["reporter"])
    before = case.due_day
    case = actions.extend(case=case, clock="clue", number=10, reason="复杂", by=people["office"])
    assert case.due_day is not None
    assert before is not None
    assert case.due_day > before
    with pytest.raises(NotPossibleError, match="最多延长 15，已延长 10"):
        actions.extend(case=case, clock="clue", number=6, reason="复杂", by=people["office"])
    with pytest.raises(NotAllowedError, match="最多延长 0"):
        actions.extend(case=case, clock="mediate", number=1, reason="复杂", by=people["office"])
    with pytest.raises(NotPossibleError, match="请指明"):
        actions.suspend(case=case, reason="送检", by=people["office"])
    case = actions.suspend(case=case, clock="mediate", reason="送检", by=people["office"])
    assert case.due_day is not None, "the other clock runs on"


def test_beyond_the_calendars_that_are_known_a_deadline_is_provisional(
    people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALICITY_TODAY", "2030-12-25")
    case = complaint(people)
    assert case.provisional
    assert case.due_day is not None


def test_a_step_that_the_text_of_the_day_lacks_has_no_clock_where_the_table_allows_for_that(
    people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Order 133 has no clock from the order to correct to the recheck; order 18 counts 75 days from it."""
    found = {}
    for day in ("2014-06-10", "2026-04-20"):
        monkeypatch.setenv("QUALICITY_TODAY", day)
        case = actions.open_case(
            type="product_failure", subject=f"sample:{day}", title_zh="不合格", organisation="quality-supervision",
            enterprise="91410122000000190J", by=people["office"],
        )  # fmt: skip
        for move in ("serve", "close_period", "order_correction"):
            case = actions.move(case=case, move=move, by=people["office"])
        found[day] = {one.code: one.number for one in queries.clocks_of(case) if one.stand == "running"}
    assert found == {"2014-06-10": {"correct": 30}, "2026-04-20": {"correct": 60, "recheck": 75}}
