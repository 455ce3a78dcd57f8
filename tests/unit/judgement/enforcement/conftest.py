"""People of a county, its neighbour, the office and an enterprise, on a day in 2014."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualicity.commons.accounts.models import Person

FIRM, OTHER = "91410122000000190J", "91410181000000270L"
ACTORS = {
    "inspector": ("inspector", "zhongmu"),
    "officer": ("county", "zhongmu"),
    "director": ("director", "zhongmu"),
    "neighbour": ("county", "gongyi"),
    "office": ("office", "quality-supervision"),
    "second": ("office", "quality-supervision"),
    "auditor": ("auditor", None),
}


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALICITY_TODAY", "2014-10-15")


@pytest.fixture
def people(db: None, home: Any, make_person: Callable[..., Person]) -> dict[str, Person]:
    """Return the people by name; one speaks for the enterprise that cases are about, one for another."""
    from qualicity.commons.accounts import actions, queries
    from qualicity.commons.registry import actions as registry

    every = {name: make_person(role, unit, name) for name, (role, unit) in ACTORS.items()}
    for name, code in (("firm", FIRM), ("rival", OTHER)):
        registry.register_enterprise(uscc=code, name=f"模拟企业{code[-4:]}", place="410122", by=queries.operator())
        every[name], _password = actions.create_person(
            username=name, name=name, organisation=None, roles=["enterprise"], by=queries.operator(), enterprise=code
        )
    return every


def paper(name: str = "证据.txt") -> SimpleUploadedFile:
    """Return a file that shows something."""
    return SimpleUploadedFile(name, name.encode(), content_type="text/plain")
