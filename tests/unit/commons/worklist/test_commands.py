"""The commands, as a person and as a program use them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from qualicity.__main__ import main
from qualicity.commons.cases import actions as cases


@pytest.fixture
def case(people: Any) -> Any:
    return cases.open_case(
        type="assignment", subject="task:14", title_zh="整治水源", organisation="environment", due=date(2014, 6, 12),
        by=people["office"],
    )  # fmt: skip


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_cases_are_listed_and_shown(case: Any, capsys: pytest.CaptureFixture[str]) -> None:
    (one,) = answer(capsys, "cases", "list", "--type", "assignment", "--organisation", "environment", "--open")
    assert (one["case"], one["due"][:10], one["standing"]) == (case.pk, "2014-06-12", "soon")
    shown = answer(capsys, "cases", "show", str(case.pk))
    assert [entry["code"] for entry in shown["trail"]] == ["open"]
    assert main(["cases", "show", str(case.pk)]) == 0
    assert "整治水源" in capsys.readouterr().out
    assert main(["cases", "show", "999", "--json"]) == 7


def test_the_worklist_digest_and_urging(case: Any, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "worklist", "list", "reporter")
    assert (found["total"], found["soon"], found["items"][0]["case"]) == (1, 1, case.pk)
    assert len(answer(capsys, "worklist", "digest", "reporter", "--days", "3")["due"]) == 1
    assert main(["worklist", "digest", "reporter", "--language", "en"]) == 0
    assert "Due within 5 days: 1" in capsys.readouterr().out
    assert answer(capsys, "worklist", "urge") == {"day": "2014-06-10", "count": 1, "rungs": {"person": 1}}
    assert answer(capsys, "worklist", "urge")["count"] == 0
