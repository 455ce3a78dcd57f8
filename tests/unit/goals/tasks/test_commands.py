"""The commands: one JSON value each, all or nothing for the annex."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from qualicity.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db(transaction=True)


def say(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    assert main([*words, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_the_annex_goes_out_is_filled_and_comes_back(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say(capsys, "organisations", "--sync")
    made = say(capsys, "tasks", "derive")
    path = tmp_path / "annex.xlsx"
    assert say(capsys, "tasks", "template", "--out", str(path))["rows"] == made["assignments"]
    refused = say(capsys, "tasks", "import", str(path), code=1)
    assert not refused["taken"]
    assert {one["column"] for one in refused["findings"]} == {"section", "post", "person", "quality", "quantity"}
    assert {"row", "expected_zh", "why_en", "mend_zh"} <= set(refused["findings"][0])
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[0].iter_rows(min_row=2, max_row=made["assignments"] + 1):
        for column in (3, 4, 5, 9, 10):
            row[column].value = "已定"
    book.save(path)
    taken = say(capsys, "tasks", "import", str(path))
    assert (taken["taken"], taken["assignments"], taken["replaced"]) == (True, *[made["assignments"]] * 2)
    assert say(capsys, "tasks", "copy", "zhongmu")["assignments"] == made["assignments"]
    lights = say(capsys, "tasks", "lights")
    assert lights["changed"] == lights["assignments"] == 2 * made["assignments"]
    assert say(capsys, "tasks", "lights")["changed"] == 0
    led = say(capsys, "tasks", "list", "--organisation", "environment", "--task", "4")
    assert {one["organisation"] for one in led} <= {"environment", "zhongmu"}


def test_supervision_answers(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    say(capsys, "organisations", "--sync")
    gates = say(capsys, "supervision", "gates")
    assert [one["phase"] for one in gates] == [1, 2, 3, 4]
    assert len(gates[0]["conditions"][0]["wanting"]) == 42
    assert say(capsys, "supervision", "circulars") == []
    assert say(capsys, "supervision", "climb") == []
    assert say(capsys, "supervision", "fund")["budget_fen"] == 0
    assert say(capsys, "supervision", "meetings") == []
    assert all("facts" in one for one in say(capsys, "supervision", "facts"))
