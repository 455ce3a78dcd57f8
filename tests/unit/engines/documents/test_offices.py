from __future__ import annotations

from qualicity.engines.documents.offices import offices_in


def test_departments_are_known_by_the_words_of_their_names() -> None:
    found = offices_in("由市市场监管局牵头，市住房和城乡建设局、市发展改革委、市质监局配合，市质监局汇总")
    assert [(o.code, o.name) for o in found] == [
        ("market-supervision", "市市场监管局"),
        ("housing-construction", "市住房和城乡建设局"),
        ("development-reform", "市发展改革委"),
        ("quality-supervision", "市质监局"),
    ]


def test_words_that_name_no_department_give_none() -> None:
    assert offices_in("全市各有关单位和企业") == ()
