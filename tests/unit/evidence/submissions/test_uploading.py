"""A large file is read once, by whichever worker lives to do it."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.unit.evidence.submissions.conftest import HEADINGS

from qualicity.definitions.periods import parse
from qualicity.evidence.submissions import actions
from qualicity.evidence.submissions.actions import uploading
from qualicity.evidence.submissions.models import Submission, Upload
from qualicity.evidence.submissions.queries.paths import incoming_path

if TYPE_CHECKING:
    from tests.unit.evidence.submissions.conftest import House

pytestmark = pytest.mark.django_db
ROW = "中牟县,2014-03-31,1102.9,1068.4,731.6,336.8"


@pytest.fixture
def upload(house: House) -> Upload:
    file = SimpleUploadedFile("上报.csv", f"{HEADINGS}\n{ROW}\n".encode("utf-8-sig"))
    return actions.enqueue(
        register="waste", organisation=house.zhongmu, period=parse("2014Q1"), file=file, by=house["county"]
    )


@pytest.fixture
def enqueued(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    found: list[int] = []

    class Task:
        enqueue = staticmethod(found.append)

    monkeypatch.setattr(uploading, "import_string", lambda _name: Task)
    return found


def dies(*_: Any, **__: Any) -> None:
    raise SystemExit(1)


def test_a_file_whose_reader_died_is_read_by_the_next_one(
    house: House,
    upload: Upload,
    enqueued: list[int],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(uploading, "receive", dies)
        with pytest.raises(SystemExit):
            actions.process(upload.pk)
    upload.refresh_from_db()
    assert (upload.stage, upload.attempts) == ("reading", 1)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.resume(by=house.operator) == 1
    assert enqueued == [upload.pk]
    actions.process(upload.pk)
    upload.refresh_from_db()
    assert upload.stage == "done"
    assert Submission.objects.get() == upload.submission
    assert not incoming_path(upload.token).exists()
    assert actions.resume(by=house.operator, waiting=True) == 0


def test_a_reader_that_died_after_filing_does_not_file_twice(
    house: House, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive = uploading.receive

    def receives_and_dies(**given: Any) -> None:
        receive(**given)
        raise SystemExit(1)

    with monkeypatch.context() as patched:
        patched.setattr(uploading, "receive", receives_and_dies)
        with pytest.raises(SystemExit):
            actions.process(upload.pk)
    actions.process(upload.pk)
    upload.refresh_from_db()
    assert upload.stage == "done"
    assert Submission.objects.get() == upload.submission


def test_a_file_that_a_living_reader_holds_is_left_to_it(house: House, upload: Upload, enqueued: list[int]) -> None:
    Upload.objects.update(stage="reading")
    with incoming_path(upload.token).open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert actions.resume(by=house.operator, waiting=True) == 0
        actions.process(upload.pk)
    assert not Submission.objects.exists()
    assert actions.resume(by=house.operator) == 1


def test_a_file_that_three_readers_died_of_is_given_up_with_words(
    house: House, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading, "receive", dies)
    for _ in range(3):
        with pytest.raises(SystemExit):
            actions.process(upload.pk)
    actions.process(upload.pk)
    upload.refresh_from_db()
    assert upload.stage == "failed"
    assert "3 times" in upload.message_en
    assert not incoming_path(upload.token).exists()


def test_a_file_not_begun_is_put_back_when_a_worker_starts(house: House, upload: Upload, enqueued: list[int]) -> None:
    assert actions.resume(by=house.operator) == 0
    assert actions.resume(by=house.operator, waiting=True) == 1


def test_what_dead_processes_left_is_deleted_but_nothing_that_is_awaited(house: House, upload: Upload) -> None:
    ours = incoming_path(upload.token)
    left, fresh = ours.with_name("left"), ours.with_name("fresh")
    for path in (left, fresh):
        path.write_bytes(b"half")
    for path in (left, ours):
        os.utime(path, (0, 0))
    assert actions.discard_leftovers(by=house.operator) == 1
    assert (left.exists(), fresh.exists(), ours.exists()) == (False, True, True)
