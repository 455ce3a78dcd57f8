"""A sheet is taken in once, by those who were drawn, as the law of its day asks, or says what is to be mended."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.evidence.inspections import field_work
from tests.unit.evidence.inspections.field_work import SAMPLED, kept, photo, picture

from qualicity.commons.accounts import actions as accounts
from qualicity.commons.audit.models import AuditRecord
from qualicity.errors import FileError, InputError, NotAllowedError, NotFoundError, NotPossibleError
from qualicity.evidence.inspections import actions, queries
from qualicity.evidence.inspections.lifecycle import SampleState, TargetState
from qualicity.evidence.inspections.models import Sample, SampleFile, Visit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SOON = datetime(2014, 4, 10, 9, tzinfo=UTC)


@pytest.fixture
def people(
    home: Path, make_person: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, operator: Any
) -> dict[str, Any]:
    monkeypatch.setenv("QUALICITY_TODAY", "2014-04-10")
    found = {name: make_person("inspector", "zhongmu", name) for name in ("first", "second", "third")}
    found["county"] = make_person("county", "zhongmu")
    found["neighbour"] = make_person("inspector", "gongyi", "neighbour")
    found["auditor"] = make_person("auditor")
    return found


@pytest.fixture
def field(people: dict[str, Any]) -> field_work.Field:
    return field_work.drawn(people)


@pytest.fixture
def laboratory(operator: Any) -> Any:
    return accounts.add_organisation(
        code="city-laboratory", title_zh="模拟检验所", title_en="Laboratory", kind="laboratory", by=operator
    )


def fields(caught: pytest.ExceptionInfo[actions.SheetError]) -> set[str]:
    return {one.field for one in caught.value.problems}


def test_a_sheet_becomes_a_sample_with_number_weight_files_and_trail(field: field_work.Field, home: Path) -> None:
    taken = field.take()
    assert taken.number == "food-2014-0001"
    assert taken.design_weight == 4.0, "one over the probability to be drawn"
    assert (taken.law, taken.product, taken.stage, taken.place) == (
        "food_sampling",
        "instant-noodles",
        "production",
        "410122",
    )
    assert taken.sampled_unit_code == taken.maker_code == field_work.ENTERPRISE, "a producer makes what it sells"
    assert {one.username for one in taken.samplers.all()} == {"first", "second"}
    assert [one.kind for one in queries.files_of(taken)] == ["photo", "sampler_signature", "unit_signature"]
    assert taken.questions == []
    field.targets[0].refresh_from_db()
    assert field.targets[0].state == TargetState.SAMPLED
    record = AuditRecord.objects.get(subject="sample:food-2014-0001")
    assert record.detail["samplers"] == ["first", "second"]
    assert kept(home) == 2, "both signatures are the same bytes, kept once"
    assert not list((home / "incoming").glob("*")), "nothing is left lying about"


def test_numbers_run_on_within_a_plan(field: field_work.Field) -> None:
    first = field.take()
    actions.void(sample=first, reason="样品破损", by=field["first"])
    second = field.take()
    third = field.take(target=field.targets[1])
    assert [one.number for one in (first, second, third)] == [f"food-2014-000{number}" for number in (1, 2, 3)]


def test_the_same_sheet_again_gives_the_same_sample(field: field_work.Field) -> None:
    given = {"client_id": uuid.uuid4()}
    assert field.take(**given).pk == field.take(**given).pk
    assert Sample.objects.count() == 1
    assert AuditRecord.objects.filter(verb="inspections.sample").count() == 1


def test_another_sheet_under_the_same_id_is_refused(field: field_work.Field, home: Path) -> None:
    given = {"client_id": uuid.uuid4()}
    field.take(**given)
    before = kept(home)
    with pytest.raises(NotPossibleError, match="内容与这次不同"):
        field.take(**given, sheet={"quantity": "7 袋"})
    with pytest.raises(NotPossibleError):
        field.take(**given, files=[picture(data=photo("blue")), *field.files()[1:]])
    assert kept(home) == before


def test_a_target_is_sampled_once(field: field_work.Field) -> None:
    field.take()
    with pytest.raises(NotPossibleError, match="food-2014-0001"):
        field.take()


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"product_name": " "}, {"product_name"}),
        ({"samplers": ("first",)}, {"samplers"}),
        ({"samplers": ("first", "first")}, {"samplers"}),
        ({"samplers": ("first", "third")}, {"samplers"}),
        ({"sampled_at": SAMPLED + timedelta(days=2)}, {"sampled_at"}),
        ({"sampled_at": SAMPLED - timedelta(days=3), "produced_on": None}, {"sampled_at"}),
        ({"produced_on": date(2014, 4, 11)}, {"produced_on"}),
        ({"goods": "trial"}, {"goods"}),
        ({"goods": "no-such"}, {"goods"}),
        ({"quantity": ""}, {"quantity"}),
        ({"quantity": "几袋"}, {"quantity"}),
        ({"quantity": "0 袋"}, {"quantity"}),
        ({"lot_size": "8 袋"}, {"lot_size"}),
        ({"maker_code": "91410122000000190K"}, {"maker_code"}),
        ({"latitude": 95.0}, {"latitude"}),
        ({"longitude": None}, {"latitude"}),
        ({"latitude": None, "longitude": None, "address": ""}, {"address"}),
        ({"brand": "甲" * 101}, {"brand"}),
        ({"product_name": "", "goods": "seconds", "quantity": ""}, {"product_name", "goods", "quantity"}),
    ],
)
def test_what_is_wrong_with_a_sheet_is_named_by_its_field(
    field: field_work.Field, changes: dict[str, Any], wrong: set[str], home: Path
) -> None:
    with pytest.raises(actions.SheetError) as caught:
        field.take(sheet=changes)
    assert fields(caught) == wrong
    assert all(one.text.zh and one.text.en for one in caught.value.problems)
    assert not Sample.objects.exists()
    assert not (home / "files").exists()


def test_a_clause_stands_where_a_law_refuses(people: dict[str, Any]) -> None:
    products = field_work.drawn(people, law="product_spot_checks", code="products-2014")
    with pytest.raises(actions.SheetError, match=r"第133号.*第18条第5项"):
        products.take(sheet={"goods": "trial"})
    with pytest.raises(actions.SheetError, match="第18条第6项"):
        products.take(sheet={"lot_size": "8 袋"})


def test_under_order_18_a_reserve_sample_is_taken(people: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALICITY_TODAY", "2021-04-10")
    products = field_work.drawn(people, law="product_spot_checks", code="products-2021")
    day = SAMPLED.replace(year=2021)
    with pytest.raises(actions.SheetError, match="第22条") as caught:
        products.take(sheet={"sampled_at": day, "reserve_quantity": ""})
    assert fields(caught) == {"reserve_quantity"}
    assert products.take(sheet={"sampled_at": day}).number == "products-2021-0001"


def test_both_sides_sign_by_hand_or_by_name(field: field_work.Field) -> None:
    with pytest.raises(actions.SheetError) as caught:
        field.take(files=[picture()])
    assert fields(caught) == {"sampler_signature", "unit_signature"}
    taken = field.take(files=[picture()], sheet={"sampler_typed": "first", "unit_typed": "模拟负责人"})
    assert taken.signatures[1] == {"side": "unit", "name": "模拟负责人", "how": "typed"}


def test_photographs_are_counted(field: field_work.Field) -> None:
    signatures = field.files()[1:]
    with pytest.raises(actions.SheetError) as caught:
        field.take(files=signatures)
    assert fields(caught) == {"photo"}
    many = [picture(data=photo(f"#0000{number:02x}")) for number in range(9)]
    with pytest.raises(actions.SheetError, match="现有 9 张"):
        field.take(files=[*many, *signatures])


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg/>", b"GIF89a" + bytes(40), photo()[:-40], photo(form="PNG")[:60], b"\xff\xd8\xff" + bytes(200)],
    ids=["empty", "svg", "gif", "cut jpeg", "cut png", "only looks like jpeg"],
)
def test_what_is_no_photograph_is_refused(field: field_work.Field, data: bytes, home: Path) -> None:
    with pytest.raises(FileError):
        field.take(files=[picture(data=data), *field.files()[1:]])
    assert not (home / "files").exists()
    assert not list((home / "incoming").glob("*"))


def test_a_photograph_that_is_too_large_is_refused(field: field_work.Field) -> None:
    with pytest.raises(FileError, match="12 MB"):
        field.take(files=[picture(data=photo() + bytes(12_000_001)), *field.files()[1:]])


def test_the_place_in_a_photograph_is_kept_apart_and_not_shown(field: field_work.Field) -> None:
    data = photo(place=(34.72, 114.0))
    taken = field.take(files=[picture(data=data), *field.files()[1:]])
    one, path = queries.sample_file(taken.number, SampleFile.objects.get(kind="photo").pk, by=field["county"])
    assert (round(one.latitude or 0, 4), round(one.longitude or 0, 4)) == (34.72, 114.0)
    assert one.taken_at == datetime(2014, 4, 10, 0, 4, tzinfo=field_work.ZONE)
    assert path.read_bytes() == data, "the file is kept as it came"
    shown = queries.shown_picture(path)
    assert b"Pocket" in data
    assert b"Pocket" not in shown
    assert b"Exif" not in shown
    assert taken.questions == []


def test_a_place_outside_the_county_is_a_question(field: field_work.Field) -> None:
    far = photo(place=(34.0, 113.0))
    taken = field.take(sheet={"latitude": 34.6, "longitude": 113.0}, files=[picture(data=far), *field.files()[1:]])
    assert [one["code"] for one in taken.questions] == ["place", "photo"]
    assert list(queries.samples(by=field["county"], wanted=queries.SamplesWanted(questioned=True))) == [taken]


def test_only_the_targets_own_inspectors_send_its_sheet(field: field_work.Field) -> None:
    for name in ("third", "county"):
        with pytest.raises(NotAllowedError):
            field.take(by=field[name])
    with pytest.raises(NotAllowedError, match="不在您的权限范围内"):
        field.take(by=field["neighbour"])
    with pytest.raises(NotAllowedError):
        field.take(by=field["auditor"])


def test_who_speaks_for_the_enterprise_stands_aside(field: field_work.Field) -> None:
    second = field["second"]
    second.enterprise = field_work.ENTERPRISE
    second.save()
    with pytest.raises(NotAllowedError, match="回避"):
        field.take()


def test_a_recheck_is_sampled_by_people_of_the_unit(field: field_work.Field) -> None:
    first = field.take()
    again = field.take(recheck_of=first, by=field["third"], sheet={"samplers": ("third", "second")})
    assert (again.recheck_of, again.number, again.design_weight) == (first, "food-2014-0002", None)
    with pytest.raises(actions.SheetError) as caught:
        field.take(recheck_of=first, by=field["third"], sheet={"samplers": ("third", "neighbour")})
    assert fields(caught) == {"samplers"}


def test_a_sample_goes_to_the_laboratory_within_the_days_of_the_law(
    people: dict[str, Any], laboratory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALICITY_TODAY", "2025-04-10")
    food = field_work.drawn(people)
    taken = food.take(sheet={"sampled_at": SAMPLED.replace(year=2025)})
    due = queries.delivery_due(taken)
    assert due is not None
    assert (due.at.astimezone(field_work.ZONE).date(), due.clause) == (date(2025, 4, 17), "第20条")
    monkeypatch.setenv("QUALICITY_TODAY", "2025-04-18")
    sent = actions.deliver(sample=taken, laboratory=laboratory, by=food["second"])
    assert sent.state == SampleState.DELIVERED
    assert AuditRecord.objects.get(verb="inspections.deliver").detail["late"] is True
    with pytest.raises(NotPossibleError):
        actions.deliver(sample=taken, laboratory=laboratory, by=food["second"])


def test_a_law_without_a_day_for_delivery_sets_none(field: field_work.Field, laboratory: Any) -> None:
    taken = field.take()
    assert queries.delivery_due(taken) is None
    assert actions.deliver(sample=taken, laboratory=laboratory, by=field["first"]).laboratory == laboratory


def test_a_sample_is_delivered_to_laboratories_only_and_not_to_its_samplers(
    field: field_work.Field, laboratory: Any
) -> None:
    taken = field.take()
    with pytest.raises(InputError):
        actions.deliver(sample=taken, laboratory=taken.organisation, by=field["first"])
    with pytest.raises(InputError):
        actions.deliver(sample=taken, laboratory=laboratory, by=field["first"], at=SAMPLED - timedelta(hours=1))
    second = field["second"]
    second.organisation = laboratory
    second.save()
    with pytest.raises(NotAllowedError, match="分离"):
        actions.deliver(sample=taken, laboratory=laboratory, by=field["first"])


def test_a_void_sample_lets_its_target_be_sampled_again(field: field_work.Field) -> None:
    taken = field.take()
    with pytest.raises(InputError):
        actions.void(sample=taken, reason=" ", by=field["first"])
    with pytest.raises(NotAllowedError):
        actions.void(sample=taken, reason="破损", by=field["neighbour"])
    assert actions.void(sample=taken, reason="破损", by=field["county"]).void_reason == "破损"
    field.targets[0].refresh_from_db()
    assert field.targets[0].state == TargetState.WAITING
    with pytest.raises(NotPossibleError):
        actions.void(sample=taken, reason="破损", by=field["first"])


def vain(field: field_work.Field, **changes: Any) -> Visit:
    visit = {"outcome": "not_found", "note": "门牌不存在", "visited_at": SAMPLED}
    given = {"client_id": uuid.uuid4(), "target": field.targets[0], "files": [picture()], "by": field["first"]}
    given |= {key: changes.pop(key) for key in tuple(changes) if key in given}
    return actions.close_target(visit=actions.InVain(**{**visit, **changes}), **given)


def test_a_visit_in_vain_closes_the_target_once(field: field_work.Field) -> None:
    client_id = uuid.uuid4()
    first = vain(field, client_id=client_id)
    assert vain(field, client_id=client_id) == first
    field.targets[0].refresh_from_db()
    assert (field.targets[0].state, field.targets[0].note) == ("not_found", "门牌不存在")
    with pytest.raises(NotPossibleError):
        vain(field, client_id=client_id, note="其他")
    with pytest.raises(NotPossibleError):
        field.take()


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"outcome": "sampled"}, {"outcome"}),
        ({"note": " "}, {"note"}),
        ({"files": []}, {"photo"}),
        ({"visited_at": SAMPLED + timedelta(days=2)}, {"visited_at"}),
        ({"visited_at": SAMPLED - timedelta(days=9)}, {"visited_at"}),
    ],
)
def test_a_visit_in_vain_needs_a_reason_a_note_and_a_photograph(
    field: field_work.Field, changes: dict[str, Any], wrong: set[str]
) -> None:
    with pytest.raises(actions.SheetError) as caught:
        vain(field, **changes)
    assert fields(caught) == wrong


def test_a_visit_is_told_by_the_targets_own_inspectors(field: field_work.Field) -> None:
    with pytest.raises(NotAllowedError):
        vain(field, by=field["third"])


def test_everybody_sees_what_is_theirs(field: field_work.Field) -> None:
    taken = field.take()
    assert queries.sample(taken.number, by=field["county"]) == taken
    assert queries.sample(taken.number, by=field["auditor"]) == taken
    with pytest.raises(NotFoundError):
        queries.sample(taken.number, by=field["neighbour"])
    with pytest.raises(NotFoundError):
        queries.sample_file(taken.number, 999, by=field["county"])
    assert [one.pk for one in queries.my_targets(field["second"])] == [field.targets[1].pk]
    assert not queries.my_targets(field["third"])
    with pytest.raises(NotFoundError):
        queries.my_target(field.targets[1].pk, by=field["third"])
    assert [one.verb for one in queries.steps_of(taken)] == ["inspections.sample"]
