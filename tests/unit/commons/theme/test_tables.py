"""A row of a table may stand as a card on a phone: its cells know their headings."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils import translation

HEAD = (
    '<thead><tr><th scope="col">Name</th><th scope="col" class="figure">Value <b>(%)</b></th>'
    '<th scope="col"></th></tr></thead>'
)


def shown(rows: str, head: str = HEAD) -> str:
    inside = f'<div><table class="table x">{head}<tbody>{rows}</tbody></table></div>'
    return Template("{% load tables %}{% stacked %}" + inside + "{% endstacked %}").render(Context())


def test_each_cell_is_told_the_heading_of_its_column() -> None:
    page = shown('<tr><th scope="row">A</th><td class="figure">1.5</td><td><a href="/">rows</a></td></tr>')
    assert '<table class="table stacked x">' in page
    assert '<td class="figure" data-label="Value (%)">1.5</td>' in page
    assert '<th scope="row">A</th>' in page
    assert '<td><a href="/">rows</a></td>' in page


def test_a_cell_without_anything_to_see_is_marked_and_one_with_an_icon_is_not() -> None:
    page = shown(
        '<tr><th scope="row">A</th><td> </td><td>—</td></tr><tr><th>B</th><td><svg><use href="#x"/></svg></td></tr>'
    )
    assert page.count("data-blank") == 2
    assert '<td data-label="Value (%)"><svg>' in page


def test_a_cell_over_several_columns_has_no_heading_and_moves_the_next_on() -> None:
    page = shown(
        '<tr><td colspan="2">both</td><td>last</td></tr>', HEAD.replace('<th scope="col"></th>', "<th>End</th>")
    )
    assert '<td colspan="2">both</td>' in page
    assert '<td data-label="End">last</td>' in page


def test_headings_are_written_as_words_and_stay_escaped() -> None:
    page = shown(
        "<tr><td>1</td></tr>", '<thead><tr><th scope="col">a &amp; &quot;b&quot; &lt;i&gt;</th></tr></thead>'
    )
    assert 'data-label="a &amp; &quot;b&quot; &lt;i&gt;"' in page


def test_a_heading_for_screen_readers_only_and_a_table_without_a_head_stay_as_they_are() -> None:
    hidden = '<thead><tr><th><span class="visually-hidden">Do</span></th></tr></thead>'
    assert "data-label" not in shown("<tr><td>1</td></tr>", hidden)
    assert shown("<tr><td>1</td></tr>", "").count("stacked") == 0


def test_long_words_take_the_whole_width() -> None:
    assert "data-long" in shown(f"<tr><td>{'x' * 40}</td></tr>")


@pytest.mark.parametrize(("language", "between"), [("zh-hans", "甲、乙"), ("en", "甲, 乙")])
def test_a_list_is_written_as_the_readers_language_writes_it(language: str, between: str) -> None:
    text = "{% load tables %}{{ all|listed }} "
    text += "{% for one in all %}{{ one }}{% if not forloop.last %}{% comma %}{% endif %}{% endfor %}"
    with translation.override(language):
        assert Template(text).render(Context({"all": ["甲", "乙"]})) == f"{between} {between}"
