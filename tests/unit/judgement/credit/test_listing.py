"""The way onto the list and back, under the rule of the day, each step by who may and never by one alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.judgement.credit.listing_people import (
    FIRM,
    gather,
    heard,
    heavy,
    listed,
    paper,
    proposed,
)

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import queries as cases
from qualicity.errors import InputError, NotAllowedError, NotFoundError, NotPossibleError
from qualicity.judgement.credit import actions, queries
from qualicity.judgement.enforcement import actions as enforcement
from qualicity.judgement.enforcement.models import Penalty

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualicity.commons.accounts.models import Person
    from qualicity.judgement.credit.models import Listing, ListingRepair


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALICITY_TODAY", "2014-04-10")


@pytest.fixture
def every(db: None, home: Any, make_person: Callable[..., Person]) -> dict[str, Person]:
    return gather(make_person)


def granted(every: dict[str, Person], listing: Listing) -> ListingRepair:
    """Return a granted request to be removed, not yet put into effect."""
    Penalty.objects.update(performed_on=date(2014, 5, 1))
    repair = actions.ask_repair(listing=listing, promise="守信承诺", evidence=[paper()], by=every["firm"])
    repair = actions.accept_repair(repair=repair, by=every["officer"])
    return actions.grant_repair(repair=repair, verified="实地核实，已整改", by=every["reviewer"])


def test_an_enterprise_is_listed_for_three_years_under_the_trial_rule_of_these_years(
    every: dict[str, Person],
) -> None:
    listing = listed(every)
    assert (listing.law_text, listing.listed_on, listing.until) == (
        "city-trial", date(2014, 4, 10), date(2017, 4, 10),
    )  # fmt: skip
    assert (listing.early_from, listing.publish_due) == (date(2015, 4, 10), date(2014, 5, 9))
    (shown,) = queries.public_listings()
    assert (shown.uscc, shown.number, shown.until) == (FIRM, "中质失信〔2014〕1号", date(2017, 4, 10))
    assert "自拟" in shown.law.zh
    assert [one.uscc for one in queries.listed(on=date(2014, 4, 10))] == [FIRM]
    assert queries.listed(on=date(2014, 4, 9)) == ()


def test_a_ground_needs_a_heavier_penalty_of_the_same_enterprise_that_stands(every: dict[str, Person]) -> None:
    with pytest.raises(NotPossibleError, match="较重行政处罚"):
        proposed(every, penalty=None)
    with pytest.raises(NotPossibleError, match="不属于较重"):
        proposed(every, penalty=heavy("2号", severe=False))
    with pytest.raises(InputError, match="不是该企业"):
        proposed(every, penalty=heavy("3号", uscc="91410181000000270L"))
    void = heavy("4号")
    enforcement.annul(penalty=void, reason="复议撤销", by=every["director"])
    void.refresh_from_db()
    with pytest.raises(NotPossibleError, match="已被撤销"):
        proposed(every, penalty=void)
    with pytest.raises(InputError, match="adulterated"):
        proposed(every, ground="adulterate", penalty=heavy("5号"))
    assert proposed(every, ground="not_performed", penalty=None).penalty is None


def test_nobody_is_listed_without_the_consent_of_the_level_above(every: dict[str, Person]) -> None:
    listing = heard(every)
    with pytest.raises(NotPossibleError, match="上一级同意"):
        actions.decide_listing(listing=listing, number="1号", by=every["director"])
    listing = actions.ask_consent(listing=listing, by=every["officer"])
    for name in ("officer", "director", "reviewer"):
        with pytest.raises(NotAllowedError):
            actions.give_consent(listing=listing, by=every[name])
    listing = actions.give_consent(listing=listing, by=every["leader"])
    with pytest.raises(NotAllowedError):  # a county officer manages and does not decide
        actions.decide_listing(listing=listing, number="1号", by=every["officer"])
    listing = actions.decide_listing(listing=listing, number="1号", by=every["reviewer"])
    with pytest.raises(NotAllowedError):  # who decided does not publish
        actions.publish_listing(listing=listing, by=every["reviewer"])
    assert queries.public_listings() == ()
    assert [one.uscc for one in queries.listed()] == [FIRM]


def test_refused_consent_ends_it_and_nobody_sees_it_any_more(every: dict[str, Person]) -> None:
    listing = actions.ask_consent(listing=heard(every), by=every["officer"])
    actions.refuse_consent(listing=listing, reason="情节不够严重", by=every["office"])
    with pytest.raises(NotFoundError):
        queries.listing(listing.pk, every["officer"])
    with pytest.raises(NotFoundError):
        cases.case(listing.case_id, every["officer"])
    assert queries.sealed(every["office"]).count() == 1


def test_who_shows_that_there_was_no_intent_is_not_listed(every: dict[str, Person]) -> None:
    listing = actions.notify_party(listing=proposed(every), by=every["officer"])
    with pytest.raises(InputError, match="请附证据"):
        actions.state_defence(listing=listing, text="没有主观故意", claims_no_intent=True, by=every["firm"])
    listing = actions.state_defence(
        listing=listing, text="没有主观故意", claims_no_intent=True, evidence=[paper()], by=every["firm"]
    )
    listing = actions.ask_consent(listing=listing, by=every["officer"])
    listing = actions.give_consent(listing=listing, by=every["office"])
    with pytest.raises(InputError, match="没有主观故意"):
        actions.decide_listing(listing=listing, number="1号", by=every["director"])
    ended = actions.drop_listing(listing=listing, reason="证据充分", no_intent=True, by=every["director"])
    assert ended.ended_how == "not_listed"
    assert queries.listed() == ()


def test_silence_counts_only_after_the_time_to_speak(
    every: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = actions.notify_party(listing=proposed(every), by=every["officer"])
    with pytest.raises(NotPossibleError, match="2014-04-14"):  # the 13th is a Sunday
        actions.note_silence(listing=listing, by=every["officer"])
    monkeypatch.setenv("QUALICITY_TODAY", "2014-04-15")
    assert actions.note_silence(listing=listing, by=every["officer"]).case.state == "heard"


def test_another_enterprise_and_another_county_find_nothing(every: dict[str, Person]) -> None:
    listing = heard(every)
    assert queries.own_listing(listing.pk, every["firm"]).pk == listing.pk
    with pytest.raises(NotFoundError):
        queries.own_listing(listing.pk, every["rival"])
    with pytest.raises(NotFoundError):
        queries.listing(listing.pk, every["neighbour"])
    assert list(queries.in_force(every["neighbour"])) == []


def test_a_repair_takes_a_year_and_the_performance_and_ends_the_listing(
    every: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = listed(every)
    with pytest.raises(NotPossibleError, match="2015-04-10"):
        actions.ask_repair(listing=listing, promise="守信承诺", evidence=[paper()], by=every["firm"])
    monkeypatch.setenv("QUALICITY_TODAY", "2015-04-10")
    with pytest.raises(NotFoundError):
        actions.ask_repair(listing=listing, promise="守信承诺", evidence=[paper()], by=every["rival"])
    with pytest.raises(InputError):
        actions.ask_repair(listing=listing, promise="守信承诺", by=every["firm"])
    repair = actions.ask_repair(listing=listing, promise="守信承诺", evidence=[paper()], by=every["firm"])
    (clock,) = cases.clocks_of(repair.case)
    assert (clock.step, clock.number, clock.unit) == ("accept", 2, "working_days")
    with pytest.raises(NotPossibleError, match="正在办理"):
        actions.ask_repair(listing=listing, promise="守信承诺", evidence=[paper()], by=every["firm"])
    repair = actions.accept_repair(repair=repair, by=every["officer"])
    with pytest.raises(NotPossibleError, match="尚未履行"):
        actions.grant_repair(repair=repair, verified="已核实", by=every["reviewer"])
    Penalty.objects.update(performed_on=date(2014, 5, 1))
    new = heavy("9号", decided_on=date(2015, 1, 5))
    with pytest.raises(NotPossibleError, match="又受到较重"):
        actions.grant_repair(repair=repair, verified="已核实", by=every["reviewer"])
    enforcement.annul(penalty=new, reason="撤销", by=every["director"])
    repair = actions.grant_repair(repair=repair, verified="实地核实", by=every["reviewer"])
    assert len(queries.public_listings()) == 1  # until the data are put right
    actions.process_repair(repair=repair, by=every["reviewer"])
    assert queries.public_listings() == ()
    assert queries.listed() == ()


def test_the_rule_of_the_day_of_the_request_sets_the_clocks_of_a_repair(
    every: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALICITY_TODAY", "2024-12-02")
    listing = listed(every, penalty=heavy(decided_on=date(2024, 11, 1)))
    assert (listing.law_text, listing.until) == ("order-44", date(2027, 12, 2))
    for day, text, decided in (("2025-12-24", "rules-2021", 15), ("2025-12-25", "order-107", 7)):
        monkeypatch.setenv("QUALICITY_TODAY", day)
        repair = actions.ask_repair(listing=listing, promise="守信承诺", evidence=[paper()], by=every["firm"])
        repair = actions.accept_repair(repair=repair, by=every["officer"])
        clock = next(one for one in cases.clocks_of(repair.case) if one.code == "decide")
        assert (clock.text, clock.number) == (text, decided)
        actions.withdraw_repair(repair=repair, by=every["firm"])


def test_a_false_repair_is_undone_begins_anew_and_bars_for_three_years(
    every: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = listed(every)
    monkeypatch.setenv("QUALICITY_TODAY", "2015-05-11")
    repair = actions.process_repair(repair=granted(every, listing), by=every["reviewer"])
    assert queries.public_listings() == ()
    monkeypatch.setenv("QUALICITY_TODAY", "2015-06-15")
    with pytest.raises(NotAllowedError):  # what is sealed is for who reads the audit trail
        actions.undo_repair(repair=repair, number="2号", reason="材料系伪造", by=every["director"])
    restored = actions.undo_repair(repair=repair, number="2号", reason="材料系伪造", by=every["office"])
    assert (restored.listed_on, restored.until, restored.early_from) == (
        date(2015, 6, 15), date(2018, 6, 15), None,
    )  # fmt: skip
    assert queries.barred_until(FIRM) == date(2018, 6, 15)
    restored = actions.publish_listing(listing=restored, by=every["officer"])
    assert len(queries.public_listings()) == 1
    monkeypatch.setenv("QUALICITY_TODAY", "2017-06-15")
    with pytest.raises(NotPossibleError, match="不得提前移出"):
        actions.ask_repair(listing=restored, promise="守信承诺", evidence=[paper()], by=every["firm"])
    with pytest.raises(NotPossibleError, match="已经撤销"):
        actions.undo_repair(repair=repair, number="3号", reason="再次撤销", by=every["office"])


def test_an_objection_is_answered_by_somebody_else_and_may_annul_the_listing(
    every: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = listed(every)
    with pytest.raises(NotFoundError):
        actions.object_to_listing(listing=listing, reason="不属实", by=every["rival"])
    objection = actions.object_to_listing(listing=listing, reason="不属实", by=every["firm"], evidence=[paper()])
    with pytest.raises(NotAllowedError, match="另一人"):
        actions.answer_objection(objection=objection, holds=True, answer="属实", by=every["director"])
    actions.answer_objection(objection=objection, holds=False, answer="证据不足", by=every["reviewer"])
    assert len(queries.public_listings()) == 1
    again = actions.object_to_listing(listing=listing, reason="新证据", by=every["firm"], evidence=[paper("新.txt")])
    actions.answer_objection(objection=again, holds=True, answer="新证据成立", by=every["reviewer"])
    assert queries.public_listings() == ()
    monkeypatch.setenv("QUALICITY_TODAY", "2014-06-01")
    other = listed(every, number="2号", ground="below_standard", penalty=Penalty.objects.get())
    monkeypatch.setenv("QUALICITY_TODAY", "2014-07-02")
    with pytest.raises(NotPossibleError, match="2014-07-01"):
        actions.object_to_listing(listing=other, reason="不属实", by=every["firm"])


def test_a_listing_falls_with_its_penalty(every: dict[str, Person]) -> None:
    listing = listed(every)
    enforcement.annul(penalty=Penalty.objects.get(), reason="判决撤销", by=every["director"])
    assert actions.revoke_annulled(by=accounts.operator()) == 1
    listing.refresh_from_db()
    assert (listing.ended_how, listing.ended_on) == ("revoked", date(2014, 4, 10))
    assert actions.revoke_annulled(by=accounts.operator()) == 0


def test_who_was_told_answers_in_time_and_lifts_after_the_end(
    every: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = listed(every)
    told = actions.tell_organisations(listing=listing, by=every["officer"])
    assert {"finance", "quality-supervision"} <= {one.organisation.code for one in told}
    assert actions.tell_organisations(listing=listing, by=every["officer"]) == ()  # nobody is told twice
    (duty,) = queries.duties(every["finance"])
    assert (duty.due_on, duty.enterprise) == (date(2014, 4, 24), FIRM)
    assert queries.duties(every["neighbour"]) == ()
    mine = queries.duty(duty.pk, every["finance"])
    with pytest.raises(NotFoundError):
        queries.duty(duty.pk, every["neighbour"])
    with pytest.raises(NotAllowedError):
        actions.report_measure(notified=mine, done="不给予", by=every["neighbour"])
    actions.report_measure(notified=mine, done="政府采购评审时作为重要考量", by=every["finance"])
    assert queries.duties(every["finance"]) == ()
    with pytest.raises(NotPossibleError, match="仍在名单中"):
        actions.confirm_lifted(notified=mine, by=every["finance"])
    monkeypatch.setenv("QUALICITY_TODAY", "2017-04-11")
    assert actions.expire_listings(by=accounts.operator()) == 1
    (duty,) = queries.duties(every["finance"])
    assert (duty.lift_due, duty.ground, duty.done) == (date(2017, 4, 14), None, "")
    actions.confirm_lifted(notified=mine, by=every["finance"])
    assert queries.duties(every["finance"]) == ()
