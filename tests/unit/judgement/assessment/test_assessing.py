"""Opening, filing, checking, adopting, objecting, mending: who may, in which order, and that it is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.unit.judgement.assessment.conftest import DAY, RUBRIC, UNITS, House

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit.models import AuditRecord
from qualicity.errors import FileError, InputError, NotAllowedError, NotFoundError, NotPossibleError
from qualicity.judgement.assessment import actions, queries
from qualicity.judgement.assessment.lifecycle import MOVES, WHO_ACTS, State
from qualicity.judgement.assessment.models import EvidenceFile, Score


def score(house: House, code: str) -> float:
    return queries.whole(rubric=RUBRIC, as_of=DAY, by=house["office"]).criterion(code).points


def test_a_document_is_likely_when_filed_and_certain_when_checked(house: House, filed: Any) -> None:
    def marks() -> Any:
        return queries.whole(rubric=RUBRIC, as_of=DAY, by=house["office"]).criterion("joint-meetings").marks

    assert marks().open == 1.0
    one = filed()
    assert marks().likely == 1.0
    actions.check_evidence(evidence=one, passed=True, by=house["office2"])
    assert marks().certain == 1.0


def test_who_filed_does_not_check(house: House, filed: Any) -> None:
    one = filed()
    with pytest.raises(NotAllowedError):
        actions.check_evidence(evidence=one, passed=True, by=house["office"])
    with pytest.raises(NotAllowedError):
        actions.check_evidence(evidence=one, passed=True, by=house["environment"])
    with transaction.atomic(), pytest.raises(IntegrityError):
        EvidenceFile.objects.filter(pk=one.pk).update(stand="checked", checked_by=house["office"])


def test_a_refused_document_is_asked_for_again_and_stays_in_the_record(house: House, filed: Any) -> None:
    one = filed()
    with pytest.raises(NotPossibleError):
        actions.check_evidence(evidence=one, passed=False, by=house["office2"])
    actions.check_evidence(evidence=one, passed=False, reason="没有盖章", by=house["office2"])
    need = next(
        need
        for need in queries.whole(rubric=RUBRIC, as_of=DAY, by=house["office"]).needs
        if need.criterion == "joint-meetings"
    )
    assert need.kind == "document"
    assert "退回" in need.text.zh
    filed(words="stamped")
    assert EvidenceFile.objects.count() == 2
    assert score(house, "joint-meetings") == 1.0


def test_only_who_answers_files_and_only_what_is_asked(house: House, filed: Any) -> None:
    filed("environment", "environment-6a", "pm10-target")
    with pytest.raises(NotAllowedError):
        filed("environment", "joint-meetings", "minutes")
    with pytest.raises(NotAllowedError):
        filed("expert1")
    with pytest.raises(InputError, match="minutes"):
        filed("office", "joint-meetings", "minute")
    with pytest.raises(NotFoundError, match="joint-meetings"):
        filed("office", "joint-meeting", "minutes")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.exe", b"MZ"), ("a.pdf", b"MZ not a pdf"), ("a.txt", b"a\0b"), ("a", b"x"), ("a.pdf", b"")],
)
def test_other_files_are_refused_and_nothing_is_kept(house: House, tmp_path: Any, name: str, content: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    with pytest.raises(FileError):
        actions.file_evidence(
            assessment=house.city,
            criterion="joint-meetings",
            item="minutes",
            file=path,
            name=name,
            by=house["office"],
        )
    assert not EvidenceFile.objects.exists()


def test_a_name_cannot_leave_its_folder(house: House, pdf: Any) -> None:
    one = actions.file_evidence(
        assessment=house.city, criterion="joint-meetings", item="minutes", file=pdf(), name="../../etc/纪要.pdf",
        by=house["office"],
    )  # fmt: skip
    assert one.name == "纪要.pdf"


def test_adopting_keeps_every_score_with_its_explanation(house: House, filed: Any) -> None:
    filed()
    adopted = actions.adopt(assessment=house.city, as_of=DAY, by=house["office"])
    assert (adopted.state, adopted.as_of) == (State.ADOPTED, DAY)
    kept = queries.official(adopted, by=house["auditor"])
    assert (
        sum(one.points for one in kept.values()) == queries.whole(rubric=RUBRIC, as_of=DAY, by=house["office"]).score
    )
    assert kept["joint-meetings"].detail["reason"]["zh"]
    assert AuditRecord.objects.filter(verb="assessment.adopt").count() == 1
    with pytest.raises(NotPossibleError):
        filed(words="later")
    with pytest.raises(NotPossibleError):
        actions.adopt(assessment=house.city, as_of=DAY, by=house["office"])
    with pytest.raises(NotPossibleError):
        actions.reopen(assessment=house.city, reason=" ", by=house["office"])
    actions.reopen(assessment=house.city, reason="漏了一项", by=house["office"])
    assert Score.objects.count() == len(kept), "what was adopted stays in the record"


def test_what_somebody_said_is_never_changed(house: House) -> None:
    actions.adopt(assessment=house.city, as_of=DAY, by=house["office"])
    one = Score.objects.first()
    assert one is not None
    for change in (one.save, one.delete):
        with pytest.raises(AssertionError, match="never"):
            change()


def test_scores_are_not_adopted_while_a_round_is_open(house: House) -> None:
    actions.open_round(assessment=house.city, kind="public", by=house["office"])
    with pytest.raises(NotPossibleError):
        actions.adopt(assessment=house.city, as_of=DAY, by=house["office"])


def test_an_objection_is_made_once_and_decided_by_somebody_else(house: House) -> None:
    def decide(by: str, points: float | None = 0.5) -> Any:
        return actions.decide(objection=one, points=points, answer="补充文件有效", by=house[by])

    with pytest.raises(NotPossibleError):
        actions.object_to(
            assessment=house.city, criterion="environment-6a", reason="文件已报", by=house["environment"]
        )
    actions.adopt(assessment=house.city, as_of=DAY, by=house["office"])
    with pytest.raises(NotAllowedError):
        actions.object_to(assessment=house.city, criterion="environment-6a", reason="文件已报", by=house["zhongmu"])
    one = actions.object_to(
        assessment=house.city, criterion="environment-6a", reason="文件已报", by=house["environment"]
    )
    with pytest.raises(NotPossibleError, match="只能提一次"):
        actions.object_to(assessment=house.city, criterion="environment-7", reason="还有", by=house["environment"])
    with pytest.raises(NotPossibleError):
        actions.finish(assessment=house.city, by=house["office"])
    actions.take_up(objection=one, by=house["office2"])
    one.refresh_from_db()
    with pytest.raises(NotAllowedError, match="原评分"):
        decide("office")
    with pytest.raises(NotAllowedError):
        decide("office2")
    with pytest.raises(NotAllowedError):
        decide("environment")
    with pytest.raises(InputError):
        decide("office3", 1.5)
    decided = decide("office3")
    assert (decided.state, decided.points_before, decided.points_after) == ("upheld", 0.0, 0.5)
    assert queries.official(house.city, by=house["office"])["environment-6a"].points == 0.5
    assert decided.case.state == "upheld"
    with pytest.raises(NotPossibleError):
        decide("office3")
    assert actions.finish(assessment=house.city, by=house["office"]).state == State.FINAL


def test_a_finding_becomes_a_case_of_who_answers(house: House) -> None:
    found = actions.require(
        assessment=house.city, criterion="environment-6a", organisation=accounts.organisation("environment"),
        text="缺年度核定文件", due=date(2015, 4, 30), by=house["office"],
    )  # fmt: skip
    assert (found.case.type, found.case.organisation.code) == ("rectification", "environment")
    assert [one.pk for one in queries.findings(house.city, by=house["environment"])] == [found.pk]
    assert queries.findings(house.city, by=house["zhongmu"]) == ()
    with pytest.raises(NotAllowedError):
        actions.require(
            assessment=house.city, criterion="environment-6a", organisation=accounts.organisation("environment"),
            text="x", due=date(2015, 4, 30), by=house["environment"],
        )  # fmt: skip


def test_a_unit_sees_its_own_assessment_and_not_its_neighbours(house: House) -> None:
    zhongmu = accounts.organisation("zhongmu")
    own = queries.whole(rubric=UNITS, organisation=zhongmu, as_of=DAY, by=house["zhongmu"])
    assert own.organisation == zhongmu
    with pytest.raises(NotAllowedError):
        queries.whole(rubric=UNITS, organisation=zhongmu, as_of=DAY, by=house["gongyi"])
    rows = queries.unit_scores(UNITS, as_of=DAY, by=house["gongyi"])
    assert [(one.organisation.code, one.rank) for one in rows] == [("gongyi", None)]
    every = queries.unit_scores(UNITS, as_of=DAY, by=house["office"])
    assert len(every) == 47
    assert {one.kind for one in every} == {"department", "county"}


def test_a_rubric_assesses_only_what_it_is_for(house: House) -> None:
    with pytest.raises(InputError):
        queries.whole(rubric=RUBRIC, organisation=accounts.organisation("zhongmu"), as_of=DAY, by=house["office"])
    with pytest.raises(InputError):
        queries.whole(rubric=UNITS, as_of=DAY, by=house["office"])


def test_an_assessment_is_opened_once_for_what_its_rubric_assesses(house: House) -> None:
    with pytest.raises(NotPossibleError):
        actions.open_assessment(rubric=RUBRIC, by=house["office"])
    with pytest.raises(InputError):
        actions.open_assessment(rubric=UNITS, by=house["office"])
    with pytest.raises(InputError):
        actions.open_assessment(rubric=RUBRIC, organisation=accounts.organisation("zhongmu"), by=house["office"])
    with pytest.raises(NotAllowedError):
        actions.open_assessment(rubric=UNITS, organisation=accounts.organisation("zhongmu"), by=house["zhongmu"])


def test_the_application_form_refuses_what_does_not_fit_and_names_what_is_missing(house: House) -> None:
    form = queries.form_of()
    with pytest.raises(InputError) as caught:
        actions.answer_form(
            assessment=house.city, form=form, by=house["office"],
            answers={"population": "很多", "category": "province", "email": "no address", "gdp": {"2014": "-3"}},
        )  # fmt: skip
    assert all(word in caught.value.text.zh for word in ("人口", "城市类别", "电子邮箱", "GDP"))
    assert len(queries.filled(house.city, form, by=house["office"]).missing) == 10
    good = {
        "name": "郑州市",
        "category": "prefecture",
        "population": "919.1",
        "gdp": {"2014": "6783", "2013": "6202"},
    }
    changed = actions.answer_form(assessment=house.city, form=form, answers=good, by=house["office"])
    assert set(changed) == set(good)
    assert actions.answer_form(assessment=house.city, form=form, answers=good, by=house["office"]) == ()
    missing = {one.field.code for one in queries.filled(house.city, form, by=house["auditor"]).missing}
    assert "gdp" in missing, "one of the three years is still empty"
    assert not missing & {"name", "category", "population"}
    with pytest.raises(NotAllowedError):
        actions.answer_form(assessment=house.city, form=form, answers=good, by=house["environment"])


def test_every_state_has_somebody_who_acts_and_a_way_out() -> None:
    assert set(WHO_ACTS) == set(State)
    assert all(any(one.before == state for one in MOVES) for state in State if state != State.FINAL)
