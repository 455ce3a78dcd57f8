"""Anybody repeats a draw from what is published of it: the frame as a file, the seed, the digest."""

from __future__ import annotations

import hashlib
import html
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.evidence.inspections.conftest import checks  # noqa: F401 -- a fixture
from tests.unit.publication.opendata import doors, planting

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import actions as registry
from qualicity.evidence.inspections import actions as inspections
from qualicity.evidence.inspections.models import Draw, Target
from qualicity.publication.opendata import actions, queries
from qualicity.site.front import SHELF

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.evidence.inspections.conftest import Checks
    from tests.unit.publication.opendata.planting import Scene

pytestmark = pytest.mark.django_db
SEED = """12 08 33 "it's" """.strip()
ADDRESS = "/open/v1/draws/2014-cables/1/frame.txt"
PLANTED = "/open/v1/draws/plan-one/1/frame.txt"


@pytest.fixture
def draw(checks: Checks) -> Draw:  # noqa: F811
    """Return a draw of three strata whose visits are done, let out as release 1."""
    SHELF.clear()
    registry.sync(by=accounts.operator())
    made = inspections.draw(plan=checks.approved(), seed=SEED, by=checks["planner"])
    Target.objects.filter(draw=made).update(state="sampled")
    actions.publish(by=accounts.operator())
    return made


def downloaded(address: str) -> bytes:
    response = doors.client().get(address)
    assert response.status_code == 200
    body = b"".join(response.streaming_content)
    doors.close(response)
    return body


def published() -> list[dict[str, Any]]:
    return queries.rows("draw_targets", filters={"plan": "2014-cables", "draw": "1"}, limit=200).rows


def test_the_file_is_byte_by_byte_what_the_published_digest_is_of(draw: Draw) -> None:
    row = queries.row("draws", ("2014-cables", 1))
    body = downloaded(row["frame"])
    assert row["frame"] == ADDRESS
    assert hashlib.sha256(body).hexdigest() == row["frame_digest"] == draw.frame_digest
    rows = body.decode().splitlines()
    assert rows == sorted(rows)
    assert len([one for one in rows if one.split("|")[2]]) == row["frame_size"] == 90


def test_a_citizen_repeats_one_stratum_with_sha256_and_nothing_else(draw: Draw) -> None:
    row = queries.row("draws", ("2014-cables", 1))
    rows = [one.split("|") for one in downloaded(row["frame"]).decode().splitlines()]
    number = next(int(n) for line, stratum, code, n in rows if (line, stratum, code) == ("1", "410122", ""))
    codes = [code for line, stratum, code, _ in rows if (line, stratum) == ("1", "410122") and code]
    text = f"{row['seed']}/2014-cables/1"
    again = sorted(codes, key=lambda code: hashlib.sha256(f"{text}|{code}".encode()).hexdigest())[:number]
    assert again == [one["uscc"] for one in published() if one["stratum"] == "410122"]
    assert (len(again), len(codes)) == (4, 40)


@pytest.mark.parametrize("root", ["/public/", "/public/en/"])
def test_the_program_on_the_page_repeats_the_whole_draw(root: str, draw: Draw, tmp_path: Path) -> None:
    page = doors.client().get(f"{root}draws/2014-cables/1/").content.decode()
    assert f'href="{ADDRESS}"' in page
    found = re.search(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)
    assert found
    (tmp_path / "frame.txt").write_bytes(downloaded(ADDRESS))
    command = [sys.executable, "-I", "-c", html.unescape(found[1])]
    out = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    printed = {tuple(line.split()[:2]): line.split()[2:] for line in out.splitlines()}
    assert sum(map(len, printed.values())) == 9
    for (_, stratum), codes in printed.items():
        assert codes == [one["uscc"] for one in published() if one["stratum"] == stratum]


def test_a_frame_with_weights_is_not_given_out_and_the_page_says_why(scene: Scene, operator: Any) -> None:
    Draw.objects.filter(number=1).update(method="risk", risk_release="zq-model")
    actions.publish(by=operator)
    text = doors.opened(doors.client(), PLANTED, status=403)
    told = doors.client().get(PLANTED).json()["error"]
    assert "风险评分" in told["zh"]
    assert "risk score" in told["en"]
    assert scene.found_in([text]) == set()
    assert queries.row("draws", ("plan-one", 1))["frame"] is None
    for root, why in (("/public/", "泄露其中每一家企业的风险评分"), ("/public/en/", "give away the risk score")):
        page = doors.opened(doors.client(), f"{root}draws/plan-one/1/")
        assert why in page
        assert "frame.txt" not in page


def test_a_frame_is_not_given_out_when_a_visit_waits_anew(scene: Scene) -> None:
    Target.objects.filter(draw__number=1).update(state="waiting")
    assert doors.client().get(PLANTED).status_code == 404


def test_a_draw_that_the_tables_do_not_show_yet_has_no_frame(scene: Scene) -> None:
    Target.objects.filter(draw__number=2).update(state="sampled")
    assert doors.client().get(PLANTED.replace("/1/", "/2/")).status_code == 404


def test_a_file_that_was_changed_is_not_given_out(scene: Scene) -> None:
    from qualicity.evidence.submissions.queries.paths import file_path

    path = file_path(Draw.objects.get(number=1).frame_digest)
    path.write_text("1||91410122000000190J|1\n", encoding="utf-8")
    assert doors.client().get(PLANTED).status_code == 500
    path.unlink()
    assert doors.client().get(PLANTED).status_code == 500


def test_the_file_is_streamed_kept_by_its_place_alone_and_known_by_its_digest(scene: Scene) -> None:
    first = doors.client().get(PLANTED)
    assert first.streaming
    assert first.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert first.headers["Content-Disposition"] == 'attachment; filename="plan-one-1-frame.txt"'
    assert first.headers["ETag"] == f'"{Draw.objects.get(number=1).frame_digest}"'
    doors.close(first)
    [kept] = [one for key, one in SHELF._kept.items() if key[1] == PLANTED]
    assert (kept.body, kept.file is not None) == (b"", True)
    again = doors.client().get(PLANTED, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = doors.client().head(PLANTED)
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["Content-Length"]) == len(downloaded(PLANTED))


def test_odd_addresses_are_answered_in_words(scene: Scene) -> None:
    assert doors.client().get(PLANTED.replace("/1/", f"/{10**30}/")).status_code == 404
    assert doors.client().get(PLANTED.replace("/1/", "/x/")).status_code == 422
    assert doors.client().get(PLANTED.replace("plan-one", planting.MAKER)).status_code == 404
