"""A release is written, read back, and shown whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from qualicity.commons.registry import actions as registry
from qualicity.errors import InputError, IntegrityError, NotFoundError
from qualicity.publication.opendata import actions, queries
from qualicity.publication.opendata.actions import publishing

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(home: Path, operator: Any) -> Any:
    registry.sync(by=operator)
    return actions.publish(by=operator)


def test_before_the_first_release_there_are_tables_without_rows(home: Path, operator: Any) -> None:
    assert queries.rows("indicators").total == 0


def test_what_was_published_is_what_is_read(published: Any) -> None:
    page = queries.rows("indicators", limit=200)
    assert page.total == published.manifest["tables"]["indicators"]["rows"] > 20
    assert page.rows[0]["status"] == "no_data"


def test_publishing_again_without_a_change_makes_no_release(published: Any, operator: Any) -> None:
    assert actions.publish(by=operator) == published


def test_what_was_written_wrong_is_not_published(published: Any, operator: Any, monkeypatch: Any) -> None:
    from qualicity.publication.opendata.models import Release

    Release.objects.all().delete()
    whole = publishing.written

    def cut(table: Any, frame: pl.DataFrame, form: str) -> bytes:
        return whole(table, frame.head(3) if (table.code, form) == ("indicators", "csv") else frame, form)

    monkeypatch.setattr(publishing, "written", cut)
    with pytest.raises(IntegrityError, match=r"indicators\.csv"):
        actions.publish(by=operator)
    assert Release.objects.count() == 0


def test_pages_by_cursor_hold_every_row_once(published: Any) -> None:
    total, after, seen = queries.rows("indicators").total, "", []
    while True:
        page = queries.rows("indicators", after=after, limit=7)
        seen += [one["code"] for one in page.rows]
        if not page.next:
            break
        after = page.next
    assert len(seen) == len(set(seen)) == total


def test_a_cursor_that_was_tampered_with_is_refused(published: Any) -> None:
    cursor = queries.rows("indicators", limit=2).next
    with pytest.raises(InputError, match="cursor"):
        queries.rows("indicators", after=f"x{cursor}")


def test_only_named_fields_can_be_filtered_by(published: Any) -> None:
    with pytest.raises(InputError, match="cannot be filtered"):
        queries.rows("indicators", filters={"numerator": "1"})
    assert queries.rows("indicators", filters={"area": "service"}).total > 0


def test_one_row_by_its_key(published: Any) -> None:
    assert queries.row("indicators", ("zhengzhou-2014", "service-1"))["area"] == "service"
    with pytest.raises(NotFoundError):
        queries.row("indicators", ("zhengzhou-2014", "no-such"))
