"""Every check of a rubric can fail: one change to a shipped rubric for each."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualicity.definitions.application_forms import ApplicationForm
from qualicity.definitions.catalogue import SHIPPED, load_catalogue
from qualicity.definitions.crosschecks import Sources, crosscheck
from qualicity.definitions.loading import build, read_yaml
from qualicity.definitions.rubrics import Rubric
from qualicity.errors import DefinitionError

CITY = "zhengzhou-creation-self-designed"
UNITS = "zhengzhou-yearly-units-self-designed"
TASKS = "source: {kind: tasks, numbers: [12, 13, 14, 15, 16, 17, 18]}\n"

NEXT = "          - code: product-6"

CHANGES = {
    "total": (CITY, "total: 100", "total: 99", "the categories add up to 100"),
    "category": (CITY, "    points: 20\n", "    points: 21\n", "the items add up to 20"),
    "item": (CITY, "        points: 7\n", "        points: 8\n", "the criteria add up to 7"),
    "unknown indicator": (CITY, "code: product-4}", "code: produkt-4}", "did you mean “product-4”"),
    "unknown task": (CITY, "[12, 13, 14, 15, 16, 17, 18]", "[12, 13, 14, 15, 16, 17, 48]", "has no task 48"),
    "unknown task of an item": (CITY, "points: 1, task: 13", "points: 1, task: 43", "did you mean “42”"),
    "unknown plan": (CITY, "plan: zhengzhou-2014", "plan: zhengzhou-2013", "did you mean “zhengzhou-2014”"),
    "unknown lead": (CITY, "lead: publicity", "lead: publicty", "did you mean “publicity”"),
    "unknown veto": (CITY, "indicator: task-19", "indicator: task-91", "did you mean “task-19”"),
    "unknown band": (CITY, "    band: D", "    band: E", "there is no band “E”"),
    "bands out of order": (CITY, "at_least: 80}", "at_least: 95}", "from the best down"),
    "no lowest band": (CITY, "at_least: 0}", "at_least: 1}", "begins at 0"),
    "band above the total": (CITY, "at_least: 90}", "at_least: 101}", "never be reached"),
    "criterion twice": (CITY, "- code: product-2\n", "- code: product-1\n", "“product-1” is there twice"),
    "checklist": (CITY, "en: Minutes of the joint meetings}, points: 1", "en: Minutes}, points: 2", "add up to 2"),
    "never: unstated target": (CITY, "code: product-4}", "code: environment-6a}", "can never be scored"),
    "never: no slope": (CITY, "zero_at: 85\n", "zero_at: 92.5\n", "are the same"),
    "never: more than a hundred": (CITY, f"full_at: 100\n{NEXT}", f"full_at: 120\n{NEXT}", "never reaches 120"),
    "never: top step": (CITY, "- {at_least: 80, points: 4}", "- {at_least: 80, points: 3.5}", "it is never full"),
    "steps out of order": (CITY, "- {at_least: 78, points: 3}", "- {at_least: 74, points: 3}", "easy to hard"),
    "step that brings no more": (CITY, "{at_least: 78, points: 3}", "{at_least: 78, points: 2}", "no more points"),
    "step without bound": (CITY, "- {at_least: 78, points: 3}", "- {at_most: 78, points: 3}", "all levels give"),
    "never: own indicators of a city": (CITY, TASKS, "source: {kind: own_indicators}\n", "subject: organisation"),
    "never: threshold without bound": (
        CITY,
        f"kind: linear\n              {TASKS}              zero_at: 0\n              full_at: 100\n",
        f"kind: threshold\n              {TASKS}",
        "give at_least or at_most",
    ),
    "never: register that nobody owes": (
        CITY, "source: {kind: timeliness}", "source: {kind: timeliness, registers: [wastes]}", "did you mean “waste”"
    ),
    "never: no questions": (UNITS, "source: {kind: timeliness}", "source: {kind: public_review}", "no questions"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_rubric_that_cannot_be_scored_is_refused_with_its_line(name: str, tmp_path: Path) -> None:
    code, old, new, said = CHANGES[name]
    text = (SHIPPED / "rubrics" / f"{code}.yaml").read_text(encoding="utf-8")
    assert old in text, f"the shipped rubric no longer says: {old}"
    path = tmp_path / f"{code}.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    source = read_yaml(path, name=path.name)
    known = load_catalogue_once()
    problems = crosscheck(
        plans=known.plans, registers=known.registers, profiles={}, units=tuple(known.units.values()),
        sources=Sources(
            dict.fromkeys(known.plans, source), dict.fromkeys(known.registers, source), {}, {}, {},
            rubrics={code: source},
        ),
        rubrics={code: build(Rubric, source)},
    )  # fmt: skip
    assert any(said in one.en for one in problems), [one.en for one in problems]
    first = text[: text.index(old)].count("\n") + 1
    lines = [int(one.where.split(":")[1]) for one in problems if said in one.en]
    assert any(first - 3 <= line <= first + new.count("\n") + 2 for line in lines), (first, lines)
    assert all(one.zh and one.where.startswith(f"{code}.yaml:") for one in problems)


_KNOWN = []


def load_catalogue_once():
    if not _KNOWN:
        _KNOWN.append(load_catalogue(SHIPPED))
    return _KNOWN[0]


def test_the_shipped_rubrics_say_that_they_are_our_own() -> None:
    known = load_catalogue_once()
    assert set(known.rubrics) == {CITY, UNITS}
    for rubric in known.rubrics.values():
        assert rubric.certainty == "self_designed"
        assert "自拟" in rubric.title.zh
        assert "self-designed" in rubric.title.en
        assert sum(one.points for one in rubric.criteria) == rubric.total == 100
        assert rubric.bands_certainty == "excerpt"


def test_the_shipped_rubric_covers_every_target_of_the_plan() -> None:
    known = load_catalogue_once()
    rubric = known.rubrics[CITY]
    used = {
        one.rule.source.code
        for one in rubric.criteria
        if getattr(getattr(one.rule, "source", None), "kind", "") == "indicator"
    }
    used |= {one.indicator for one in rubric.vetoes}
    # PM10 has no figure in the plan: documents stand in for it
    assert {one.code for one in known.plans[rubric.plan].indicators} - used == {"environment-6a"}
    assert [one.points for one in rubric.categories] == [20, 10, 14, 16, 10, 16, 14]


def test_the_bands_and_the_veto_are_those_of_the_circular() -> None:
    rubric = load_catalogue_once().rubrics[CITY]
    assert [(one.code, one.at_least) for one in rubric.bands] == [("A", 90), ("B", 80), ("C", 60), ("D", 0)]
    (veto,) = rubric.vetoes
    assert (veto.indicator, veto.band, veto.certainty) == ("task-19", "D", "excerpt")


FORM = {
    "twice": ("- {code: head,", "- {code: name,", "“name” is there twice"),
    "choices": ("kind: choice\n", "kind: text\n", "choices belong to kind: choice"),
    "bounds": ("minimum: 0.1, maximum: 5000", "minimum: 6000, maximum: 5000", "below the minimum"),
}


@pytest.mark.parametrize("name", FORM)
def test_a_form_that_contradicts_itself_is_refused(name: str, tmp_path: Path) -> None:
    old, new, said = FORM[name]
    text = (SHIPPED / "application_forms" / "quality-city.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "quality-city.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    source = read_yaml(path, name=path.name)
    problems = crosscheck(
        plans={}, registers={}, profiles={}, units=(),
        sources=Sources({}, {}, {}, {}, {}, application_forms={"quality-city": source}),
        application_forms={"quality-city": build(ApplicationForm, source)},
    )  # fmt: skip
    assert any(said in one.en for one in problems), problems


def test_a_misspelt_key_of_a_rubric_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "rubrics"
    folder.mkdir()
    text = (SHIPPED / "rubrics" / f"{CITY}.yaml").read_text(encoding="utf-8")
    (folder / f"{CITY}.yaml").write_text(text.replace("zero_at: 95", "zero_art: 95"), encoding="utf-8")
    with pytest.raises(DefinitionError, match="zero_at"):
        load_catalogue(SHIPPED, tmp_path)
