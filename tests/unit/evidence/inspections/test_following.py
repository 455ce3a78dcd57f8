"""From a failed sample to its end: who may do what, under which text, with which paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
from tests.unit.evidence.inspections.samples import ENTERPRISE, report_again, sample

from qualicity.commons.accounts.models import Organisation
from qualicity.commons.cases import queries as cases
from qualicity.errors import InputError, NotAllowedError, NotFoundError, NotPossibleError
from qualicity.evidence.inspections import actions, queries
from qualicity.evidence.inspections.actions import Given
from qualicity.evidence.inspections.models import Notice, Sample, Transfer

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person

COUNTS = ["20000", "9000", "8000", "11000", "7000"]
MICROBE = ({"title": "菌落总数", "values": COUNTS, "unit": "CFU/g", "limit": "n=5,c=2,m=10⁴,M=10⁵"},)


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Any:
    def on(text: str) -> None:
        monkeypatch.setenv("QUALICITY_TODAY", text)

    on("2014-06-10")
    return on


def evidence(tmp_path: Path, name: str = "整改报告.pdf") -> Path:
    path = tmp_path / name
    path.write_bytes(b"%PDF-1.7 corrected")
    return path


def opened(people: dict[str, Person], number: str = "CJ2014-0001", **more: Any) -> Sample:
    one = sample(people["county"], number, **more)
    actions.open_failure(sample=one, by=people["county"])
    one.refresh_from_db()
    return one


def go(one: Sample, by: Person, *moves: str, **given: Any) -> str:
    case = None
    for move in moves:
        case = actions.proceed(sample=one, move=move, by=by, given=Given(**given))
    assert case is not None
    return case.state


def reason_of(one: Sample, move: str) -> str:
    assert one.failure is not None
    return next(each.reason for each in cases.moves_of(one.failure) if each.code == move)


def papers(one: Sample) -> list[str]:
    assert one.failure is not None
    found = [each for each in cases.attachments_of(one.failure) if each.note]
    assert [each.note for each in found if each.name.endswith(".pdf")] == [
        each.note for each in found if each.name.endswith(".docx")
    ]
    return [each.note for each in found if each.name.endswith(".docx")]


def test_a_product_of_2014_goes_from_its_notice_to_its_recheck_under_order_133(
    following: dict[str, Person], day: Any, tmp_path: Path
) -> None:
    one = opened(following)
    assert one.failure is not None
    assert (one.failure.opened_on, one.failure.enterprise, one.failure.type) == (
        date(2014, 6, 3), ENTERPRISE, "product_failure",
    )  # fmt: skip
    assert go(one, following["county"], "serve") == "served"
    (clock,) = cases.clocks_of(one.failure)
    assert (clock.text, clock.clause, clock.due and clock.due.astimezone(cases.zone()).date()) == (
        "order-133", "第35条", date(2014, 6, 25),
    )  # fmt: skip
    with pytest.raises(NotPossibleError, match="异议期至 2014-06-25 止"):
        go(one, following["county"], "close_period")
    day("2014-06-26")
    assert go(one, following["county"], "close_period", "order_correction") == "correcting"
    with pytest.raises(NotPossibleError, match="改正期限至 2014-07-28 止"):
        go(one, following["county"], "start_recheck")
    day("2014-07-10")
    actions.report_correction(sample=one, evidence=[evidence(tmp_path)], by=following["enterprise"])
    assert go(one, following["county"], "start_recheck") == "rechecking"
    with pytest.raises(NotAllowedError, match="另一人"):
        go(one, following["county"], "pass_recheck", reason="复查报告合格")
    with pytest.raises(InputError, match="没有关联的复查样品"):
        go(one, following["second"], "pass_recheck")
    again = sample(following["county"], "CJ2014-0001-F", conclusion="qualified", on=date(2014, 7, 10), recheck_of=one)
    with pytest.raises(InputError, match="与本项决定不符"):
        go(one, following["second"], "fail_recheck")
    assert go(one, following["second"], "pass_recheck") == "passed"
    trail = cases.moves_of(one.failure)
    assert {"ref": f"sample:{again.number}"} in next(one for one in trail if one.code == "pass_recheck").evidence
    assert papers(one) == ["检验结果告知书", "责令改正通知书", "复查通知书", "复查结果通知书"]
    result, follow_up = Notice.objects.filter(sample=one).order_by("kind").reverse()
    assert (result.kind, result.settled_on, follow_up.settled_on) == ("result", date(2014, 6, 26), date(2014, 7, 10))
    assert result.fields["failing_items"][0]["title"] == "甲醛含量"
    assert [each["what"]["zh"] for each in follow_up.fields["measures"]] == [
        "责令改正", "报告改正并申请复查", "组织复查", "复查合格",
    ]  # fmt: skip


def test_the_paper_tells_facts_and_the_clause_and_names_nobody(following: dict[str, Person], day: Any) -> None:
    one = opened(following)
    go(one, following["county"], "serve")
    assert one.failure is not None
    file, in_pdf = cases.attachments_of(one.failure)
    assert cases.file_of(in_pdf.sha256).read_bytes().startswith(b"%PDF")
    found = docx.Document(str(cases.file_of(file.sha256)))
    said = "\n".join(each.text for each in found.paragraphs)
    said += "\n".join(cell.text for table in found.tables for row in table.rows for cell in row.cells)
    for words in (
        "检验结果告知书",
        "模拟针织厂",
        "甲醛含量",
        "95",
        "至2014年6月25日止（第35条）",
        "质检总局令第133号",
        "自拟",
    ):
        assert words in said, words
    assert "county" not in said


def test_a_product_of_2026_may_be_rechecked_again_only_after_the_sixtieth_day(
    following: dict[str, Person], day: Any, tmp_path: Path
) -> None:
    day("2026-03-02")
    one = opened(following, on=date(2026, 3, 2))
    go(one, following["county"], "serve")
    actions.proceed(sample=one, move="accept_result", by=following["enterprise"])
    go(one, following["county"], "order_correction")
    assert one.failure is not None
    assert {each.code: each.number for each in cases.clocks_of(one.failure) if each.stand == "running"} == {
        "correct": 60, "recheck": 75,
    }  # fmt: skip
    actions.report_correction(sample=one, evidence=[evidence(tmp_path)], by=following["enterprise"])
    go(one, following["county"], "start_recheck")
    go(one, following["second"], "fail_recheck", reason="复查报告不合格")
    go(one, following["county"], "give_notice", evidence=(evidence(tmp_path, "公告.pdf"),))
    with pytest.raises(NotPossibleError, match="满 2026-05-01 后方可"):
        go(one, following["county"], "start_second_recheck")
    day("2026-05-06")
    go(one, following["county"], "start_second_recheck")
    go(one, following["second"], "suspend_business", reason="再次复查不合格")
    assert go(one, following["county"], "transfer_finally", reason="整顿后复查仍不合格") == "transferred"
    assert Notice.objects.filter(sample=one, kind="follow_up").exists()


def test_food_that_failed_for_microbes_is_not_reinspected_and_the_refusal_names_the_clause(
    following: dict[str, Person], day: Any
) -> None:
    day("2015-06-10")
    one = opened(following, law="food_sampling", on=date(2015, 6, 9), items=MICROBE)
    go(one, following["county"], "serve")
    actions.ask_reinspection(sample=one, reason="对结果有异议", by=following["enterprise"])
    with pytest.raises(NotPossibleError, match="微生物指标不合格（第37条第1项；菌落总数）"):
        go(one, following["second"], "accept_reinspection")
    with pytest.raises(NotAllowedError, match="另一人"):
        go(one, following["county"], "refuse_reinspection")
    assert go(one, following["second"], "refuse_reinspection") == "confirmed"
    assert one.failure is not None
    assert "微生物指标不合格（第37条第1项）：菌落总数" in reason_of(one, "refuse_reinspection")
    assert papers(one) == ["检验结果告知书", "复检不予受理通知书"]


def test_food_asked_for_too_late_or_past_its_shelf_life_is_not_reinspected(
    following: dict[str, Person], day: Any
) -> None:
    day("2015-06-10")
    one = opened(following, law="food_sampling", on=date(2015, 6, 9), produced_on=date(2015, 5, 1), shelf_life="60天")
    go(one, following["county"], "serve")
    day("2015-06-18")
    actions.ask_reinspection(sample=one, reason="对结果有异议", by=following["enterprise"])
    with pytest.raises(NotPossibleError, match="逾期提出复检申请（第37条第3项；2015-06-17）"):
        go(one, following["second"], "accept_reinspection")
    day("2015-07-01")
    with pytest.raises(NotPossibleError, match="备份样品超过保质期（第37条第2项；2015-06-30）；逾期"):
        go(one, following["second"], "accept_reinspection")


def test_food_without_a_bar_is_refused_only_for_a_reserve_sample_that_cannot_serve(
    following: dict[str, Person], day: Any
) -> None:
    day("2026-06-10")
    one = opened(following, law="food_sampling", on=date(2026, 6, 9))
    go(one, following["county"], "serve")
    actions.ask_reinspection(sample=one, reason="对结果有异议", by=following["enterprise"])
    with pytest.raises(InputError, match="备份样品不能用于复检"):
        go(one, following["second"], "refuse_reinspection")
    assert go(one, following["second"], "refuse_reinspection", reason="封条破损") == "confirmed"
    assert one.failure is not None
    assert "第31条第4项" in reason_of(one, "refuse_reinspection")


def test_a_reinspection_goes_to_another_laboratory_and_may_overturn_the_result(
    following: dict[str, Person], day: Any
) -> None:
    day("2026-06-10")
    one = opened(following, law="food_sampling", on=date(2026, 6, 9))
    go(one, following["county"], "serve")
    actions.ask_reinspection(sample=one, reason="对结果有异议", by=following["enterprise"])
    go(one, following["county"], "accept_reinspection")
    first = Organisation.objects.get(code="city-laboratory")
    with pytest.raises(NotPossibleError, match="不得为同一机构"):
        go(one, following["county"], "name_laboratory", laboratory=first)
    assert go(one, following["county"], "name_laboratory") == "named"
    assert one.failure is not None
    assert any("laboratory:lab-" in str(move.evidence) for move in cases.moves_of(one.failure))
    go(one, following["county"], "hand_over")
    report_again(one, following["county"], conclusion="qualified", on=date(2026, 6, 10))
    assert go(one, following["county"], "receive_reinspection") == "reinspected"
    with pytest.raises(InputError, match="复检报告 F-CJ2014-0001 的结论是“合格”"):
        go(one, following["second"], "uphold_result")
    assert go(one, following["second"], "overturn_result", reason="复检合格") == "overturned"
    one.refresh_from_db()
    assert (one.conclusion, one.concluded_on) == ("qualified", date(2026, 6, 10))
    (notice,) = Notice.objects.filter(sample=one)
    assert (notice.kind, notice.fields["conclusion"]) == ("result", "qualified")
    assert "failing_items" not in notice.fields


def test_an_objection_that_is_upheld_voids_the_sample_and_nothing_is_published(
    following: dict[str, Person], day: Any
) -> None:
    one = opened(following)
    go(one, following["county"], "serve")
    actions.object_to(sample=one, reason="样品不是本企业生产", by=following["enterprise"])
    with pytest.raises(NotAllowedError, match="另一人"):
        go(one, following["county"], "uphold_objection", reason="属实")
    assert go(one, following["director"], "uphold_objection", reason="属实") == "overturned"
    one.refresh_from_db()
    assert (one.state, one.conclusion) == ("void", "undecided")
    assert not Notice.objects.exists()


def test_only_the_enterprise_concerned_objects_and_only_the_county_concerned_decides(
    following: dict[str, Person], day: Any
) -> None:
    one = sample(following["county"])
    for name in ("neighbour", "inspector", "auditor", "enterprise"):
        with pytest.raises(NotAllowedError):
            actions.open_failure(sample=one, by=following[name])
    actions.open_failure(sample=one, by=following["county"])
    with pytest.raises(NotAllowedError):
        go(one, following["inspector"], "serve")
    with pytest.raises(NotFoundError):
        go(one, following["neighbour"], "serve")
    go(one, following["county"], "serve")
    with pytest.raises(NotAllowedError):
        actions.ask_reinspection(sample=one, reason="不服", by=following["rival"])
    with pytest.raises(NotAllowedError):
        actions.ask_reinspection(sample=one, reason="不服", by=following["county"])
    actions.ask_reinspection(sample=one, reason="不服", by=following["enterprise"])
    with pytest.raises(NotAllowedError):
        go(one, following["enterprise"], "accept_reinspection")


def test_a_failure_is_opened_once_and_never_for_a_recheck_or_a_pass(following: dict[str, Person], day: Any) -> None:
    one = opened(following)
    with pytest.raises(NotPossibleError, match="已立案"):
        actions.open_failure(sample=one, by=following["county"])
    passed = sample(following["county"], "B", conclusion="qualified")
    with pytest.raises(NotPossibleError, match="不能立案"):
        actions.open_failure(sample=passed, by=following["county"])
    again = sample(following["county"], "C", recheck_of=one)
    with pytest.raises(NotPossibleError, match="复查样品不另立案"):
        actions.open_failure(sample=again, by=following["county"])
    with pytest.raises(NotPossibleError, match="尚未立案"):
        go(passed, following["county"], "serve")


def test_all_that_wait_are_opened_at_once_each_under_the_law_of_its_day(
    following: dict[str, Person], day: Any
) -> None:
    day("2015-06-30")
    for number in range(3):
        sample(following["county"], f"P{number}")
        sample(following["county"], f"F{number}", law="food_sampling", on=date(2015, 1, 30 if number else 29))
        sample(following["county"], f"G{number}", law="food_sampling", on=date(2015, 6, 1), unit="gongyi")
    assert actions.open_failures(by=following["county"]) == 6, "those of the neighbour are not hers"
    assert actions.open_failures(by=following["office"]) == 3
    assert actions.open_failures(by=following["office"]) == 0
    one = Sample.objects.get(number="F0")
    go(one, following["county"], "serve")
    assert one.failure is not None
    assert {clock.text for clock in cases.clocks_of(one.failure)} == {"order-133-food"}


def test_a_failure_is_handed_to_enforcement_while_its_case_goes_on(following: dict[str, Person], day: Any) -> None:
    one = opened(following)
    with pytest.raises(InputError, match="没有移送事由"):
        actions.transfer(sample=one, grounds="no", reason="见附件", by=following["county"])
    with pytest.raises(NotAllowedError):
        actions.transfer(sample=one, grounds="serious", reason="见附件", by=following["neighbour"])
    made = actions.transfer(sample=one, grounds="serious", reason="甲醛超标", by=following["county"])
    with pytest.raises(NotPossibleError, match="同一事由"):
        actions.transfer(sample=one, grounds="serious", reason="甲醛超标", by=following["county"])
    (found,) = queries.transferred(by=following["county"], since=date(2014, 1, 1))
    assert (found.number, found.sample, found.enterprise, found.grounds, found.case) == (
        made.pk, one.number, ENTERPRISE, "serious", one.failure_id,
    )  # fmt: skip
    assert Transfer.objects.count() == 1
    assert papers(one) == ["案件线索移送函"]
    assert go(one, following["county"], "serve") == "served"


def test_the_general_page_of_cases_shows_a_failure_and_moves_nothing(
    following: dict[str, Person], day: Any, client: Any
) -> None:
    one = opened(following)
    assert one.failure is not None
    client.force_login(following["county"])
    shown = client.get(f"/cases/{one.failure.pk}/")
    assert shown.status_code == 200
    assert f"/cases/{one.failure.pk}/do/" not in shown.content.decode()
    assert client.post(f"/cases/{one.failure.pk}/do/serve/", {"seen": "1"}).status_code == 409
    one.failure.refresh_from_db()
    assert one.failure.state == "received"
