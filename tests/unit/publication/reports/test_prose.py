"""Numbers stay bound while their words change."""

from __future__ import annotations

import pytest

from qualicity.engines.documents.official.model import Figure, Runs
from qualicity.errors import InputError
from qualicity.publication.reports.queries.prose import as_runs, as_text, tokens_of


def figure(code: str, text: str) -> Figure:
    return Figure(code, "410100", "2014", text, 1.0, "%")


RUNS: Runs = (
    "PM2.5 合格率为",
    figure("a", "97.1%"),
    "，去年为",
    figure("a", "96.0%"),
    "，目标",
    figure("b", "95%"),
    "。",
)
TEXT = "PM2.5 合格率为⟦a⟧，去年为⟦a#2⟧，目标⟦b⟧。"


def test_a_paragraph_comes_back_as_it_went() -> None:
    assert as_text(RUNS) == TEXT
    assert as_runs(TEXT, RUNS) == RUNS
    assert list(tokens_of(RUNS)) == ["a", "a#2", "b"]


def test_numbers_move_and_stay_what_they_are() -> None:
    found = as_runs("目标⟦b⟧；去年⟦a#2⟧，2015年3月起为⟦a⟧。", RUNS)
    assert [one.text for one in found if isinstance(one, Figure)] == ["95%", "96.0%", "97.1%"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (TEXT.replace("⟦b⟧", "⟦bc⟧"), "是否指 ⟦b⟧"),
        (TEXT.replace("⟦b⟧", ""), "少了数字标记 ⟦b⟧"),
        (TEXT + "⟦b⟧", "出现了两次"),
        (TEXT + "实际为98.2%。", "“98.2”是手工键入的数字"),
        (TEXT.replace("PM2.5", "PM10"), "“10”是手工键入的数字"),
        (TEXT + "⟦", "不完整"),
    ],
)
def test_what_would_unbind_a_number_is_refused_in_words(text: str, says: str) -> None:
    with pytest.raises(InputError) as refused:
        as_runs(text, RUNS)
    assert says in refused.value.text.zh
    assert refused.value.text.en


def test_an_empty_text_leaves_the_paragraph_out() -> None:
    assert as_runs("  ", RUNS) == ()
