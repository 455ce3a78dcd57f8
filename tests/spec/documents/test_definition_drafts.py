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
from qualicity.engines.documents.open_questions import open_in
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
            base = {"base_year": target["base_year"] if isinstance(target["base_year"], int) else 2010}
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


def test_changes_are_no_levels_and_ranges_are_asked_about() -> None:
    """A growth, points or a multiple becomes a target without a level, and its own words are asked about by line.

    增长、百分点、倍数不当作水平：写成没有数值的目标，并按行列出原文请人核对；区间也列出。
    """
    files = definition_files(draft(CITIES / "page_around_a_plan.txt"), "drafted")
    indicators = yaml.safe_load(files["indicators.yaml"])["indicators"]
    changes = [one for one in indicators if any(word in one["text"]["zh"] for word in ("增长", "百分点", "倍"))]
    assert {one["target"]["kind"] for one in changes if one["target"]["certainty"] == "TO_ANSWER"} == {"unstated"}
    assert changes
    asked = [line for line in files["open_questions.md"].splitlines() if ".certainty`" in line]
    assert any("读作年均增长" in line and "原文第" in line for line in asked)
    ranged = definition_files(draft(CITIES / "numbered_in_other_ways.txt"), "drafted")["open_questions.md"]
    assert "读作区间 1—2" in ranged


def test_every_target_of_a_draft_stands_in_its_definition() -> None:
    """No target is lost between the draft and its YAML, and each keeps the words that it was read from.

    从草案到定义，目标一条不少，各自保留原文。
    """
    for name in NAMES:
        found = draft(CITIES / name)
        indicators = yaml.safe_load(definition_files(found, "drafted")["indicators.yaml"])["indicators"]
        texts = [row.text for row in found.indicators for _ in row.targets]
        assert [one["text"]["zh"] for one in indicators] == texts, name


@pytest.mark.parametrize("name", NAMES)
def test_what_is_open_is_listed_by_file_and_line(name: str, tmp_path: Path) -> None:
    """The open places of a folder are found again in its files, each on the line that the page of questions names.

    目录里未决的各处都能按文件和行号列出，与问题清单一致。
    """
    files = definition_files(draft(CITIES / name), "drafted")
    home = written(files, tmp_path) / "plans" / "drafted"
    listed = {(Path(one.file).name, one.line, one.key) for one in open_in(home)}
    asked = re.findall(r"^- \[ \] `([a-z]+\.yaml):(\d+)` `([^`]+)`", files["open_questions.md"], re.MULTILINE)
    assert listed == {(file, int(line), key) for file, line, key in asked}
