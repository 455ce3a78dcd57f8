"""Reading YAML: data, lines, and refusals that name file, line and the nearest right word."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualicity.definitions.loading import build, merge, read_yaml
from qualicity.definitions.plans import Plan
from qualicity.definitions.registers import Register
from qualicity.definitions.roles import Roles
from qualicity.errors import DefinitionError

REGISTER = """\
code: wells
title: {zh: 水井, en: Wells}
purpose: {zh: 水井, en: Wells}
grain: flow
basis: census
level: county
place: place
date: date
period: year
key: [place, date]
columns:
  - {name: place, title: {zh: 地区, en: Place}, type: place}
  - {name: date, title: {zh: 日期, en: Date}, type: date}
  - name: depth
    title: {zh: 深度, en: Depth}
    type: number
    minimum: 0
"""


def said(tmp_path: Path, text: str) -> str:
    path = tmp_path / "wells.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        build(Register, read_yaml(path, name="wells.yaml"))
    return str(caught.value)


def test_every_key_and_item_knows_its_line(tmp_path: Path) -> None:
    path = tmp_path / "wells.yaml"
    path.write_text(REGISTER, encoding="utf-8")
    source = read_yaml(path)
    assert source.where("columns", 2, "type") == f"{path}:16"
    assert source.where("columns", 2, "no such key") == f"{path}:14"
    assert source.data["key"] == ["place", "date"]
    assert build(Register, source).column("depth").minimum == 0


def test_a_misspelt_key_is_refused_with_the_nearest_right_word(tmp_path: Path) -> None:
    words = said(tmp_path, REGISTER.replace("minimum: 0", "minimun: 0"))
    assert "wells.yaml:17：columns.2.minimun：不认识的键“minimun”；是否指“minimum”？" in words
    assert "wells.yaml:17: columns.2.minimun: unknown key “minimun”; did you mean “minimum”?" in words


def test_a_word_outside_the_vocabulary_is_refused_with_the_nearest_right_word(tmp_path: Path) -> None:
    words = said(tmp_path, REGISTER.replace("type: number", "type: numbers"))
    assert "wells.yaml:16: columns.2.type: “numbers” is none of the values allowed (" in words
    assert "did you mean “number”?" in words


def test_a_missing_key_is_named_where_it_is_missing(tmp_path: Path) -> None:
    assert "wells.yaml:14: columns.2: “type” is missing" in said(tmp_path, REGISTER.replace("    type: number\n", ""))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("minimum: 0", "minimum: low", "expected a number, found “low”"),
        ("key: [place, date]", "key: place", "expected a list, found “place”"),
        ("key: [place, date]", "key: []", "cannot be used"),
        ("code: wells", "code: 410100", "a code of digits needs quotes"),
        ("code: wells", "code: Wells!", "is not written as"),
        ("title: {zh: 水井, en: Wells}", "title: Wells", "expected “key: value”, found “Wells”"),
        ("    minimum: 0", "    required: perhaps", "expected true or false, found “perhaps”"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert words in said(tmp_path, REGISTER.replace(old, new))


def test_a_key_written_twice_is_refused_with_both_lines(tmp_path: Path) -> None:
    words = said(tmp_path, REGISTER + "    type: text\n")
    assert "wells.yaml:18: the key “type” is written twice (first on line 16)" in words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("code: [wells\n", "not valid YAML"),
        ("- wells\n", "must be “key: value”"),
        ("? [a, b]\n: 1\n", "a key must be a word or a number"),
        ("code: \x07\n", "UTF-8 text"),
        ("", "“code” is missing"),
    ],
)
def test_a_file_that_is_no_definition_is_refused(tmp_path: Path, text: str, words: str) -> None:
    assert words in said(tmp_path, text)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wells.yaml"
    path.write_bytes(REGISTER.encode("gb18030"))
    with pytest.raises(DefinitionError, match="must be UTF-8"):
        read_yaml(path)


def test_files_of_one_definition_are_joined_and_keep_their_lines(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("code: x\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("\ntasks:\n  - number: 1\n", encoding="utf-8")
    joined = merge([read_yaml(tmp_path / name, name=name) for name in ("a.yaml", "b.yaml")])
    assert joined.data == {"code": "x", "tasks": [{"number": 1}]}
    assert joined.where("tasks", 0, "number") == "b.yaml:3"
    assert joined.where() == "a.yaml:1"


def test_a_key_that_stands_in_two_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("code: x\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("\ncode: y\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"b\.yaml:2: the key “code” already stands in a\.yaml:1"):
        merge([read_yaml(tmp_path / name, name=name) for name in ("a.yaml", "b.yaml")])


def test_more_than_twenty_mistakes_are_counted_not_listed(tmp_path: Path) -> None:
    path = tmp_path / "roles.yaml"
    path.write_text("roles:\n" + "  - {}\n" * 10, encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        build(Roles, read_yaml(path, name="roles.yaml"))
    assert "… and 30 more." in caught.value.text.en
    assert "……另有 30 处问题。" in caught.value.text.zh


INDICATOR = """\
indicators:
  - code: a
    area: product
    title: {zh: 甲, en: A}
    text: {zh: 甲, en: A}
    cite: 一
    unit: "%"
    lead: a
    measure:
      kind: share
      register: wells
      where: {depth: {at_lest: 3}}
      passing: {depth: {at_least: 3}}
    target: {kind: at_least, value: 1}
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("at_lest", "at_lest", "unknown key “at_lest”; did you mean “at_least”?"),
        ("kind: share", "kind: shere", "did you mean “share”?"),
        ("kind: share\n      ", "", "“kind” is missing"),
        ("kind: share", "kimd: share", "measure.kimd: unknown key “kimd”; did you mean “kind”?"),
        ("register: wells", "registr: wells", "unknown key “registr”; did you mean “register”?"),
        ("kind: at_least", "kind: at_lest", "did you mean “at_least”?"),
    ],
)
def test_mistakes_deep_inside_a_measure_are_named_too(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = tmp_path / "indicators.yaml"
    path.write_text(INDICATOR.replace(old, new), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        build(Plan, read_yaml(path, name="indicators.yaml"))
    assert any(words in line for line in caught.value.text.en.splitlines() if "indicators.0" in line)
    assert "expected text" not in caught.value.text.en
