"""Opening a case and moving it: who may, what it takes, what is kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from qualicity.commons.audit import queries as audit
from qualicity.commons.cases import actions, queries
from qualicity.commons.cases.models import Case, CaseMove
from qualicity.errors import InputError, NotAllowedError, NotFoundError, NotPossibleError, StaleError


def test_a_case_begins_with_its_owner_deadline_and_first_entry(assigned: Any, people: Any) -> None:
    assert assigned.state == "assigned"
    assert assigned.owner == f"{people['reporter'].organisation_id}:"
    assert assigned.due.isoformat() == "2014-06-30T23:59:59.999999+08:00"
    assert [one.code for one in queries.moves_of(assigned)] == ["open"]
    assert audit.records(search=f"case:{assigned.pk}").get().verb == "cases.open"


def test_an_assignment_goes_from_hand_to_hand_until_somebody_else_closes_it(
    assigned: Any, people: Any, tmp_path: Path
) -> None:
    case = actions.move(case=assigned, move="begin", by=people["reporter"])
    proof = tmp_path / "proof.txt"
    proof.write_text("done", encoding="utf-8")
    case = actions.move(case=case, move="submit", by=people["reporter"], evidence=[proof])
    assert case.owner == f"{people['office'].organisation_id}:"
    case = actions.move(case=case, move="close", by=people["office"])
    assert not case.is_open
    assert case.due is None
    assert case.owner == ""
    trail = queries.moves_of(case)
    assert [(one.before, one.after) for one in trail[1:]] == [
        ("assigned", "in_progress"), ("in_progress", "submitted"), ("submitted", "closed"),
    ]  # fmt: skip
    (kept,) = queries.attachments_of(case)
    assert queries.file_of(kept.sha256).read_text(encoding="utf-8") == "done"
    assert trail[2].evidence == [{"attachment": kept.pk, "name": "proof.txt", "sha256": kept.sha256}]
    assert audit.verify().ok


def test_what_a_move_needs_is_asked_for(assigned: Any, people: Any) -> None:
    case = actions.move(case=assigned, move="begin", by=people["reporter"])
    with pytest.raises(InputError, match="佐证"):
        actions.move(case=case, move="submit", by=people["reporter"])
    with pytest.raises(InputError, match="理由"):
        actions.move(case=case, move="ask_extension", by=people["reporter"], reason=" ")
    with pytest.raises(InputError, match="不改变时限"):
        actions.move(case=case, move="ask_extension", by=people["reporter"], reason="雨", due=date(2014, 7, 1))
    case = actions.move(case=case, move="ask_extension", by=people["reporter"], reason="连日降雨")
    with pytest.raises(InputError, match="新的时限"):
        actions.move(case=case, move="grant_extension", by=people["office"])
    with pytest.raises(InputError, match="早于"):
        actions.move(case=case, move="grant_extension", by=people["office"], due=date(2014, 6, 1))
    case = actions.move(case=case, move="grant_extension", by=people["office"], due=date(2014, 7, 15))
    assert case.due_day == date(2014, 7, 15)


def test_unknown_and_impossible_moves_say_what_is_possible(assigned: Any, people: Any) -> None:
    with pytest.raises(NotFoundError, match="begin"):
        actions.move(case=assigned, move="begn", by=people["reporter"])
    with pytest.raises(NotPossibleError, match="开始办理"):
        actions.move(case=assigned, move="close", by=people["office"])


@pytest.mark.parametrize("who", ["county", "office", "second", "leader", "auditor", "expert"])
def test_only_the_responsible_organisation_begins(assigned: Any, people: Any, who: str) -> None:
    with pytest.raises((NotAllowedError, NotFoundError)):
        actions.move(case=assigned, move="begin", by=people[who])
    assert Case.objects.get().state == "assigned"


def test_the_second_person_is_another_one(people: Any) -> None:
    letter = actions.open_case(
        type="supervision_letter", subject="task:3", title_zh="督办", organisation="quality-supervision",
        due=date(2014, 6, 20), by=people["office"],
    )  # fmt: skip
    letter = actions.move(case=letter, move="answer", by=people["office"], reason="已办")
    with pytest.raises(NotAllowedError, match="另一人"):
        actions.move(case=letter, move="close", by=people["office"])
    assert "close" not in [one.move.code for one in queries.allowed_moves(letter, people["office"])]
    assert actions.move(case=letter, move="close", by=people["second"]).state == "closed"


def test_who_looks_at_an_old_page_is_told_who_was_faster(assigned: Any, people: Any) -> None:
    actions.move(case=assigned, move="begin", by=people["reporter"])
    with pytest.raises(StaleError, match="先行办理"):
        actions.move(case=assigned, move="begin", by=people["reporter"])
    with pytest.raises(StaleError):
        actions.move(case=Case.objects.get(), move="submit", by=people["reporter"], seen=1, evidence=["x:1"])


def test_the_trail_is_never_changed(assigned: Any) -> None:
    entry = CaseMove.objects.get()
    entry.reason = "other"
    for change in (entry.save, entry.delete, CaseMove.objects.all().delete, CaseMove.objects.all().update):
        with pytest.raises(AssertionError):
            change()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_casemove SET reason = 'other'")


def test_a_write_that_fails_leaves_nothing(assigned: Any, people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_given: Any) -> None:
        raise RuntimeError("no audit")

    monkeypatch.setattr("qualicity.commons.cases.actions.writing.audit.record", broken)
    with pytest.raises(RuntimeError):
        actions.move(case=assigned, move="begin", by=people["reporter"])
    assert (Case.objects.get().state, CaseMove.objects.count()) == ("assigned", 1)


def test_an_objection_is_raised_once_and_decided_by_another(people: Any) -> None:
    given = {
        "type": "assessment_objection",
        "subject": "assessment:2014",
        "title_zh": "异议",
        "organisation": "environment",
    }
    case = actions.open_case(**given, by=people["reporter"])
    with pytest.raises(NotPossibleError, match="一次"):
        actions.open_case(**given, by=people["reporter"])
    case = actions.move(case=case, move="take_up", by=people["office"])
    with pytest.raises(NotAllowedError):
        actions.move(case=case, move="uphold", by=people["office"], reason="成立")
    assert actions.move(case=case, move="uphold", by=people["second"], reason="成立").state == "upheld"


def test_opening_asks_permission_subject_and_deadline(people: Any) -> None:
    given = {"type": "assignment", "subject": "task:1", "title_zh": "任务", "due": date(2014, 6, 30)}
    with pytest.raises(NotAllowedError):
        actions.open_case(**given, organisation="environment", by=people["reporter"])
    with pytest.raises(NotAllowedError):
        actions.open_case(**given, organisation="environment", by=people["county"])
    assert actions.open_case(**given, organisation="zhongmu", by=people["county"]).state == "assigned"
    with pytest.raises(InputError, match="时限"):
        actions.open_case(**given | {"due": None}, organisation="environment", by=people["office"])
    with pytest.raises(InputError, match="早于"):
        actions.open_case(**given | {"due": date(2014, 6, 1)}, organisation="environment", by=people["office"])
    with pytest.raises(InputError, match="类别"):
        actions.open_case(**given | {"subject": "1"}, organisation="environment", by=people["office"])
    with pytest.raises(NotFoundError, match="environment"):
        actions.open_case(**given, organisation="enviroment", by=people["office"])


def test_many_are_opened_together_or_not_at_all(people: Any, django_assert_max_num_queries: Any) -> None:
    new = [
        actions.NewCase(f"task:{number}", f"任务{number}", "environment", due=date(2014, 6, 30))
        for number in range(40)
    ]
    with django_assert_max_num_queries(20):
        opened = actions.open_many(type="assignment", items=new, by=people["office"])
    assert len({one.pk for one in opened}) == 40
    assert all(one.due_day == date(2014, 6, 30) for one in Case.objects.all())
    assert CaseMove.objects.count() == 40
    assert audit.records(verb="cases.open_many").count() == 1
    moved = actions.move(case=opened[7], move="begin", by=people["reporter"])
    assert moved.entries == 2
    with pytest.raises(InputError):
        actions.open_many(
            type="assignment", items=[*new, actions.NewCase("x", "y", "environment")], by=people["office"]
        )
    assert Case.objects.count() == 40


def test_a_case_is_seen_by_both_sides_by_its_person_and_by_who_sees_all(assigned: Any, people: Any) -> None:
    seeing = {name for name, one in people.items() if _sees(one, assigned.pk)}
    assert seeing == {"office", "second", "reporter", "reviewer", "director", "leader", "auditor"}
    assert list(queries.cases(people["county"])) == []
    assert list(queries.cases(people["reporter"], type="assignment", open_only=True, subject="task:14")) == [assigned]


def _sees(person: Any, number: int) -> bool:
    try:
        queries.case(number, person)
    except (NotFoundError, NotAllowedError):
        return False
    return True
