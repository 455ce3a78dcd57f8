from __future__ import annotations

from typing import Any

import pytest

from qualicity.commons.registry import queries as registry
from qualicity.errors import NotAllowedError
from qualicity.site import search

pytestmark = pytest.mark.django_db


def test_initials_are_those_of_the_pinyin() -> None:
    assert search.initials("中牟县 PM2.5").startswith("zmx")


@pytest.mark.parametrize("words", ["environment-1a", "Environment-1A", "市环保局", "shbj", "environmental"])
def test_things_are_found_by_name_code_or_initials(make_person: Any, words: str) -> None:
    assert search.find(plan=registry.plan(), words=words, by=make_person("leader"))


def test_a_code_comes_first_and_nothing_comes_of_nothing(make_person: Any) -> None:
    leader = make_person("leader")
    assert search.find(plan=registry.plan(), words="environment", by=leader)[0].code == "environment"
    assert search.find(plan=registry.plan(), words="  ", by=leader) == ()
    assert search.find(plan=registry.plan(), words="没有这样的东西", by=leader) == ()


def test_nobody_searches_unseen() -> None:
    with pytest.raises(NotAllowedError):
        search.find(plan=registry.plan(), words="x", by=None)
