"""For how long a penalty is public, by the text of the day on which it was decided."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.unit.judgement.enforcement.conftest import FIRM
from tests.unit.judgement.enforcement.test_cases import FINE, decided

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import NotAllowedError, NotPossibleError
from qualicity.judgement.enforcement import actions, queries
from qualicity.judgement.enforcement.actions import PastPenalty, Verdict
from qualicity.judgement.enforcement.models import Penalty
from qualicity.judgement.enforcement.queries.grading import graded, public_days

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person


@pytest.mark.parametrize(
    ("decided_on", "kinds", "fine", "light", "sector", "level", "until", "early"),
    [
        (date(2014, 3, 3), ("warning",), 0, False, "products", "unpublished", None, None),
        (date(2014, 3, 3), ("fine",), 100, False, "food", "ordinary", date(2016, 3, 10), None),
        (date(2014, 6, 2), ("warning",), 0, False, "products", "ordinary", date(2016, 6, 9), None),
        (date(2014, 10, 1), ("fine",), 100, False, "products", "ordinary", date(2019, 10, 8), None),
        (date(2022, 3, 3), ("warning",), 0, False, "products", "unpublished", None, None),
        (date(2022, 3, 3), ("criticism",), 0, False, "food", "slight_criticism", date(2022, 6, 10), None),
        (date(2022, 3, 3), ("fine",), 4_000_000, True, "products", "slight", date(2022, 6, 10), None),
        (date(2022, 3, 3), ("fine",), 6_000_000, True, "products", "ordinary", date(2025, 3, 10), None),
        (date(2022, 3, 3), ("revocation",), 0, False, "products", "ordinary", date(2025, 3, 10), None),
        (date(2025, 12, 24), ("fine",), 6_000_000, False, "products", "ordinary", date(2028, 12, 31), None),
        (date(2025, 12, 25), ("fine",), 6_000_000, False, "metering", "ordinary", date(2027, 1, 1), date(2026, 4, 1)),
        (date(2026, 3, 3), ("fine",), 5_000_000, True, "food", "slight", date(2026, 6, 10), None),
        (date(2026, 3, 3), ("fine",), 5_000_000, False, "food", "vital", date(2029, 3, 10), date(2027, 3, 10)),
        (date(2026, 3, 3), ("stop",), 0, False, "products", "restricted", date(2029, 3, 10), date(2027, 3, 10)),
        (date(2026, 3, 3), ("fine", "revocation"), 100, False, "food", "revoked", date(2029, 3, 10), None),
    ],
)  # fmt: skip
def test_the_class_and_the_last_day_follow_from_the_text_of_the_day(
    decided_on: date, kinds: tuple[str, ...], fine: int, light: bool, sector: str, level: str,
    until: date | None, early: date | None,
) -> None:  # fmt: skip
    found = graded(kinds=kinds, fine=fine, light=light, sector=sector, party_kind="enterprise", decided_on=decided_on)
    assert found.found.code == level
    assert (found.publish_by is None) == (until is None)
    if until is None:
        assert not found.found.published
        return
    shown_on = decided_on + timedelta(days=7)
    most, least = public_days(text=found.text, level=level, decided_on=decided_on, published_on=shown_on)
    assert (most.day, least.day if least else None) == (until, early)


def test_a_penalty_is_published_by_another_person_and_gone_after_its_last_day(
    people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    penalty = decided(people)
    assert (penalty.state, penalty.publish_due) == ("due", date(2014, 11, 12))
    assert queries.public_penalties() == ()
    with pytest.raises(NotAllowedError):
        actions.publish(penalties=[penalty.pk], by=people["neighbour"])
    with pytest.raises(NotAllowedError):  # a director decides; who shows it is somebody else
        actions.publish(penalties=[penalty.pk], by=people["director"])
    actions.publish(penalties=[penalty.pk], by=people["inspector"])
    penalty.refresh_from_db()
    assert (penalty.published_on, penalty.public_until) == (date(2014, 10, 15), date(2019, 10, 15))
    (shown,) = queries.public_penalties()
    assert (shown.number, shown.fine_fen, shown.until) == (FINE.number, 3_000_000, date(2019, 10, 15))
    assert queries.public_penalty(shown.token) == shown
    monkeypatch.setenv("QUALICITY_TODAY", "2019-10-15")
    assert len(queries.public_penalties()) == 1
    monkeypatch.setenv("QUALICITY_TODAY", "2019-10-16")
    assert queries.public_penalties() == ()
    assert queries.public_penalties(on=date(2015, 1, 1)) == ()  # asking for an earlier day brings nothing back
    assert queries.public_penalty(shown.token) is None
    assert actions.end_publicity(by=accounts.operator()) == 1
    assert Penalty.objects.get().state == "ended"
    assert actions.end_publicity(by=accounts.operator()) == 0


def test_what_is_annulled_is_down_at_once_and_stays_down(people: dict[str, Person]) -> None:
    penalty = decided(people)
    actions.publish(penalties=[penalty.pk], by=people["inspector"])
    with pytest.raises(NotAllowedError):
        actions.annul(penalty=penalty, reason="复议撤销", by=people["inspector"])
    fresh = actions.annul(penalty=penalty, reason="复议撤销", by=people["director"])
    assert fresh.state == "withdrawn"
    assert queries.public_penalties() == ()
    assert list(queries.penalties(by=people["office"])) == []
    with pytest.raises(NotPossibleError):
        actions.publish(penalties=[penalty.pk], by=people["inspector"])
    with pytest.raises(NotPossibleError):
        actions.annul(penalty=penalty, reason="再次撤销", by=people["director"])


def test_an_early_end_needs_the_least_period_the_performance_and_no_new_penalty(
    people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALICITY_TODAY", "2026-03-10")
    unit = accounts.organisation("zhongmu")
    one = PastPenalty(
        verdict=Verdict(number="1号", kinds=("fine",), violation="标识不符", fine_fen=100_000), organisation=unit,
        enterprise=FIRM, party_name="模拟企业", place="410122", sector="products", decided_on=date(2026, 3, 3),
        published_on=date(2026, 3, 10),
    )  # fmt: skip
    actions.take_over(penalties=[one], by=accounts.operator())
    penalty = Penalty.objects.get()
    with pytest.raises(NotPossibleError, match="2026-06-10"):
        actions.end_early(penalty=penalty, reason="已核实", by=people["director"])
    monkeypatch.setenv("QUALICITY_TODAY", "2026-06-10")
    with pytest.raises(NotPossibleError, match="尚未履行"):
        actions.end_early(penalty=penalty, reason="已核实", by=people["director"])
    Penalty.objects.update(performed_on=date(2026, 3, 20))
    assert actions.end_early(penalty=penalty, reason="已核实", by=people["director"]).state == "ended"


def test_penalties_taken_over_are_public_as_long_as_their_text_says(
    people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = accounts.organisation("zhongmu")
    past = [
        PastPenalty(
            verdict=Verdict(number=f"{year}号", kinds=("fine",), violation="掺假", fine_fen=100, severe=True),
            organisation=unit, enterprise=FIRM, party_name="模拟企业", place="410122", sector="products",
            decided_on=date(year, 3, 3), published_on=date(year, 3, 10),
        )
        for year in (2013, 2014)
    ]  # fmt: skip
    monkeypatch.setenv("QUALICITY_TODAY", "2015-06-01")
    assert actions.take_over(penalties=past, by=accounts.operator()) == 2
    assert [one.number for one in queries.public_penalties()] == ["2014号"]
    facts = list(queries.penalties(by=people["office"], on=date(2013, 12, 31)))
    assert [(one.uscc, one.is_heavy, one.decided_on) for one in facts] == [(FIRM, True, date(2013, 3, 3))]
    assert queries.penalty_events().height == 2
