"""Submit, return, accept, correct: who may, when, and what stands in the register afterwards."""

from __future__ import annotations

import polars as pl
import pytest

from qualicity.commons.audit import actions as audit_actions
from qualicity.commons.audit import queries as audit
from qualicity.errors import InputError, NotAllowedError, NotFoundError, NotPossibleError, StaleError
from qualicity.evidence.submissions import actions, queries
from qualicity.evidence.submissions.lifecycle import MOVES, WHO_ACTS, State, can_move, diagram
from qualicity.evidence.submissions.models import RegisterTable, Submission, VersionMark
from qualicity.evidence.submissions.queries.paths import rows_path
from qualicity.evidence.submissions.queries.tables import open_lake

from .conftest import BAD, GOOD


def rows_in_register() -> pl.DataFrame:
    frame = queries.scan("waste")
    return pl.DataFrame() if frame is None else frame.collect()


def test_every_state_has_somebody_who_acts_next():
    assert set(WHO_ACTS) == set(State)


def test_every_move_is_drawn():
    drawn = diagram()
    assert all(f"{one.before or '[*]'} --> {one.after}: {one.verb}" in drawn for one in MOVES)


def test_nothing_leaves_superseded():
    assert not any(can_move(one.verb, State.SUPERSEDED) for one in MOVES)


def test_accepted_rows_are_in_the_register_and_bear_their_submission(accepted):
    done = accepted()
    assert done.state == State.ACCEPTED
    assert done.accepted_rows == 3
    rows = rows_in_register()
    assert rows.height == 3
    assert rows["submission_id"].unique().to_list() == [done.pk]
    assert sorted(rows["row_number"]) == [2, 3, 4]
    assert not rows_path(done.pk).exists()


def test_nothing_is_visible_before_acceptance(file_in, house):
    draft = file_in()
    assert rows_in_register().is_empty()
    actions.submit(submission=draft, by=house["county"])
    assert rows_in_register().is_empty()


def test_the_pointer_and_the_mark_name_the_version_that_readers_open(accepted):
    done = accepted()
    table = RegisterTable.objects.get(code="waste")
    mark = VersionMark.objects.get()
    assert (table.version, table.rows) == (mark.version, 3)
    assert mark.submission_id == done.pk
    assert queries.versions() == {"waste": table.version}
    assert queries.lake_files("waste", table.version)


def test_acceptance_is_audited_with_the_versions(accepted):
    done = accepted()
    record = audit.records(verb="submissions.accept").get()
    assert record.subject == f"submission:{done.pk}"
    assert record.detail["version"] == queries.versions()["waste"]
    assert record.detail["accepted_rows"] == 3
    assert audit.verify().ok


def test_a_failing_audit_undoes_the_acceptance_and_a_retry_works(file_in, house, monkeypatch):
    submitted = actions.submit(submission=file_in(), by=house["county"])

    def broken(**_given):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(audit_actions, "record", broken)
        with pytest.raises(RuntimeError):
            actions.accept(submission=submitted, by=house["office"])
    # The lake has an orphan by now; nobody sees it.
    assert open_lake().head("waste") == 1
    assert queries.versions() == {}
    assert Submission.objects.get().state == State.SUBMITTED
    done = actions.accept(submission=submitted, by=house["office"])
    assert done.state == State.ACCEPTED
    assert rows_in_register().height == 3
    assert audit.records(verb="submissions.accept").get().detail["orphan_restored"] is True
    assert all(one.ok for one in actions.verify_lake(by=house.operator))


def test_warnings_need_an_explanation(accepted, file_in, house):
    accepted()
    draft = file_in(GOOD[0].replace("1031.7", "1131.7"), name="again.csv")
    with pytest.raises(NotPossibleError, match="explain"):
        actions.submit(submission=draft, by=house["county"])
    assert actions.submit(submission=draft, explanation="两次清运", by=house["county"]).explanation == "两次清运"


def test_only_the_operator_may_leave_warnings_unexplained(accepted, file_in, house):
    accepted()
    draft = file_in(GOOD[0].replace("1031.7", "1131.7"), name="again.csv")
    with pytest.raises(NotPossibleError):
        actions.submit(submission=draft, unexplained=True, by=house["office"])
    submitted = actions.submit(submission=draft, unexplained=True, by=house.operator)
    done = actions.accept(submission=submitted, by=house.operator)
    assert done.state == State.ACCEPTED
    assert audit.records(verb="submissions.accept").first().detail["unexplained"] is True


def test_whoever_filed_or_submitted_may_not_accept(file_in, house):
    draft = file_in(by="office")
    submitted = actions.submit(submission=draft, by=house["office"])
    with pytest.raises(NotAllowedError):
        actions.accept(submission=submitted, by=house["office"])
    assert actions.accept(submission=submitted, by=house["office2"]).state == State.ACCEPTED


@pytest.mark.parametrize("who", ["reporter", "reviewer", "county", "expert", "auditor", "leader"])
def test_only_the_office_accepts(file_in, house, who):
    submitted = actions.submit(submission=file_in(by="inspector"), by=house["county"])
    with pytest.raises(NotAllowedError):
        actions.accept(submission=submitted, by=house[who])


def test_another_county_does_not_even_know_of_it(file_in, house):
    draft = file_in()
    with pytest.raises(NotFoundError):
        queries.submission(draft.pk, by=house["neighbour"])
    with pytest.raises(NotFoundError):
        actions.submit(submission=draft, by=house["neighbour"])
    assert not queries.submissions(by=house["neighbour"]).exists()


def test_an_inspector_files_but_does_not_submit(file_in, house):
    draft = file_in(by="inspector")
    with pytest.raises(NotAllowedError):
        actions.submit(submission=draft, by=house["inspector"])


def test_the_second_of_two_reviewers_is_told_that_somebody_was_faster(file_in, house):
    submitted = actions.submit(submission=file_in(), by=house["county"])
    seen = queries.submission(submitted.pk, by=house["office2"])
    actions.accept(submission=submitted, by=house["office"])
    with pytest.raises(StaleError):
        actions.accept(submission=seen, by=house["office2"])
    assert rows_in_register().height == 3


def test_what_is_sent_back_needs_a_reason_and_keeps_it(file_in, house):
    submitted = actions.submit(submission=file_in(), by=house["county"])
    with pytest.raises((InputError, NotPossibleError)):
        actions.return_(submission=submitted, reason=" ", by=house["office"])
    back = actions.return_(submission=submitted, reason="缺少三月", by=house["office"])
    assert (back.state, back.reason) == (State.RETURNED, "缺少三月")
    with pytest.raises(StaleError):
        actions.accept(submission=submitted, by=house["office"])


def test_a_file_sent_back_by_a_person_cannot_be_accepted_for_its_good_rows(file_in, house):
    back = actions.return_(submission=file_in(), reason="填错期间", by=house["reviewer"])
    assert "accept_good_rows" not in {one.verb for one in queries.moves(back, by=house["office"])}
    with pytest.raises(NotPossibleError):
        actions.accept(submission=back, good_rows_only=True, reason="仍受理", by=house["office"])


def test_good_rows_are_accepted_with_a_reason_and_the_refused_stay_counted(file_in, house):
    returned = file_in(*GOOD[:2], BAD)
    with pytest.raises(NotPossibleError):
        actions.accept(submission=returned, good_rows_only=True, by=house["office"])
    done = actions.accept(submission=returned, good_rows_only=True, reason="三月待补", by=house["office"])
    assert (done.accepted_rows, done.refused_rows) == (2, 1)
    assert rows_in_register().height == 2
    assert queries.refused_rows("waste", done.period_start, done.period_end) == 1
    assert queries.refused("waste") == ((done.period_start, done.period_end, "410122", 1),)


def test_a_file_without_a_good_row_cannot_be_accepted(file_in, house):
    returned = file_in(BAD)
    assert not queries.moves(returned, by=house["office"])
    with pytest.raises(NotPossibleError, match="None of the rows"):
        actions.accept(submission=returned, good_rows_only=True, reason="仍受理", by=house["office"])


def test_a_correction_replaces_the_rows_of_what_it_corrects(accepted, house):
    first = accepted()
    other = accepted("中牟县,2014-04-30,900.4,800.1,500.2,299.9", name="other.csv", period=queries_period("2014Q2"))
    second = accepted(GOOD[0].replace("1031.7", "1131.7"), GOOD[1], name="corrected.csv", corrects=first)
    rows = rows_in_register()
    assert sorted(rows["submission_id"].unique()) == sorted([other.pk, second.pk])
    assert rows.filter(pl.col("submission_id") == second.pk)["collected"].to_list() == [1131.7, 964.3]
    first.refresh_from_db()
    assert first.state == State.SUPERSEDED
    assert RegisterTable.objects.get(code="waste").rows == rows.height == 3
    assert all(one.ok for one in actions.verify_lake(by=house.operator))


def queries_period(label: str):
    from qualicity.definitions.periods import parse

    return parse(label)


def test_of_two_corrections_only_one_is_accepted(accepted, file_in, house):
    first = accepted()
    one = actions.submit(
        submission=file_in(GOOD[0], corrects=first, name="1.csv"), explanation="一", by=house["county"]
    )
    two = actions.submit(
        submission=file_in(GOOD[1], corrects=first, name="2.csv"), explanation="二", by=house["county"]
    )
    actions.accept(submission=one, by=house["office"])
    with pytest.raises(NotPossibleError):
        actions.accept(submission=two, by=house["office"], reason="也受理")
    assert rows_in_register().height == 1


def test_keys_that_came_in_meanwhile_stop_an_acceptance_without_a_reason(file_in, house):
    one = actions.submit(submission=file_in(GOOD[0], name="1.csv"), by=house["county"])
    other = file_in(GOOD[0].replace("1031.7", "1031.8"), name="2.csv")
    two = actions.submit(submission=other, by=house["county"])
    actions.accept(submission=one, by=house["office"])
    with pytest.raises(NotPossibleError, match="another submission"):
        actions.accept(submission=two, by=house["office"])
    assert actions.accept(submission=two, by=house["office"], reason="确为两次").state == State.ACCEPTED


def test_keys_that_came_in_before_submitting_become_a_question(file_in, house):
    draft = file_in(GOOD[0].replace("1031.7", "1031.8"), name="2.csv")
    one = actions.submit(submission=file_in(GOOD[0], name="1.csv"), by=house["county"])
    actions.accept(submission=one, by=house["office"])
    with pytest.raises(NotPossibleError, match="explain"):
        actions.submit(submission=draft, by=house["county"])
    assert "doubled_key" in queries.findings(draft, by=house["county"])["rule"].to_list()


def test_compaction_changes_no_row_and_keeps_history(accepted, house):
    accepted()
    accepted("中牟县,2014-04-30,900.4,800.1,500.2,299.9", name="other.csv", period=queries_period("2014Q2"))
    before, version = rows_in_register().sort("row_number", "date"), queries.versions()["waste"]
    assert len(queries.lake_files("waste", version)) == 2
    done = actions.compact(register="waste", by=house.operator)
    assert len(queries.lake_files("waste", done.version)) == 1
    assert rows_in_register().sort("row_number", "date").equals(before)
    assert VersionMark.objects.filter(kind="compact").count() == 1
    vacuumed = actions.vacuum(register="waste", by=house.operator)
    assert vacuumed.files == 0
    assert all(one.ok for one in actions.verify_lake(by=house.operator))


def test_vacuum_deletes_what_a_failed_write_left(accepted, file_in, house, monkeypatch):
    accepted()
    submitted = actions.submit(
        submission=file_in(
            "中牟县,2014-04-30,900.4,800.1,500.2,299.9", period=queries_period("2014Q2"), name="b.csv"
        ),
        by=house["county"],
    )
    with monkeypatch.context() as patch:
        patch.setattr(audit_actions, "record", lambda **_given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            actions.accept(submission=submitted, by=house["office"])
    actions.accept(submission=submitted, by=house["office"])
    assert actions.vacuum(register="waste", by=house.operator).files == 1
    assert all(one.ok for one in actions.verify_lake(by=house.operator))


@pytest.mark.parametrize("who", ["county", "auditor", "leader"])
def test_the_lake_is_kept_up_by_the_office_only(accepted, house, who):
    accepted()
    with pytest.raises(NotAllowedError):
        actions.compact(register="waste", by=house[who])
    with pytest.raises(NotAllowedError):
        actions.vacuum(register="waste", by=house[who])


def test_the_moves_offered_are_those_that_succeed(file_in, house):
    submitted = actions.submit(submission=file_in(by="inspector"), by=house["county"])
    offered = {name: {one.verb for one in queries.moves(submitted, by=house[name])} for name in house.people
               if name != "neighbour"}  # fmt: skip
    assert offered == {
        "office": {"accept", "return"}, "office2": {"accept", "return"}, "reporter": set(), "reviewer": {"return"},
        "county": {"return"}, "inspector": set(), "expert": set(), "auditor": set(), "leader": set(),
    }  # fmt: skip


def test_the_history_tells_what_happened_in_order(accepted, file_in, house):
    first = accepted()
    second = accepted(GOOD[0], corrects=first, name="corrected.csv")
    first.refresh_from_db()
    events = queries.history(first, by=house["county"])
    assert [one.verb for one in events] == ["receive", "submit", "accept", "correct", "supersede"]
    assert events[-1].other == second.pk
    origin = queries.row_origin(second.pk)
    assert (origin.organisation.code, origin.sha256) == ("zhongmu", second.file.sha256)
