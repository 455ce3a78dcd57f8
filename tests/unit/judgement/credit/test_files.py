"""One file per enterprise: pulled, dated, explained, disputable."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.unit.judgement.credit.conftest import (
    DAY,
    ENTERPRISES,
    EVENTS,
    GONE,
    MILL,
    NAMES,
    PLANT,
    SHOP,
    Filing,
    House,
)

from qualicity.commons.audit import queries as audit
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, NotAllowedError, NotFoundError, NotPossibleError
from qualicity.evidence.submissions import actions as submissions
from qualicity.goals.indicators import queries as indicators
from qualicity.judgement.credit import actions, queries
from qualicity.judgement.credit.models import ClassChange, Dispute


def test_a_run_scores_every_enterprise_in_business_once(city: House) -> None:
    run = actions.score(by=city["office"])
    assert (run.enterprises, run.as_of, run.unplaced) == (3, DAY, 0)
    assert set(queries.scores(run)["uscc"]) == {MILL, SHOP, PLANT}
    assert actions.score(by=city["office"]).pk == run.pk
    assert actions.score_if_due(by=city["office"]) is None


def test_points_are_those_of_the_scheme_and_each_is_explained(city: House) -> None:
    run = actions.score(by=city["office"])
    found = queries.file(MILL, by=city["county"])
    assert found.run == run
    # basic 60+10 of 15, conduct 60 of 20, supervision 80 of 40, relations 80 of 10, opinion 75+15-10 of 15
    assert found.score == pytest.approx(0.7 * 15 + 0.6 * 20 + 0.8 * 40 + 0.8 * 10 + 0.8 * 15)
    for family in found.families:
        assert sum(round(part.points * 10_000) for part in family.parts) == round(family.points * 10_000)
    assert sum(round(family.points * 10_000) for family in found.families) == round(found.score * 10_000)
    standing = queries.standing(run, MILL)
    assert standing is not None
    assert round(standing.score * 10_000) == round(found.score * 10_000)
    assert standing.credit_class == found.credit_class == "B"


def test_an_event_under_the_code_of_2014_is_in_the_file_of_today(city: House) -> None:
    found = queries.file(MILL, by=city["office"])
    assert {one.number for one in found.events} == {"ZM-1", "ZM-2", "410122-000000190"}
    assert all(one.submission for one in found.events)


def test_a_file_without_a_run_and_one_from_a_run_agree(city: House) -> None:
    actions.score_if_due(by=city["office"])
    with_run = queries.file(MILL, by=city["office"])
    earlier = queries.file(MILL, by=city["office"], as_of=DAY)
    assert earlier.score == with_run.score


def test_what_is_valid_no_longer_gives_nothing(city: House) -> None:
    actions.score(by=city["office"])
    found = queries.file(SHOP, by=city["office"])
    officer = next(part for family in found.families for part in family.parts if part.event)
    assert (officer.points, officer.share) == (0, 0)


def test_an_accident_within_a_year_holds_the_enterprise_in_the_worst_class(city: House) -> None:
    run = actions.score(by=city["office"])
    found = queries.file(PLANT, by=city["neighbour"])
    assert found.credit_class == "D"
    assert found.veto is not None
    assert found.veto.code == "recent-accident"
    standing = queries.standing(run, PLANT)
    assert standing is not None
    assert (standing.credit_class, standing.grade, standing.veto) == ("D", "D", "recent-accident")


def test_three_years_of_a_give_the_right_to_apply_for_aaa(house: House, file_rows: Filing) -> None:
    file_rows("enterprises", ENTERPRISES, f"{MILL},中牟县,{NAMES[MILL]},C,2008-05-01,,2010-06-01,A,2015-01-10")
    certificate, chain = "质量管理体系等自愿认证", "供应链上下游质量评价良好"
    for period, number, kind, day in (
        ("2011Q1", "C-1", certificate, "2011-01-01"),
        ("2011Q2", "C-2", certificate, "2011-04-01"),
        ("2011Q4", "S-1", chain, "2011-12-01"),
        ("2012Q1", "A-1", "质量奖励与品牌荣誉", "2012-03-01"),
        ("2011Q3", "Q-1", "设立质量安全总监（首席质量官）", "2011-07-01"),
    ):
        row = f"{number},中牟县,{MILL},{kind},模拟,模拟机构,1,{day},2020-01-01"
        file_rows("credit_events", EVENTS, row, period=period)
    run = actions.score(by=house["office"])
    standing = queries.standing(run, MILL)
    assert standing is not None
    assert standing.grade == "AAA"


def test_who_speaks_of_a_person_is_hidden_from_who_only_reads(city: House) -> None:
    def shown(name: str) -> str:
        found = queries.file(MILL, by=city[name])
        return next(one.about for one in found.events if one.source.code == "complaint_upheld")

    assert shown("county") == shown("mill") == "模拟商品有瑕疵"
    assert "仅建档部门可见" in shown("department")


def test_a_county_and_another_enterprise_do_not_learn_whether_there_is_a_file(city: House) -> None:
    for name in ("neighbour", "plant"):
        words = []
        for code in (MILL, "91410122000000990X"):
            with pytest.raises(NotFoundError) as caught:
                queries.file(code, by=city[name])
            words.append(str(caught.value).replace(code, ""))
        assert words[0] == words[1]
    with pytest.raises(NotAllowedError):
        queries.file(MILL, by=city["deputy"])


def test_an_enterprise_is_found_by_name_code_older_code_and_initials(city: House) -> None:
    actions.score(by=city["office"])
    for words in ("纺织", MILL, f"{MILL[8:16]}-{MILL[16]}", "mnfz"):
        assert [one.uscc for one in queries.find(words, by=city["county"])] == [MILL]
    assert not queries.find("机械", by=city["county"])
    assert [one.uscc for one in queries.find("机械", by=city["department"])] == [PLANT]


def test_an_upheld_dispute_takes_the_event_out_of_the_score_and_keeps_it_in_the_file(city: House) -> None:
    actions.score(by=city["office"])
    before = queries.file(MILL, by=city["mill"])
    opened = actions.dispute(
        uscc=MILL, source="complaint_upheld", number="ZM-2", reason="不是本企业产品", by=city["mill"]
    )
    with pytest.raises(NotPossibleError):
        actions.dispute(uscc=MILL, source="complaint_upheld", number="ZM-2", reason="再提", by=city["mill"])
    with pytest.raises(NotAllowedError):
        actions.decide(dispute=opened, upheld=True, answer="属实", by=city["county"])
    with pytest.raises(InputError):
        actions.decide(dispute=opened, upheld=True, answer=" ", by=city["reviewer"])
    actions.decide(dispute=opened, upheld=True, answer="经核实，属另一企业", by=city["reviewer"])
    run = actions.score_if_due(by=city["office"])
    assert run is not None
    after = queries.file(MILL, by=city["mill"])
    assert after.score - before.score == pytest.approx(1.5)
    wrong = [one for one in after.events if one.is_wrong]
    assert [one.number for one in wrong] == ["ZM-2"]
    assert [one.answer for one in queries.corrections(by=city["office"])] == ["经核实，属另一企业"]
    assert queries.dispute(opened.pk, by=city["mill"]).case.state == "upheld"


def test_a_rejected_dispute_changes_nothing_and_may_be_raised_again(city: House) -> None:
    opened = actions.dispute(uscc=MILL, source="award", number="ZM-1", reason="名称不对", by=city["county"])
    actions.decide(dispute=opened, upheld=False, answer="名称无误", by=city["reviewer"])
    assert not any(one.is_wrong for one in queries.file(MILL, by=city["mill"]).events)
    again = actions.dispute(uscc=MILL, source="award", number="ZM-1", reason="附证书", by=city["county"])
    actions.withdraw(dispute=again, reason="已弄清", by=city["county"])
    assert Dispute.objects.get(pk=again.pk).state == "withdrawn"


def test_an_officer_cannot_decide_the_own_dispute(city: House) -> None:
    opened = actions.dispute(uscc=MILL, source="award", number="ZM-1", reason="重复", by=city["reviewer"])
    with pytest.raises(NotAllowedError):
        actions.decide(dispute=opened, upheld=True, answer="属实", by=city["reviewer"])


def test_nobody_disputes_for_another_enterprise_or_what_is_not_there(city: House) -> None:
    with pytest.raises(NotFoundError):
        actions.dispute(uscc=MILL, source="award", number="ZM-1", reason="…", by=city["plant"])
    with pytest.raises(NotFoundError):
        actions.dispute(uscc=MILL, source="award", number="ZM-9", reason="…", by=city["mill"])
    with pytest.raises(NotAllowedError):
        actions.dispute(uscc=MILL, source="award", number="ZM-1", reason="…", by=city["department"])


def test_a_change_of_class_is_kept_with_the_run_that_saw_it(city: House, file_rows: Filing) -> None:
    first = actions.score(by=city["office"])
    file_rows(
        "credit_events", EVENTS,
        f"ZM-7,中牟县,{MILL},质量安全事故责任,模拟事故,模拟机关,1,2015-03-30,",
    )  # fmt: skip
    assert queries.is_due(first)
    second = actions.score_if_due(by=city["office"])
    (change,) = ClassChange.objects.all()
    assert (change.run, change.uscc, change.class_before, change.class_after) == (second, MILL, "B", "D")
    assert queries.file(MILL, by=city["office"]).changes == (change,)


def test_opening_files_raises_the_filing_rate_once_it_is_accepted(city: House) -> None:
    def rate() -> float:
        found = indicators.value("foundation-2", plan=registry.plan(), as_of=DAY, by=city["office"])
        assert found.value is not None
        return found.value

    assert rate() == pytest.approx(100 / 3)
    before = queries.lacking(on=DAY, by=city["county"])
    assert before["enterprise"].to_list() == [SHOP]
    draft = actions.open_files(organisation="zhongmu", by=city["county"])
    assert draft.state == "draft"
    sent = submissions.submit(submission=draft, explanation="已核对", by=city["county"])
    submissions.accept(submission=sent, by=city["office"], reason="已核对")
    assert rate() == pytest.approx(200 / 3)
    assert queries.lacking(on=DAY, by=city["county"]).is_empty()
    assert queries.lacking(on=DAY, by=city["office"])["enterprise"].to_list() == [PLANT]
    with pytest.raises(NotPossibleError):
        actions.open_files(organisation="zhongmu", by=city["county"])
    actions.score(by=city["office"])
    opened = queries.file(SHOP, by=city["office"])
    assert (opened.number, opened.opened_on) == (f"410122-{SHOP[8:17]}", DAY)


def test_everything_that_was_written_is_in_the_audit_trail(city: House) -> None:
    actions.score(by=city["office"])
    opened = actions.dispute(uscc=MILL, source="award", number="ZM-1", reason="重复", by=city["mill"])
    actions.decide(dispute=opened, upheld=True, answer="属实", by=city["reviewer"])
    verbs = {one.verb for one in audit.records()}
    assert {"credit.score", "credit.dispute", "credit.decide_dispute"} <= verbs


def test_a_closed_enterprise_keeps_its_file_and_has_no_class_in_the_run(city: House) -> None:
    run = actions.score(by=city["office"])
    assert queries.standing(run, GONE) is None
    assert queries.file(GONE, by=city["county"]).run is None


def test_a_run_for_an_earlier_day_does_not_take_the_place_of_the_latest(city: House) -> None:
    latest = actions.score(by=city["office"])
    earlier = actions.score(as_of=date(2015, 2, 28), by=city["office"])
    assert queries.latest() == latest
    assert not ClassChange.objects.exists()
    assert queries.standing(earlier, MILL) is not None
    assert not queries.is_due(queries.latest())


def test_only_the_files_of_the_latest_two_runs_are_kept(city: House, home: Path) -> None:
    made = [actions.score(as_of=date(2015, month, 28), by=city["office"]) for month in (1, 2, 3)]
    assert {one.name for one in (home / "credit").iterdir()} == {one.key for one in made[1:]}


def test_scores_whose_files_are_gone_are_made_again(city: House, home: Path) -> None:
    run = actions.score(by=city["office"])
    shutil.rmtree(home / "credit")
    assert queries.latest() is None
    assert queries.file(MILL, by=city["office"]).run is None
    assert actions.score_if_due(by=city["office"]) == run
    assert queries.latest() == run
