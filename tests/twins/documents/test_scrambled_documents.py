"""What a scanner or a typist does to a document must not change what it says."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from qualicity.engines.documents.drafting import draft, draft_of
from qualicity.engines.documents.markdown import markdown_blocks
from qualicity.engines.documents.typed_tables import with_tables
from qualicity.errors import FileError

CITIES = Path(__file__).parents[2] / "spec" / "documents" / "cities"
NAMES = ("chapters.txt", "two_target_years.txt", "numbered_goals.txt", "targets_in_sentences.txt")
WIDTHS = str.maketrans({"（": "(", "）": ")"})
QUICK = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def said(text: str) -> dict[str, object]:
    """Return the draft of a text without its line numbers, which breaking lines moves."""
    found = draft_of(with_tables(text)).as_json()
    for indicator in found["indicators"]:
        del indicator["line"]
    found["not_understood"] = [item["text"] for item in found["not_understood"]]
    return found


def scrambled(text: str, chance: Random) -> str:
    lines = [_scrambled_line(line, chance) for line in text.splitlines()]
    return "\n".join(lines)


def _scrambled_line(line: str, chance: Random) -> str:
    if chance.random() < 0.5:
        line = line.translate(WIDTHS)
    if chance.random() < 0.5:
        line = re.sub(r"(?<=\d)(?=[%年月])|(?<=[到于过])(?=\d)|(?<=\d\.)(?=\d)", " ", line)
    if chance.random() < 0.5:
        line = line.replace("%", "％")
    if len(line) > 45 and line.endswith("。"):
        places = [
            m.end() for m in re.finditer(r"[\u4e00-\u9fff](?=[\u4e00-\u9fff])", line) if 20 < m.end() < len(line) - 6
        ]
        if places and chance.random() < 0.5:
            place = chance.choice(places)
            line = line[:place] + chance.choice(["\n", "\n\n", "\n— 3 —\n", "\n\f\n"]) + line[place:]
    return line


@pytest.mark.parametrize("name", NAMES)
@QUICK
@given(seed=st.integers(0, 2**32))
def test_widths_spaces_and_broken_lines_change_nothing(name: str, seed: int) -> None:
    text = (CITIES / name).read_text(encoding="utf-8")
    assert said(scrambled(text, Random(seed))) == said(text)


@pytest.mark.shared
@settings(QUICK, max_examples=15)
@given(seed=st.integers(0, 2**32))
def test_the_sample_plan_scrambled_says_the_same(shared: Path, seed: int) -> None:
    text = (shared / "plan" / "zhengzhou-2014.txt").read_text(encoding="utf-8")
    assert said(scrambled(text, Random(seed))) == said(text)


def wrapped(text: str, width: int) -> str:
    """Return the text as a page of this width prints it."""
    lines: list[str] = []
    for line in text.splitlines():
        pieces = [line[at : at + width] for at in range(0, len(line), width)] or [""]
        lines += [line] if "\t" in line or line.startswith(" ") else pieces
    return "\n".join(lines)


PARAGRAPHS = """bare_headings chapters columns_of_years dashes_and_prose_phases letter_and_annex numbered_goals
numbered_in_other_ways run_on_headings targets_in_sentences traditional_copy two_target_years"""
# where a heading fills the margin to its last place, nobody can tell whether the next line goes on with it
FILLED = {("targets_in_sentences", 26)}


@pytest.mark.parametrize("name", PARAGRAPHS.split())
def test_lines_broken_at_any_margin_change_nothing(name: str) -> None:
    text = (CITIES / f"{name}.txt").read_text(encoding="utf-8")
    whole = said(text)
    changed = {width for width in range(19, 61) if said(wrapped(text, width)) != whole}
    assert changed == {width for one, width in FILLED if one == name}


@pytest.mark.shared
@pytest.mark.parametrize("width", range(19, 61, 3))
def test_the_sample_plan_broken_at_a_margin_says_the_same(shared: Path, width: int) -> None:
    text = (shared / "plan" / "zhengzhou-2014.txt").read_text(encoding="utf-8")
    assert said(wrapped(text, width)) == said(text)


WORDS = """一、 （一） 1. 第一章 第一条 目标 任务 保障措施 步骤 2015年 至 到 3月 31日 达到 95% 以上
不低于 分别 、 ， 。 合格率 百分之 九十 附件： 抄送： 印发 （ ） “ ” 《 》 $\\leq { } #
** <table> <tr> <td> | 下降 比 2月30日 13月 ： ；"""
PIECES = st.sampled_from([*WORDS.split(), "\n", "\t", " "])


@settings(QUICK, max_examples=200)
@given(text=st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=80).map("".join)))
@example(text="到2015年13月45日99%")
def test_no_text_whatever_breaks_the_reader(text: str) -> None:
    draft_of(with_tables(text)).as_json()
    draft_of(markdown_blocks(text)).as_json()


@settings(QUICK, max_examples=100)
@given(content=st.binary(max_size=300), kind=st.sampled_from([".txt", ".md", ".docx", ".doc", ".pdf"]))
def test_bytes_are_read_or_refused_with_a_reason(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / f"any{kind}"
    path.write_bytes(content)
    with suppress(FileError):
        assert draft(path).as_json()


@pytest.mark.parametrize(
    "text",
    [
        "95%，" * 3000,
        "甲、" * 3000 + "分别达到95%和96%。",
        "2015年" * 3000,
        "（牵头单位：" * 2000,
        "the quick brown fox jumps over the lazy dog " * 200 + "合格率达到95%",
        "a/b-c " * 3000,
    ],
)
def test_endless_repetition_is_read_in_reasonable_time(text: str) -> None:
    started = time.process_time()
    draft_of(with_tables("二、目标\n" + text))
    assert time.process_time() - started < 10
