"""Feeds: what is new in a table, of an enterprise or of an indicator, as Atom."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.queries import language
from qualicity.publication.opendata import queries
from qualicity.publication.portal.templatetags.portal import cell, page
from qualicity.publication.portal.views.pages import parts_of
from qualicity.publication.portal.views.shown import latest, now_of, public

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import HttpRequest

    from qualicity.definitions.open_tables import OpenTable
    from qualicity.publication.opendata.queries import Edition

MOST = 50


@public
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """Return the first rows of a table as entries."""
    now, table = now_of(request), queries.table_of(code)
    found = queries.rows(code, limit=MOST, now=now)
    entries = [(table, row) for row in found.rows]
    return _feed(_words(table.title), page("table", code), page("feed", code), entries, now, latest(now, code))


@public
def enterprise_feed(request: HttpRequest, uscc: str) -> HttpResponse:
    """Return what is public of one enterprise as entries."""
    now = now_of(request)
    row = queries.row("enterprises", (uscc.upper(),), now=now)
    parts = parts_of(row["uscc"], now)
    entries = [(part.table, one) for part in parts for one in part.rows][:MOST]
    changed = latest(now, "enterprises", *(part.table.code for part in parts))
    own = page("enterprise", row["uscc"])
    return _feed(row["name"], own, page("enterprise_feed", row["uscc"]), entries, now, changed)


@public
def indicator_feed(request: HttpRequest, code: str) -> HttpResponse:
    """Return the latest value of one indicator as an entry."""
    now = now_of(request)
    row = queries.row("indicators", (registry.plan().code, code), now=now)
    title = row["title_en"] if _is_english() else row["title"]
    entries = [(queries.table_of("indicators"), row)]
    return _feed(
        title, page("indicator", code), page("indicator_feed", code), entries, now, latest(now, "indicators")
    )


def _feed(  # noqa: PLR0917 -- the parts of a feed
    title: str,
    own: str,
    feed_at: str,
    entries: Iterable[tuple[OpenTable, Mapping[str, Any]]],
    now: Edition,
    changed: datetime | None,
) -> HttpResponse:
    updated = changed or now.published_at or datetime(1970, 1, 1, tzinfo=UTC)
    root = settings.QUALICITY_ADDRESS
    note = _("Simulated data: nothing here is a real measurement.") if now.simulated else None
    made = Atom1Feed(
        title=title,
        link=f"{root}{own}",
        description=None,
        subtitle=note,
        language="en" if _is_english() else "zh-Hans",
        feed_url=f"{root}{feed_at}",
        feed_guid=f"{root}{feed_at}",
        author_name=_("Quality of the city"),
    )
    made.latest_post_date = lambda: updated  # type: ignore[method-assign]
    for table, row in entries:
        key = "~".join(str(row[part]) for part in table.key)
        made.add_item(
            title=_headline(table, row),
            link=f"{root}{_page_of(table, row)}",
            description=_summary(table, row),
            unique_id=f"tag:{urlsplit(root).hostname},2013:{table.code}/{key}",
            updateddate=latest(now, table.code) or updated,
        )
    response = HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response.headers["Last-Modified"] = http_date(updated.timestamp())
    return response


def _headline(table: OpenTable, row: Mapping[str, Any]) -> str:
    """Return the words by which an entry is known: those that a search would find it by."""
    english = _is_english()
    known = [one.code for one in table.fields if one.search and one.type == "text" and row[one.code]]
    # where a field has its words in English, too, one of the two is read
    paired = {code for code in known if f"{code}_en" in known}
    passed_over = paired if english else {f"{code}_en" for code in paired}
    named = [str(row[code]) for code in known if code not in passed_over]
    return " ".join(dict.fromkeys(named[:3])) or _words(table.title)


def _summary(table: OpenTable, row: Mapping[str, Any]) -> str:
    return "\n".join(
        f"{_words(one.title)}: {cell(row, one)}" for one in table.fields if row[one.code] not in (None, "")
    )


def _page_of(table: OpenTable, row: Mapping[str, Any]) -> str:
    """Return the page that an entry leads to: its own where there is one, else that of what it names."""
    if table.code == "indicators":
        return page("indicator", row["code"])
    if table.code == "enterprises":
        return page("enterprise", row["uscc"])
    if table.code == "spot_check_results":
        return page("result", row["token"])
    if table.code == "draws":
        return page("draw", row["plan"], row["draw"])
    for one in table.fields:
        if one.joins == "enterprises" and row[one.code]:
            return page("enterprise", row[one.code])
        if one.joins == "indicators" and row[one.code]:
            return page("indicator", row[one.code])
    return page("table", table.code)


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def _words(words: Any) -> str:
    return str(words.in_language(language()))
