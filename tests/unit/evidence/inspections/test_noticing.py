"""What the public sees of a sample: the whitelist, the legal day, the second person, the end, the log."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.unit.evidence.inspections.samples import ENTERPRISE, RIVAL, sample

from qualicity.definitions.catalogue import catalogue
from qualicity.errors import InputError, NotAllowedError, NotFoundError, NotPossibleError
from qualicity.evidence.inspections import actions, queries
from qualicity.evidence.inspections.models import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualicity.commons.accounts.models import Person

DAY = date(2014, 7, 10)


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALICITY_TODAY", DAY.isoformat())


@pytest.fixture
def people(home: Any, make_person: Callable[..., Person]) -> dict[str, Person]:
    who = {
        "county": ("county", "zhongmu"), "second": ("county", "zhongmu"), "neighbour": ("county", "gongyi"),
        "director": ("director", "zhongmu"), "office": ("office", "quality-supervision"),
    }  # fmt: skip
    return {name: make_person(role, unit, name) for name, (role, unit) in who.items()}


def published(people: dict[str, Person], **more: Any) -> Notice:
    one = sample(people["county"], conclusion=more.pop("conclusion", "qualified"), **more)
    actions.gather_notices(by=people["office"])
    notice = Notice.objects.get(sample=one)
    actions.publish_notices(notices=[notice.pk], by=people["second"])
    notice.refresh_from_db()
    return notice


def test_a_settled_result_is_due_by_its_legal_day_and_public_only_once_another_person_published_it(
    people: dict[str, Person],
) -> None:
    one = sample(people["county"], conclusion="qualified", on=date(2014, 6, 3))
    assert actions.gather_notices(by=people["office"]) == 1
    assert actions.gather_notices(by=people["office"]) == 0, "each once"
    notice = Notice.objects.get(sample=one)
    # 20 working days from 3 June 2014 (the Dragon Boat holiday of 2 June lies before).
    assert (notice.due_on, notice.state) == (date(2014, 7, 1), "due")
    assert notice.clause == "第39条；第18条"
    assert queries.public_results(on=DAY) == ()
    with pytest.raises(NotAllowedError, match="另一人公布"):
        actions.publish_notices(notices=[notice.pk], by=people["county"])
    for name, error in (("director", NotAllowedError), ("neighbour", NotFoundError)):
        with pytest.raises(error):
            actions.publish_notices(notices=[notice.pk], by=people[name])
    assert actions.publish_notices(notices=[notice.pk], by=people["second"]) == 1
    (shown,) = queries.public_results(on=DAY)
    assert (shown.product, shown.conclusion, shown.maker) == ("模拟针织衫", "qualified", "模拟针织厂")
    assert (shown.published_on, shown.late_days, shown.latency_days) == (DAY, 9, 37)
    assert shown.public_until == date(2016, 7, 10)
    with pytest.raises(NotPossibleError, match="现为“已公布”"):
        actions.publish_notices(notices=[notice.pk], by=people["second"])


def test_only_whitelisted_fields_leave_the_house(people: dict[str, Person]) -> None:
    notice = published(people)
    known = catalogue().aftermath
    assert known is not None
    part = known.families[0].part("result")
    assert set(notice.fields) <= set(part.passed)
    (shown,) = queries.public_results(on=DAY)
    said = repr(shown)
    for secret in (ENTERPRISE, "CJ2014-0001", "模拟路1号", "R-CJ2014", "county", "95"):
        assert secret not in said, secret
    assert {one.name for one in fields(shown)} & {"id", "pk", "number", "enterprise", "telephone", "sampler"} == set()


def test_a_field_that_was_stored_but_is_no_longer_let_out_is_not_shown(people: dict[str, Person]) -> None:
    notice = published(people)
    notice.fields = {**notice.fields, "sampled_address": "模拟路1号", "telephone": "13800000000"}
    notice.save(update_fields=["fields"])
    (shown,) = queries.public_results(on=DAY)
    assert shown.sampled_address is None
    assert "13800000000" not in repr(shown)


def test_after_its_last_day_it_is_not_found_whether_or_not_the_chore_ran(
    people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = published(people)
    last = notice.public_until
    assert last is not None
    assert len(queries.public_results(on=last)) == 1
    assert queries.public_results(on=date(2016, 7, 11)) == ()
    assert queries.public_results(on=date(2014, 7, 9)) == (), "nor before it was published"
    assert notice.state == "published", "no chore ran"
    monkeypatch.setenv("QUALICITY_TODAY", "2016-07-10")
    assert actions.end_notices(by=people["office"]) == 0
    monkeypatch.setenv("QUALICITY_TODAY", "2016-07-11")
    assert actions.end_notices(by=people["office"]) == 1
    notice.refresh_from_db()
    assert notice.state == "ended"
    assert queries.public_results(on=date(2016, 7, 10)) == ()


def test_a_correction_and_a_withdrawal_stand_in_the_public_log(people: dict[str, Person]) -> None:
    notice = published(people)
    with pytest.raises(InputError, match="请写明理由"):
        actions.correct_notice(notice=notice, reason=" ", by=people["second"])
    with pytest.raises(NotPossibleError, match="无须更正"):
        actions.correct_notice(notice=notice, reason="复核", by=people["second"])
    with pytest.raises(InputError, match="没有可更正的“telephone”"):
        actions.correct_notice(notice=notice, reason="复核", by=people["second"], changes={"telephone": "1"})
    actions.correct_notice(notice=notice, reason="商标登记有误", by=people["second"], changes={"brand": "模拟牌"})
    (shown,) = queries.public_results(on=DAY)
    assert (shown.brand, shown.corrected_on) == ("模拟牌", DAY)
    before = queries.public_version(on=DAY)
    actions.withdraw_notice(notice=notice, reason="产品名称与检验报告不符", by=people["second"])
    assert queries.public_results(on=DAY) == ()
    assert queries.public_version(on=DAY) != before
    log = queries.public_corrections(on=DAY)
    assert [(one.what, one.fields, one.reason) for one in log] == [
        ("withdrawn", (), "产品名称与检验报告不符"),
        ("changed", ("brand",), "商标登记有误"),
    ]
    assert queries.public_corrections(on=date(2016, 7, 11)) == (), "of what is over nothing is told"


def test_an_unqualified_result_waits_until_its_failure_is_final(people: dict[str, Person]) -> None:
    sample(people["county"])
    assert actions.gather_notices(by=people["office"]) == 0, "no case was opened yet: it is not settled"


def test_many_are_read_and_published_in_a_fixed_number_of_queries(people: dict[str, Person]) -> None:
    counts = {}
    for many in (3, 12):
        for number in range(many):
            sample(people["county"], f"CJ-{many}-{number}", conclusion="qualified", maker_code=RIVAL)
        with CaptureQueriesContext(
            connection,
        ) as made:
            actions.gather_notices(by=people["office"])
            due = list(Notice.objects.filter(state="due").values_list("pk", flat=True))
            actions.publish_notices(notices=due, by=people["second"])
            queries.public_results(on=DAY, limit=many)
        counts[many] = len(made)
    assert counts[3] == counts[12]
    narrowed = queries.PublicNarrowing(enterprise=RIVAL, words="针织")
    assert queries.public_counts(on=DAY, narrowing=narrowed) == {"result": 15, "follow_up": 0}
