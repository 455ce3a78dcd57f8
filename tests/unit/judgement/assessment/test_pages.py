"""The pages open, say what they should, and take what people fill in."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.judgement.assessment.conftest import DAY, House

from qualicity.judgement.assessment import actions

PAGES = (
    "/assessment/", "/assessment/missing/", "/assessment/actions/", "/assessment/units/", "/assessment/results/",
    "/assessment/objections/", "/assessment/rectifications/", "/assessment/packages/", "/assessment/application/",
    "/assessment/criteria/joint-meetings/", "/assessment/criteria/product-2/", "/assessment/criteria/timeliness/",
    "/assessment/?rubric=zhengzhou-yearly-units-self-designed&unit=zhongmu",
)  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_both_languages(house: House, client: Any, page: str, language: str) -> None:
    house["office"].language = language
    house["office"].save()
    client.force_login(house["office"])
    client.post("/language/", {"language": language, "next": "/"})
    answer = client.get(page)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert ("自拟" in text) or ("self-designed" in text) or "/assessment/" in text


def test_the_parts_of_the_page_add_up(house: House, client: Any, filed: Any) -> None:
    filed()
    client.force_login(house["auditor"])
    text = client.get("/assessment/").content.decode()
    assert '<span class="points">1.00' in text
    assert "较有把握" in text
    assert "待补" in text


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "page", ["/assessment/", "/assessment/missing/", "/assessment/actions/", "/assessment/units/"]
)
def test_tables_download(house: House, client: Any, page: str, form: str) -> None:
    client.force_login(house["office"])
    assert client.get(page, {"format": form}).status_code == 200


def test_an_expert_scores_on_the_page(house: House, client: Any) -> None:
    actions.open_round(assessment=house.city, kind="expert", by=house["office"])
    client.force_login(house["expert1"])
    assert client.post("/assessment/review/", {"points-culture": "1.5", "comment-culture": "扎实"}).status_code == 302
    assert 'value="1.50"' in client.get("/assessment/review/").content.decode()
    assert client.post("/assessment/review/", {"points-culture": "9"}).status_code == 302
    assert 'value="1.50"' in client.get("/assessment/review/").content.decode()
    client.force_login(house["expert2"])
    text = client.get("/assessment/review/").content.decode()
    assert "1.50" not in text
    assert "扎实" not in text


def test_a_whole_assessment_on_the_pages(house: House, client: Any, pdf: Any) -> None:
    client.force_login(house["office"])
    with pdf().open("rb") as file:
        sent = client.post("/assessment/criteria/joint-meetings/file/", {"item": "minutes", "file": file})
    assert sent.status_code == 302
    for verb in ("open-expert", "close-expert", "open-public", "close-public", "adopt"):
        assert client.post(f"/assessment/run/{verb}/").status_code == 302, verb
    client.force_login(house["environment"])
    sent = client.post("/assessment/objections/", {"criterion": "environment-6a", "reason": "文件已报"})
    assert sent.status_code == 302
    number = house.city.objections.get().pk
    client.force_login(house["office2"])
    assert client.post(f"/assessment/objections/{number}/take_up/").status_code == 302
    assert "复核中" in client.get("/assessment/objections/").content.decode()
    client.force_login(house["office3"])
    assert client.post(f"/assessment/objections/{number}/dismiss/", {"answer": "不变"}).status_code == 302
    assert client.post("/assessment/run/finish/").status_code == 302
    made = client.post("/assessment/packages/", {"purpose": "acceptance"})
    assert made.status_code == 302
    package = house.city.packages.get()
    answer = client.get(f"/assessment/packages/{package.pk}/")
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert package.manifest_sha256 in client.get("/assessment/packages/").content.decode()
    assert client.get("/assessment/results/").status_code == 200


def test_a_repeated_page_is_quick_because_nothing_is_computed_again(
    house: House, client: Any, django_assert_max_num_queries: Any
) -> None:
    client.force_login(house["office"])
    client.get("/assessment/", {"as_of": DAY.isoformat()})
    with django_assert_max_num_queries(30):
        client.get("/assessment/", {"as_of": DAY.isoformat()})
