"""The pages open, say what they should, and take what people fill in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.judgement.credit.conftest import MILL, NAMES, PLANT, House

from qualicity.__main__ import main
from qualicity.judgement.credit import actions, queries
from qualicity.judgement.credit.models import Dispute, Weighting

PAGES = (
    "/credit/", "/credit/enterprises/", "/credit/enterprises/?q=mnfz", "/credit/enterprises/?class=D&order=worst",
    f"/credit/enterprises/{MILL}/", "/credit/disputes/", "/credit/lacking/",
    "/credit/lacking/?register=prepackaged_products", "/credit/weights/",
    "/credit/weights/?try=1&f-supervision=30&f-public=25&i-complaints=-60",
)  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("scored", [True, False])
def test_every_page_opens_in_both_languages(city: House, client: Any, language: str, scored: bool) -> None:
    if scored:
        actions.score(by=city["office"])
    client.force_login(city["office"])
    client.post("/language/", {"language": language, "next": "/"})
    for page in PAGES:
        answer = client.get(page)
        assert answer.status_code == 200, page
        if page.startswith(("/credit/weights/", f"/credit/enterprises/{MILL}/")) or page == "/credit/":
            assert ("自拟" if language == "zh-hans" else "self-designed") in answer.content.decode()


def test_the_file_says_every_point_and_its_sum(city: House, client: Any) -> None:
    actions.score(by=city["office"])
    client.force_login(city["county"])
    text = client.get(f"/credit/enterprises/{MILL}/").content.decode()
    assert "74.50" in text
    for word in ("市长质量奖", "+2.25", "查实的投诉举报", "−1.50", "100 %"):
        assert word in text


def test_a_county_sees_the_classes_of_its_own_place_only(city: House, client: Any) -> None:
    actions.score(by=city["office"])
    client.force_login(city["county"])
    assert "中牟县" in client.get("/credit/").content.decode()
    text = client.get("/credit/enterprises/").content.decode()
    assert NAMES[MILL] in text
    assert NAMES[PLANT] not in text
    assert NAMES[PLANT] not in client.get("/credit/enterprises/?format=csv").content.decode()


def test_an_enterprise_reads_its_file_and_disputes_an_event_in_plain_words(city: House, client: Any) -> None:
    actions.score(by=city["office"])
    client.force_login(city["mill"])
    text = client.get("/credit/mine/").content.decode()
    assert "提出异议" in text
    page = f"/credit/enterprises/{MILL}/dispute/"
    event = {"source": "complaint_upheld", "number": "ZM-2"}
    assert "−1.50" in client.get(page, event).content.decode()
    assert client.post(page, event | {"reason": " "}).status_code == 422
    sent = client.post(page, event | {"reason": "不是本企业产品"})
    made = Dispute.objects.get()
    assert sent.headers["Location"] == f"/credit/disputes/{made.pk}/"
    client.force_login(city["reviewer"])
    assert "不是本企业产品" in client.get(f"/credit/disputes/{made.pk}/").content.decode()
    assert client.post(f"/credit/disputes/{made.pk}/uphold/", {"answer": "经查属实"}).status_code == 302
    client.force_login(city["mill"])
    assert "经查属实" in client.get(f"/credit/disputes/{made.pk}/").content.decode()
    assert "成立，不再计分" in client.get("/credit/mine/").content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "page", ["/credit/enterprises/", f"/credit/enterprises/{MILL}/", "/credit/disputes/", "/credit/lacking/"]
)
def test_tables_download(city: House, client: Any, page: str, form: str) -> None:
    client.force_login(city["office"])
    assert client.get(page, {"format": form}).status_code == 200


def test_weights_are_tried_proposed_and_adopted_on_the_page(city: House, client: Any) -> None:
    actions.score(by=city["office"])
    client.force_login(city["office"])
    tried = {"try": "1", "f-supervision": "30", "f-public": "25"}
    assert "将变更类别" in client.get("/credit/weights/", tried).content.decode()
    assert client.get("/credit/weights/", {"try": "1", "f-public": "25"}).status_code == 422
    assert client.post("/credit/weights/", tried | {"reason": "突出社会评价"}).status_code == 302
    made = Weighting.objects.get()
    assert client.post(f"/credit/weights/{made.pk}/adopt/").status_code == 403
    client.force_login(city["office2"])
    assert client.post(f"/credit/weights/{made.pk}/adopt/").status_code == 302
    assert queries.scheme()[1] == made
    assert client.post("/credit/score/").status_code == 302
    assert queries.latest().weighting == made


def test_files_are_opened_on_the_page(city: House, client: Any) -> None:
    client.force_login(city["county"])
    sent = client.post("/credit/lacking/open/", {"register": "enterprises"})
    assert sent.headers["Location"].startswith("/evidence/submissions/")
    assert "410122-000000350" in client.get(sent.headers["Location"]).content.decode() or sent.status_code == 302


def test_the_calls_answer_as_the_pages_do(city: House, client: Any) -> None:
    run = actions.score(by=city["office"])
    client.force_login(city["office"])
    found = client.get(f"/api/v1/credit/enterprises/{MILL}").json()
    assert found["credit_class"] == "B"
    parts = sum(round(part["points"] * 10_000) for family in found["families"] for part in family["parts"])
    assert parts == round(found["score"] * 10_000)
    standing = client.get(f"/api/v1/credit/enterprises/{MILL}/class").json()
    assert (standing["score"], standing["run"]) == (found["score"], run.pk)
    listed = client.get("/api/v1/credit/enterprises", {"limit": 2}).json()
    assert (listed["total"], len(listed["enterprises"]), listed["next"]) == (3, 2, 2)
    assert client.get("/api/v1/credit/runs").json()[0]["enterprises"] == 3
    mapped = client.get(f"/api/v1/credit/codes/{MILL[8:17]}").json()
    assert (mapped["uscc"], mapped["certainty"]) == (MILL, "certain")
    weights = json.dumps({"families": {"supervision": 30, "public": 25}})
    tried = client.post("/api/v1/credit/simulate", weights, content_type="application/json").json()
    assert tried["enterprises"] == 3


def test_the_commands_answer_in_one_json_value(
    city: House, capsys: pytest.CaptureFixture[str], tmp_path: Path, home: Path
) -> None:
    def ask(*words: str) -> Any:
        assert main(["--home", str(home), "credit", *words, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    weights = tmp_path / "weights.yaml"
    weights.write_text("families: {supervision: 30, public: 25}\n", encoding="utf-8")
    assert ask("score")["enterprises"] == 3
    assert ask("file", MILL)["class"] == "B"
    assert ask("simulate", "--weights", str(weights))["enterprises"] == 3
    assert [one["name"] for one in ask("lacking")] == ["模拟商店", "模拟机械厂"]
    found = ask("map", f"{MILL[8:16]}-{MILL[16]}", "17000140-1", "17000140-2", "--region", "410000", "--kind", "91")
    assert [one["certainty"] for one in found] == ["certain", "derived", "invalid"]
    assert found[1]["uscc"] == "91410000170001401D"
