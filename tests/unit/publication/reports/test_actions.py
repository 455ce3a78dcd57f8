"""A report from its draft to its number: who may, what stays, what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.publication.reports.conftest import PLAN

from qualicity.commons.audit import actions as audit
from qualicity.engines.documents.official.model import plain
from qualicity.errors import (
    InputError,
    NotAllowedError,
    NotFoundError,
    NotPossibleError,
    StaleError,
)
from qualicity.publication.reports import actions, queries
from qualicity.publication.reports.actions import issuing
from qualicity.publication.reports.models import NumberBook, Report
from qualicity.publication.reports.queries.stored import kept, restored

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualicity.commons.accounts.models import Person

pytestmark = [pytest.mark.usefixtures("world", "home"), pytest.mark.django_db]
KEY = "summary/counties"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set nothing in type: what is tested here is what points to the files."""

    def rendered(document: Any, form: str, *, address: str = "") -> Any:
        data = f"{form} {document.number} {plain(document.blocks[1].runs)}".encode()
        return type("File", (), {"data": data})

    monkeypatch.setattr(issuing, "rendered", rendered)


@pytest.fixture
def people(make_person: Callable[..., Person]) -> dict[str, Person]:
    unit = "quality-supervision"
    return {
        "author": make_person("reporter", unit, "author"),
        "reviewer": make_person("reviewer", unit),
        "office": make_person("office", unit),
        "second": make_person("office", unit, "second"),
        "leader": make_person("leader"),
        "other": make_person("reporter", "environment", "other"),
        "expert": make_person("expert"),
    }


@pytest.fixture
def drafted(people: dict[str, Person], period: Any) -> Report:
    return actions.draft_quality(plan=PLAN, period=period, by=people["author"])


def signed(report: Report, people: dict[str, Person]) -> Report:
    """Send a draft to the leader."""
    for move, who in (("to_section", "author"), ("to_office", "reviewer"), ("to_leader", "office")):
        report = actions.move(report=queries.report(report.pk, by=people[who]), move=move, by=people[who])
    return queries.report(report.pk, by=people["leader"])


def test_a_composed_report_is_kept_whole(period: Any, operator: Any) -> None:
    composed = queries.composed(plan=PLAN, period=period, by=operator)
    document, parts = restored(json.loads(json.dumps(kept(composed))))
    assert document == composed.document
    assert parts == composed.parts


def test_a_report_goes_through_the_offices_and_gets_its_number(drafted: Report, people: dict[str, Person]) -> None:
    assert queries.state_of(drafted) == "draft"
    done = actions.issue(report=signed(drafted, people), by=people["leader"])
    assert queries.state_of(done) == "issued"
    assert done.number_text == "郑质强办〔2015〕1号"
    assert done.number_text in queries.file_of(done.pdf_sha256).read_text()


def test_numbers_are_given_once_and_without_a_gap(people: dict[str, Person], period: Any) -> None:
    numbers = []
    for _ in range(3):
        report = signed(actions.draft_quality(plan=PLAN, period=period, by=people["author"]), people)
        numbers.append(actions.issue(report=report, by=people["leader"]).number)
    assert numbers == [1, 2, 3]


def test_a_number_taken_meanwhile_is_set_again(
    drafted: Report, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    report = signed(drafted, people)
    NumberBook.objects.create(word="郑质强办", year=2015, last=4)
    given = iter([4, 5])  # what somebody saw before another document took the number
    monkeypatch.setattr(issuing, "_last", lambda word, year: next(given) - 1)
    done = actions.issue(report=report, by=people["leader"])
    assert done.number == 5
    assert "5号" in queries.file_of(done.pdf_sha256).read_text()


def test_a_crash_while_issuing_leaves_nothing_half_done(
    drafted: Report, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    report = signed(drafted, people)
    with monkeypatch.context() as broken:
        broken.setattr(audit, "record", _crash)
        with pytest.raises(KeyboardInterrupt):
            actions.issue(report=report, by=people["leader"])
    fresh = queries.report(report.pk, by=people["leader"])
    assert (queries.state_of(fresh), fresh.number, fresh.pdf_sha256) == ("leader", None, "")
    assert NumberBook.objects.filter(last__gt=0).count() == 0
    assert actions.issue(report=fresh, by=people["leader"]).number == 1


def _crash(**_given: Any) -> None:
    raise KeyboardInterrupt


def test_two_who_sign_at_once_give_one_number(drafted: Report, people: dict[str, Person]) -> None:
    first = signed(drafted, people)
    second = queries.report(drafted.pk, by=people["leader"])
    actions.issue(report=first, by=people["leader"])
    with pytest.raises(NotPossibleError):
        actions.issue(report=second, by=people["leader"])
    assert NumberBook.objects.get().last == 1


def test_two_who_approve_at_once_move_it_once(drafted: Report, people: dict[str, Person]) -> None:
    seen = drafted.version
    actions.move(report=drafted, move="to_section", by=people["author"], seen=seen)
    with pytest.raises(StaleError):
        actions.move(report=drafted, move="to_section", by=people["author"], seen=seen)


def test_nobody_issues_what_the_leader_has_not_seen(drafted: Report, people: dict[str, Person]) -> None:
    with pytest.raises(NotPossibleError):
        actions.issue(report=drafted, by=people["leader"])
    with pytest.raises(NotAllowedError):
        actions.issue(report=signed(drafted, people), by=people["author"])


def test_an_issued_document_never_changes(drafted: Report, people: dict[str, Person]) -> None:
    done = actions.issue(report=signed(drafted, people), by=people["leader"])
    for attempt in (
        lambda: actions.edit_prose(report=done, key=KEY, text="", by=people["author"]),
        lambda: actions.rebuild(report=done, by=people["author"]),
        lambda: actions.issue(report=done, by=people["leader"]),
    ):
        with pytest.raises(NotPossibleError):
            attempt()


def test_words_change_and_numbers_do_not(drafted: Report, people: dict[str, Person]) -> None:
    before = queries.readable(drafted, by=people["author"])
    runs = next(queries.runs_of(part) for part in before.parts if part.key == KEY)
    text = queries.as_text(runs).replace("各地区情况。", "从各地区看，")
    actions.edit_prose(report=drafted, key=KEY, text=text, by=people["author"])
    after = queries.readable(drafted, by=people["author"])
    said = next(plain(queries.runs_of(part)) for part in after.parts if part.key == KEY)
    assert said == plain(runs).replace("各地区情况。", "从各地区看，")
    assert after.edited == {KEY}
    with pytest.raises(InputError):
        actions.edit_prose(report=drafted, key=KEY, text="达标率为99%。", by=people["author"])
    actions.restore_prose(report=drafted, key=KEY, by=people["author"])
    assert queries.readable(drafted, by=people["author"]).edited == frozenset()


def test_what_is_sent_on_is_not_edited(drafted: Report, people: dict[str, Person]) -> None:
    actions.move(report=drafted, move="to_section", by=people["author"])
    with pytest.raises(NotPossibleError):
        actions.edit_prose(report=drafted, key=KEY, text="", by=people["author"])


def test_a_rebuilding_lists_what_changed(
    drafted: Report, people: dict[str, Person], world: Callable[..., Any]
) -> None:
    assert queries.changes(drafted, by=people["author"]) == ()
    world(shift=0.6)
    expected = queries.changes(drafted, by=people["author"])
    numbers = [one for one in expected if one.kind == "figure"]
    sentences = [one for one in expected if one.kind == "sentence"]
    assert any(one.key == "product-4" and one.place == PLAN.place and one.old != one.new for one in numbers)
    assert any("product-4" in one.figures for one in sentences)
    assert actions.rebuild(report=drafted, by=people["author"]) == expected
    fresh = queries.report(drafted.pk, by=people["author"])
    assert queries.changes(fresh, by=people["author"]) == ()
    assert len(queries.rebuilds(fresh, by=people["author"])[0].changes) == len(expected)


def test_changed_words_that_no_longer_fit_are_named(
    drafted: Report, people: dict[str, Person], world: Callable[..., Any]
) -> None:
    runs = next(
        queries.runs_of(part) for part in queries.readable(drafted, by=people["author"]).parts if part.key == KEY
    )
    actions.edit_prose(report=drafted, key=KEY, text="看各地区：" + queries.as_text(runs), by=people["author"])
    world(seed=3)
    actions.rebuild(report=drafted, by=people["author"])
    found = queries.readable(queries.report(drafted.pk, by=people["author"]), by=people["author"])
    assert found.stale == (KEY,) or found.edited == {KEY}


def test_drafts_are_for_their_own_house(drafted: Report, people: dict[str, Person]) -> None:
    for who in ("author", "reviewer", "office", "leader", "expert"):
        assert queries.report(drafted.pk, by=people[who]).pk == drafted.pk
    with pytest.raises(NotFoundError):
        queries.report(drafted.pk, by=people["other"])
    assert list(queries.reports(by=people["other"])) == []
    with pytest.raises(NotAllowedError):
        actions.edit_prose(report=drafted, key=KEY, text="", by=people["expert"])


def test_who_may_not_draft_drafts_nothing(people: dict[str, Person], period: Any) -> None:
    with pytest.raises(NotAllowedError):
        actions.draft_quality(plan=PLAN, period=period, by=people["expert"])
    assert Report.objects.count() == 0
