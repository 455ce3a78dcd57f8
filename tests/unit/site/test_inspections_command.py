"""``qualicity inspections``: plans as JSON, and a draw that says the same whenever it is asked with the same seed."""

from __future__ import annotations

import argparse
import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.evidence.inspections.conftest import checks

from qualicity.errors import InputError, NotFoundError, NotPossibleError
from qualicity.evidence.inspections import actions
from qualicity.evidence.inspections.models import Draw
from qualicity.site.commands import inspections

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.unit.evidence.inspections.conftest import Checks

__all__ = ["checks"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Return a function that runs the command and returns its JSON."""

    def ask(*words: str) -> Any:
        parser = argparse.ArgumentParser()
        inspections.add_arguments(parser)
        assert inspections.run(parser.parse_args([*words, "--json"])) == 0
        return json.loads(capsys.readouterr().out)

    return ask


def test_plans_are_listed_with_their_code_first(checks: Checks, asked: Callable[..., Any]) -> None:
    listed = asked("plans")
    assert next(iter(listed[0].items())) == ("code", "2014-cables")
    assert (listed[0]["lines"], listed[0]["count"], listed[0]["drawn"]) == (1, 9, 0)
    assert asked("plans", "--year", "2013") == []


def test_a_draw_is_repeatable_and_stores_nothing(checks: Checks, asked: Callable[..., Any]) -> None:
    first, again, other = (asked("draw", "--plan", "2014-cables", "--seed", seed) for seed in ("7", "7", "8"))
    assert first == again
    assert first["targets"] != other["targets"]
    assert first["frame_digest"] == other["frame_digest"]
    assert not Draw.objects.exists()
    assert {*first["targets"][0]} >= {"number", "line", "product", "enterprise", "name", "place", "stratum",
                                      "probability", "inspectors"}  # fmt: skip


def test_a_recorded_draw_gives_the_same_targets_again_by_its_number(
    checks: Checks, asked: Callable[..., Any]
) -> None:
    checks.approved()
    kept = asked("draw", "--plan", "2014-cables", "--seed", "7", "--record")
    actions.declare_conflict(
        person=checks["zhongmu-1"], enterprise=kept["targets"][0]["enterprise"], reason="亲属", by=checks["zhongmu-1"]
    )
    again = asked("draw", "--plan", "2014-cables", "--seed", "7", "--number", "1")
    assert again["frame_digest"] == kept["frame_digest"]
    assert again["targets"] == [{key: one[key] for key in one if key != "state"} for one in kept["targets"]]


def test_the_frame_goes_into_a_file_of_its_digest(checks: Checks, asked: Callable[..., Any], tmp_path: Path) -> None:
    out = tmp_path / "frame.txt"
    said = asked("frame", "--plan", "2014-cables", "--out", str(out))
    assert hashlib.sha256(out.read_bytes()).hexdigest() == said["frame_digest"]
    assert said["frame_digest"] == asked("draw", "--plan", "2014-cables", "--seed", "7")["frame_digest"]


def test_a_file_that_cannot_be_written_is_said(checks: Checks, asked: Callable[..., Any], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="无法写入"):
        asked("frame", "--plan", "2014-cables", "--out", str(tmp_path / "nowhere" / "frame.txt"))


def test_a_plan_that_is_not_there_is_said_with_the_nearest(checks: Checks, asked: Callable[..., Any]) -> None:
    with pytest.raises(NotFoundError, match="2014-cables"):
        asked("draw", "--plan", "2014-cable", "--seed", "7")
    with pytest.raises(NotFoundError, match="第 3 次"):
        asked("draw", "--plan", "2014-cables", "--seed", "7", "--number", "3")
    with pytest.raises(NotPossibleError, match="草拟"):
        asked("draw", "--plan", "2014-cables", "--seed", "7", "--record")
