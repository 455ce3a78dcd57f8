from __future__ import annotations

import importlib
import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from qualicity import __main__ as command_line
from qualicity.commons.accounts import queries
from qualicity.errors import DefinitionError
from qualicity.evidence.submissions.queries import Finding
from qualicity.site.commands import submit

pytestmark = pytest.mark.django_db


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    code = command_line.main([*words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_home_gets_its_first_manager(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, value = run(capsys, "init", "--office", "office", "--today", "2015-03-31")
    assert code == 0
    assert value["today"] == "2015-03-31"
    assert value["organisations"] == 48
    assert queries.person("office").check_password(value["password"])
    assert run(capsys, "init")[1]["organisations_changed"] == 0


def test_people_are_added_listed_imported_and_deactivated(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "init")
    code, value = run(capsys, "users", "add", "shi", "--role", "reporter", "--organisation", "environment")
    assert code == 0
    assert value["password"]
    file = tmp_path / "people.csv"
    file.write_text("用户名,姓名,单位,角色\nyi,,environment,reviewer\ner,,,leader\n", encoding="utf-8")
    assert len(run(capsys, "users", "import", str(file))[1]) == 2
    assert run(capsys, "users", "deactivate", "er")[1]["is_active"] is False
    assert [one["username"] for one in run(capsys, "users", "list")[1]] == ["shi", "yi"]
    assert run(capsys, "users", "reset-password", "yi")[1]["password"]
    assert run(capsys, "audit", "verify")[1]["ok"] is True


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("users", "deactivate", "nobody"), 7),
        (("users", "add", "x", "--role", "rapporter"), 2),
        (("users", "import", "no-such-file.xlsx"), 2),
        (("frobnicate",), 2),
        (("backup", "/no/such/folder/file.tar"), 2),
        (("restore", "no-such-file.tar"), 2),
    ],
)
def test_an_error_is_a_sentence_and_a_code(
    home: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int
) -> None:
    found, value = run(capsys, *words)
    assert found == code
    assert value["error"]["exit_code"] == code
    assert value["error"]["zh"]
    command_line.main(list(words))
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.strip()


def test_the_language_of_an_error_follows_the_setting(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALICITY_LANGUAGE", "en")
    command_line.main(["users", "deactivate", "nobody"])
    assert capsys.readouterr().err.isascii() is False or "nobody" in capsys.readouterr().err
    monkeypatch.setenv("QUALICITY_LANGUAGE", "zh")
    command_line.main(["users", "deactivate", "nobody"])
    assert "没有用户" in capsys.readouterr().err


def test_a_home_makes_itself_ready_on_first_use(tmp_path: Path) -> None:
    home = tmp_path / "fresh"
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("QUALICITY", "DJANGO", "DATABASE"))
    }
    words = [sys.executable, "-m", "qualicity", "--home", str(home), "organisations", "--json"]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)) == 48
    assert stat.S_IMODE((home / "secret.key").stat().st_mode) == 0o600


def test_open_questions_of_a_draft_are_listed_by_file_and_line(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "plan.txt"
    document.write_text(
        "某市质量提升方案\n一、工作目标\n到2020年，产品合格率达到95%以上。\n二、主要任务\n（一）抓质量。开展活动。\n",
        encoding="utf-8",
    )
    folder = tmp_path / "drafted"
    assert run(capsys, "plan", "draft", str(document), "--out", str(folder))[0] == 0
    code, value = run(capsys, "plan", "check", str(folder))
    assert code == DefinitionError.exit_code
    places = {(Path(one["file"]).name, one["key"]) for one in value["open_questions"]}
    assert ("indicators.yaml", "indicators[0].measure") in places
    assert all("TO_ANSWER" in _near(one) for one in value["open_questions"])


def _near(one: dict[str, Any]) -> str:
    lines = Path(one["file"]).read_text(encoding="utf-8").splitlines()
    return "".join(lines[one["line"] - 1 : one["line"] + 1])


def test_general_help_names_every_command_and_imports_none() -> None:
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "qualicity", "--help"], capture_output=True, text=True, check=True
    )
    for name in command_line.names():
        assert f"    {name}" in told.stdout
    assert not [one for one in ("polars", "numpy", "ninja", "site.commands.submit") if one in told.stderr]


def test_every_command_says_what_it_is_for_where_general_help_reads_it() -> None:
    for name in command_line.names():
        module = importlib.import_module(f"qualicity.site.commands.{name}")
        assert command_line._help_of(name) == module.HELP


def test_mistakes_of_a_plan_are_named_by_the_folder_that_was_given(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "my-plan"
    folder.mkdir()
    (folder / "plan.yaml").write_text("code: my-plan\ntitel: x\n", encoding="utf-8")
    assert command_line.main(["plan", "check", str(folder)]) == 3
    assert f"{folder}/plan.yaml:" in capsys.readouterr().err


def test_a_finding_about_the_whole_file_names_no_row() -> None:
    whole = Finding("r", "warning", None, "", "", "", "x", "x", "why", "why", "mend", "mend")
    assert submit._example(whole).startswith("整份文件 / the whole file x")


def test_the_table_of_indicators_speaks_the_language_asked_for(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALICITY_LANGUAGE", "en")
    assert command_line.main(["indicators", "--as-of", "2015-03-31"]) == 0
    english = capsys.readouterr().out.split("\n\n")[1].splitlines()[1:]
    assert "no data" in english[0]
    assert not re.search("[\u4e00-\u9fff]", "\n".join(english))
    monkeypatch.setenv("QUALICITY_LANGUAGE", "zh")
    assert command_line.main(["indicators", "--as-of", "2015-03-31"]) == 0
    assert "无数据" in capsys.readouterr().out
