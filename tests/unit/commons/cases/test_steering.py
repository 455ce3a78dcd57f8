"""Handing a case to a person, extending, pausing and resuming its clocks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from qualicity.commons.cases import actions, queries
from qualicity.errors import FileError, InputError, NotAllowedError, NotPossibleError

ZONE = ZoneInfo("Asia/Shanghai")


def test_a_case_is_handed_to_a_person_of_the_unit(assigned: Any, people: Any) -> None:
    case = actions.assign(case=assigned, person=people["reporter"], by=people["reviewer"])
    assert case.person == people["reporter"]
    with pytest.raises(InputError, match="不是责任单位"):
        actions.assign(case=case, person=people["county"], by=people["office"])
    with pytest.raises(NotAllowedError):
        actions.assign(case=case, person=None, by=people["leader"])


def test_an_agreed_deadline_moves_to_another_day(assigned: Any, people: Any) -> None:
    case = actions.extend(case=assigned, due=date(2014, 7, 31), reason="汛期", by=people["office"])
    assert case.due_day == date(2014, 7, 31)
    with pytest.raises(NotAllowedError):
        actions.extend(case=case, due=date(2014, 8, 31), reason="汛期", by=people["reporter"])
    with pytest.raises(InputError):
        actions.extend(case=case, reason="汛期", by=people["office"])


def test_days_of_a_pause_do_not_count(assigned: Any, people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    case = actions.suspend(case=assigned, reason="送检", by=people["office"])
    assert case.due is None
    assert case.paused
    assert queries.look(case) == "paused"
    (clock,) = queries.clocks_of(case)
    assert queries.running(clock).remaining.days == 20
    monkeypatch.setenv("QUALICITY_TODAY", "2014-06-17")
    assert queries.running(clock).remaining.days == 20
    case = actions.resume(case=case, by=people["office"])
    assert case.due_day == date(2014, 7, 6)  # the days from the 11th to the 16th did not count
    assert not case.paused
    (clock,) = queries.clocks_of(case)
    assert queries.running(clock).remaining.days == 19  # the day of going on counts as the first


def test_a_deadline_that_has_passed_is_not_paused_away(
    assigned: Any, people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALICITY_TODAY", "2014-07-01")
    with pytest.raises(NotPossibleError):
        actions.suspend(case=assigned, reason="送检", by=people["office"])
    (clock,) = queries.clocks_of(assigned)
    found = queries.running(clock)
    assert (found.look, found.remaining.days, found.remaining.overdue) == ("overdue", -1, True)


def test_a_state_that_waits_for_others_pauses_the_clock_and_coming_back_resumes_it(
    people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = actions.open_case(
        type="rectification", subject="finding:1", title_zh="整改", organisation="environment",
        due=date(2014, 6, 20), by=people["office"],
    )  # fmt: skip
    case = actions.move(case=case, move="report", by=people["reporter"], evidence=["submission:1"])
    assert (case.due, case.paused) == (None, True)
    monkeypatch.setenv("QUALICITY_TODAY", "2014-06-13")
    case = actions.move(case=case, move="return", by=people["office"], reason="不到位")
    assert case.due_day == date(2014, 6, 22)  # neither the 11th nor the 12th counted


def test_a_clock_of_the_table_counts_working_days_and_begins_anew(people: Any) -> None:
    case = actions.open_case(
        type="document_approval", subject="document:1", title_zh="通报", organisation="environment",
        by=people["reporter"],
    )  # fmt: skip
    assert (case.due, queries.look(case)) == (None, "none")
    case = actions.move(case=case, move="to_section", by=people["reporter"])
    assert case.due_day == date(2014, 6, 12)
    assert case.owner == f"{people['reviewer'].organisation_id}:reviewer"
    case = actions.move(case=case, move="return", by=people["reviewer"], reason="改")
    assert case.due is None
    case = actions.move(case=case, move="to_section", by=people["reporter"])
    case = actions.move(case=case, move="to_office", by=people["reviewer"])
    case = actions.move(case=case, move="to_leader", by=people["office"])
    assert case.owner == ":leader"
    assert actions.move(case=case, move="issue", by=people["leader"]).state == "issued"
    assert [one.code for one in queries.clocks_of(case)] == ["section", "section", "office", "leader"]


def test_files_are_kept_once_and_empty_ones_refused(assigned: Any, people: Any, tmp_path: Path) -> None:
    file, empty = tmp_path / "a.txt", tmp_path / "b.txt"
    file.write_bytes(b"abc")
    empty.write_bytes(b"")
    first = actions.attach(case=assigned, file=file, by=people["reporter"], note="照片")
    again = actions.attach(case=assigned, file=file, by=people["reviewer"])
    assert first == again
    with pytest.raises(FileError, match="空"):
        actions.attach(case=assigned, file=empty, by=people["reporter"])
    with pytest.raises(NotAllowedError):
        actions.attach(case=assigned, file=file, by=people["auditor"])
    assert [one.code for one in queries.moves_of(assigned)] == ["open", "attach"]
    # adding a file is no reason to look again
    actions.move(case=assigned, move="begin", by=people["reporter"])


def test_a_day_in_the_past_may_be_named_but_none_to_come(assigned: Any, people: Any) -> None:
    with pytest.raises(InputError, match="还没有到"):
        actions.move(case=assigned, move="begin", by=people["reporter"], on=date(2014, 6, 11))
    case = actions.move(case=assigned, move="begin", by=people["reporter"], on=date(2014, 6, 9))
    entry = queries.moves_of(case)[-1]
    assert entry.on == date(2014, 6, 9)
    assert entry.at - datetime(2014, 6, 10, tzinfo=ZONE) < timedelta(days=1)
