from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.engines.documents.checking import faults, specimen

from qualicity import __main__ as command_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    document = specimen.clean()
    faults.number_in_square_brackets(document)
    document.save(tmp_path / "notice.docx")
    return tmp_path / "notice.docx"


def test_the_json_holds_file_deviations_and_notices(
    home: Path, notice: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line.main(["document", "check", str(notice), "--json", "--lang", "zh"]) == 0
    value = json.loads(capsys.readouterr().out)
    assert set(value) == {"file", "deviations", "notices"}
    assert value["file"] == str(notice)
    (only,) = value["deviations"]
    assert only == {
        "clause": "7.2.5",
        "where": only["where"],
        "found": "郑政[2014]17号",
        "expected": "郑政〔2014〕17号（六角括号，不加“第”，序号不编虚位）",
    }


def test_the_text_is_in_the_language_asked_for(home: Path, notice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["document", "check", str(notice), "--lang", "en"]) == 0
    assert "hexagonal brackets" in capsys.readouterr().out
    assert command_line.main(["document", "check", str(notice), "--lang", "zh"]) == 0
    assert "六角括号" in capsys.readouterr().out


def test_a_document_in_which_nothing_deviates_says_so(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    specimen.clean().save(tmp_path / "clean.docx")
    assert command_line.main(["document", "check", str(tmp_path / "clean.docx"), "--lang", "zh"]) == 0
    assert "未发现" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code"),
    [(("no-such-file.docx",), 2), (("notice.txt",), 4), (("notice.docx", "--style", "gbt-9704-2021"), 2)],
)
def test_what_cannot_be_measured_is_a_sentence_and_a_code(
    words: tuple[str, ...], code: int, home: Path, tmp_path: Path, notice: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notice.txt").write_text("通知", encoding="utf-8")
    file, *rest = words
    assert command_line.main(["document", "check", str(tmp_path / file), *rest, "--json"]) == code
    fault = json.loads(capsys.readouterr().out)["error"]
    assert fault["exit_code"] == code
    assert fault["zh"] != fault["en"]
