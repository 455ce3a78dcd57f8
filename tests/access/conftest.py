"""One small city for all tests of a file; whatever a request changes is undone after it."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from tests.access import city as cities

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path


@pytest.fixture
def _django_db_helper() -> None:
    """Open nothing for each test: the city keeps the database open, and rolls back, for a whole file of tests."""


@pytest.fixture(scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("access") / "home"


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: Any, _home: Path) -> Iterator[cities.City]:
    """Return the city, the same for a whole file of tests."""
    before = os.environ.get("QUALICITY_TODAY")
    os.environ["QUALICITY_TODAY"] = cities.TODAY
    _home.mkdir()
    with django_db_blocker.unblock(), override_settings(QUALICITY_HOME=_home), transaction.atomic():
        yield cities.build()
        transaction.set_rollback(True)
    if before is None:
        os.environ.pop("QUALICITY_TODAY")
    else:
        os.environ["QUALICITY_TODAY"] = before


@pytest.fixture(scope="module")
def undone(city: cities.City, _home: Path) -> Callable[[], AbstractContextManager[None]]:
    """Return a context in which everything may be changed; database and home are as before when it ends."""
    kept = _home.with_name("kept")
    shutil.copytree(_home, kept)

    before = _listing(_home)

    @contextmanager
    def undo() -> Iterator[None]:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        if _listing(_home) != before:
            shutil.rmtree(_home)
            shutil.copytree(kept, _home)  # with its times, so that the listing is the same again

    return undo


def _listing(folder: Path) -> set[tuple[str, int, int]]:
    files = ((one.path, one.stat()) for one in _files(folder))
    return {(path, stat.st_size, stat.st_mtime_ns) for path, stat in files}


def _files(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    for one in os.scandir(folder):
        if one.is_dir():
            yield from _files(one.path)
        else:
            yield one


@pytest.fixture(scope="module")
def clients(city: cities.City) -> dict[str, Client]:
    """Return a signed-in browser for each person, and one of nobody."""
    found = {"anonymous": Client()}
    for name, person in city.people.items():
        found[name] = Client()
        found[name].force_login(person)
    return found
