"""A file comes in: checked, kept with its findings, or refused before anything is stored."""

from __future__ import annotations

import errno

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qualicity.commons.audit import queries as audit
from qualicity.definitions.periods import parse
from qualicity.errors import FileError, InputError, NotAllowedError, NotFoundError, NotPossibleError, WrongFileError
from qualicity.evidence.submissions import actions, queries
from qualicity.evidence.submissions.lifecycle import State
from qualicity.evidence.submissions.models import StoredFile, Submission
from qualicity.evidence.submissions.queries.paths import file_path, findings_path, rows_path

from .conftest import BAD, GOOD, QUARTER


def left_over(home):
    """Return the files that lie in the home, the database and the lock apart."""
    return sorted(path for path in home.rglob("*") if path.is_file() and "qualicity.sqlite3" not in path.name)


def test_a_clean_file_becomes_a_draft(file_in, house):
    submission = file_in()
    assert submission.state == State.DRAFT
    assert (submission.rows, submission.refused_rows, submission.accepted_rows, submission.errors) == (3, 0, 0, 0)
    assert submission.late is False
    assert file_path(submission.file.sha256).is_file()
    assert pl.read_parquet(rows_path(submission.pk)).height == 3
    assert findings_path(submission.pk).is_file()
    assert audit.records(verb="submissions.receive").count() == 1
    assert audit.verify().ok


def test_a_file_with_errors_is_returned_at_once_with_its_findings(file_in, house):
    submission = file_in(*GOOD[:2], BAD)
    assert submission.state == State.RETURNED
    assert (submission.rows, submission.refused_rows) == (3, 1)
    assert submission.errors >= 1
    found = queries.findings(submission, by=house["county"])
    wrong = found.filter(pl.col("severity") == "error").row(0, named=True)
    assert wrong["row"] == 4
    assert wrong["column"] == "collected"
    assert wrong["value"] == "-5"
    assert all(wrong[name] for name in ("why_zh", "why_en", "mend_zh", "mend_en", "expected_zh", "expected_en"))


def test_another_registers_file_is_refused_before_anything_is_stored(house, home, csv_file):
    path = csv_file("中牟县,2014-12-31,310000", headings="地区,统计时点,就业人员数(人)")
    with pytest.raises(WrongFileError):
        actions.receive(
            register="waste", organisation="zhongmu", period=QUARTER, file=path, name="x.csv", by=house["county"]
        )
    assert not Submission.objects.exists()
    assert not StoredFile.objects.exists()
    assert left_over(home) == []


def test_a_file_without_rows_is_refused_and_nothing_is_left(house, home, csv_file):
    with pytest.raises(FileError):
        actions.receive(
            register="waste",
            organisation="zhongmu",
            period=QUARTER,
            file=csv_file(),
            name="x.csv",
            by=house["county"],
        )
    assert left_over(home) == []


def test_a_file_larger_than_allowed_is_refused_by_its_header(house, home, csv_file, settings):
    settings.QUALICITY_MAX_UPLOAD = 100
    with pytest.raises(FileError, match="larger than the limit"):
        actions.receive(
            register="waste", organisation="zhongmu", period=QUARTER, file=csv_file(*GOOD), name="x.csv",
            by=house["county"],
        )  # fmt: skip
    assert left_over(home) == []


def test_a_header_that_lies_about_the_size_does_not_help(house, home, settings):
    settings.QUALICITY_MAX_UPLOAD = 1000
    file = SimpleUploadedFile("x.csv", b"x" * 5000)
    file.size = 10
    with pytest.raises(FileError, match="larger than the limit"):
        actions.receive(
            register="waste", organisation="zhongmu", period=QUARTER, file=file, name="x.csv", by=house["county"]
        )
    assert left_over(home) == []


@pytest.mark.parametrize("where", ["pathlib.Path.replace", "os.fsync"])
def test_a_full_disk_says_so_and_leaves_nothing_behind(house, home, csv_file, monkeypatch, where):
    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    path = csv_file(*GOOD)
    monkeypatch.setattr(where, full)
    with pytest.raises(FileError, match="disk is full"):
        actions.receive(
            register="waste", organisation="zhongmu", period=QUARTER, file=path, name="x.csv", by=house["county"]
        )
    monkeypatch.undo()
    assert not Submission.objects.exists()
    assert left_over(home) == []


def test_the_same_bytes_are_not_taken_twice(file_in, house):
    first = file_in()
    with pytest.raises(NotPossibleError, match=rf"submission {first.pk} "):
        file_in()


def test_a_returned_file_may_be_filed_again(file_in):
    first = file_in(*GOOD[:2], BAD)
    again = file_in(*GOOD[:2], BAD)
    assert again.pk != first.pk
    assert StoredFile.objects.count() == 1


def test_keys_that_stand_in_the_register_are_questioned(accepted, file_in, house):
    first = accepted()
    second = file_in(GOOD[0].replace("1031.7", "1131.7"), name="again.csv")
    found = queries.findings(second, by=house["county"]).filter(pl.col("rule") == "doubled_key")
    assert found.height == 1
    assert str(first.pk) in found["why_en"][0]
    assert second.state == State.DRAFT


def test_a_correction_is_not_questioned_for_the_keys_that_it_replaces(accepted, file_in, house):
    first = accepted()
    second = file_in(GOOD[0].replace("1031.7", "1131.7"), corrects=first)
    assert "doubled_key" not in queries.findings(second, by=house["county"])["rule"].to_list()


def test_a_correction_keeps_register_organisation_and_period(accepted, file_in):
    first = accepted()
    with pytest.raises(InputError):
        file_in(*GOOD, corrects=first, period=parse("2014"))


def test_only_what_is_in_the_register_can_be_corrected(file_in):
    draft = file_in()
    with pytest.raises(NotPossibleError):
        file_in(GOOD[0], corrects=draft)


@pytest.mark.parametrize("who", ["neighbour", "expert", "auditor", "leader", "reviewer"])
def test_who_may_not_file_for_the_county_is_told_so(file_in, who):
    with pytest.raises(NotAllowedError):
        file_in(by=who)


@pytest.mark.parametrize("who", ["office", "reporter", "county", "inspector"])
def test_who_may_file_for_the_county_does(file_in, who):
    assert file_in(by=who).state == State.DRAFT


def test_an_unknown_register_names_the_nearest(house, csv_file):
    with pytest.raises(NotFoundError, match="waste"):
        actions.receive(
            register="wastes",
            organisation="zhongmu",
            period=QUARTER,
            file=csv_file(*GOOD),
            name="x",
            by=house["county"],
        )


def test_a_file_after_the_due_day_is_late(file_in, monkeypatch):
    monkeypatch.setenv("QUALICITY_TODAY", "2014-04-16")
    assert file_in().late is True


def test_on_the_due_day_it_is_not_late(file_in, monkeypatch):
    monkeypatch.setenv("QUALICITY_TODAY", "2014-04-15")
    assert file_in().late is False


def test_what_is_recorded_bears_the_day_of_the_home(file_in):
    assert file_in().created_at.date().isoformat() == "2014-04-10"
