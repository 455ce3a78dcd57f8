"""How to complain: by when the law in force answers is read from the law; where none is known no number is said."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from qualicity.site.front import SHELF

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "said", "unsaid"),
    [
        ("2015-03-31", "不受理的说明理由", "个工作日"),
        (
            "2025-06-02",
            "7 个工作日内告知您是否受理（市场监督管理投诉举报处理暂行办法（总局令第20号）第14条）",
            "不受理的说明",
        ),
        ("2026-06-02", "第15条", "第14条"),
    ],
)
def test_the_time_of_an_answer_is_that_of_the_law_in_force(
    day: str, said: str, unsaid: str, home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALICITY_TODAY", day)
    SHELF.clear()
    page = Client().get("/public/complain/").content.decode()
    assert said in page
    assert unsaid not in page
