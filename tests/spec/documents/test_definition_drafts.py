"""A draft becomes the definition of a plan: it refuses to load until its open questions are answered.

草案如何成为方案定义：未决问题没有答完之前，不予装载。
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from qualicity.definitions.catalogue import SHIPPED, load_catalogue
from qualicity.engines.documents.definition_yaml import definition_files
from qualicity.engines.documents.drafting import draft
from qualicity.errors import DefinitionError, Text

TITLE = Text(zh="由公文起草方案定义", en="Drafting a plan's definition")
CITIES = Path(__file__).parent / "cities"
NAMES = sorted(path.name for path in CITIES.iterdir())


def written(files: dict[str, str], home: Path) -> Path:
    folder = home / "plans" / "drafted"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return home


def answered(files: dict[str, str]) -> dict[str, str]:
    """Return the files with every place of the page of questions answered."""
    data = {name: yaml.safe_load(text) for name, text in files.items() if name.endswith(".yaml")}
    for name, path in re.findall(
        r"^- \[ \] `([a-z]+\.yaml):\d+` `([^`]+)`", files["open_questions.md"], re.MULTILINE
    ):
        keys = [int(k) if k.isdigit() else k for k in re.findall(r"[^.\[\]]+", path)]
        place = data[name]
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = answer(str(keys[-1]), keys, place)
    if data["organisations.yaml"]["organisations"][0]["code"] != "office":
        data["organisations.yaml"]["organisations"].insert(
            0, {"code": "office", "title": {"zh": "办公室", "en": "Office"}, "kind": "office"}
        )
    return {name: yaml.safe_dump(one, allow_unicode=True, sort_keys=False) for name, one in data.items()}


def answer(key: str, path: list[Any], place: Any) -> Any:
    if key == "measure":
        target = place["target"]
        if target["kind"] == "cut":
            base = {"base_year": target["base_year"]}
            return {"kind": "cut", "register": "pollutant_emissions", "column": "cod"} | base
        if place["unit"] == "分":
            return {"kind": "index", "register": "satisfaction_responses", "items": ["overall"]}
        if place["unit"] == "%":
            where = {"conclusion": ["qualified", "unqualified"]}
            passing = {"conclusion": "qualified"}
            return {"kind": "share", "register": "spot_check_batches", "where": where, "passing": passing}
        return {"kind": "count", "register": "recognitions", "distinct": ["name"]}
    if path[0] == "phases" and key == "start" and place["end"] != "TO_ANSWER":
        return place["end"].replace(month=1, day=1)
    if path[0] == "phases":
        return f"{2015 + int(path[1])}-{'01-01' if key == 'start' else '12-31'}"
    simple = {
        "lead": "office", "office": "office", "place": "410100", "unit": "个", "area": "foundation",
        "certainty": "derived", "issued_on": "2013-01-01", "start": "2010-01-01", "end": "2030-12-31",
        "number": "某政〔2013〕1号", "issuer": "某市人民政府", "points": {2015: 1.0}, "year": 2020, "base_year": 2010,
        "source": {"zh": "统计公报", "en": "Statistics"},
        "title": {"zh": "某市方案", "en": "A plan"}, "zh": "某市", "en": "A city",
        "organisations": [{"code": "office", "title": {"zh": "办公室", "en": "Office"}, "kind": "office"}],
    }  # fmt: skip
    if key == "code":
        return "410100" if path[0] == "places" else "foundation"
    return simple[key]


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_refuses_to_load_while_questions_are_open(name: str, tmp_path: Path) -> None:
    """What the document cannot tell is refused by the loader, with file and line.

    公文里看不出来的内容，装载时逐处指明文件和行号，不予通过。
    """
    files = definition_files(draft(CITIES / name), "drafted")
    with pytest.raises(DefinitionError, match=r"indicators\.yaml"):
        load_catalogue(SHIPPED, written(files, tmp_path))


@pytest.mark.parametrize("name", NAMES)
def test_an_answered_draft_loads(name: str, tmp_path: Path) -> None:
    """Once each listed place is answered, the plan loads with all its targets.

    列出的各处都填好以后，方案连同全部目标值装载成功。
    """
    found = draft(CITIES / name)
    files = answered(definition_files(found, "drafted"))
    plan = load_catalogue(SHIPPED, written(files, tmp_path)).plans["drafted"]
    assert len(plan.indicators) == sum(len(row.targets) for row in found.indicators)
    assert len(plan.tasks) == len(found.tasks)


@pytest.mark.shared
def test_the_sample_plan_drafted_and_answered_loads(shared: Path, tmp_path: Path) -> None:
    """The sample plan makes 34 indicators with the codes that its rows give.

    样例方案得到 34 个指标，代码由其所在行给出。
    """
    files = definition_files(draft(shared / "plan" / "zhengzhou-2014.txt"), "drafted")
    plan = load_catalogue(SHIPPED, written(answered(files), tmp_path)).plans["drafted"]
    codes = [indicator.code for indicator in plan.indicators]
    assert len(codes) == 34
    assert {"works-1a", "works-1b", "environment-6a", "environment-6b", "foundation-5"} <= set(codes)
    assert plan.indicator("environment-6b").target.points == {2013: 108, 2016: 95}


def test_every_question_names_the_line_where_it_stands() -> None:
    """The page of questions points at file, line and key of each open place.

    问题清单对每一处未决内容指明文件、行号和键。
    """
    files = definition_files(draft(CITIES / "chapters.txt"), "drafted")
    asked = re.findall(r"`([a-z]+\.yaml):(\d+)` `([^`]+)`", files["open_questions.md"])
    assert len(asked) == sum(text.count("TO_ANSWER") for name, text in files.items() if name.endswith(".yaml"))
    for name, line, path in asked:
        words = files[name].splitlines()[int(line) - 1 : int(line) + 1]
        assert "TO_ANSWER" in "".join(words), (name, line, path)
