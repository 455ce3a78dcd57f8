"""The open tables over the API, for anybody: no sign-in, no key, stable addresses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpResponse
from django.utils.http import http_date
from ninja import Router, Schema

from qualicity.definitions.catalogue import catalogue
from qualicity.publication.opendata import queries

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from qualicity.publication.opendata.queries import Download, Edition

router = Router(tags=["open data"])
_OWN = ("q", "after", "limit")


class OpenRowsOut(Schema):
    """A page of rows; ``next`` is the cursor of the page after this, ``address`` its whole address."""

    table: str
    total: int
    rows: list[dict[str, Any]]
    next: str | None
    address: str | None
    changed_at: str | None
    release: int
    simulated: bool


@router.get("/tables", summary="Every open table / 全部开放数据表")
def table_list(request: HttpRequest) -> HttpResponse:
    """Return every open table: its fields, files, licence, and when it last changed."""
    now = _now(request)
    return _json([queries.described(one, now=now) for one in catalogue().open_tables.values()], now.published_at)


@router.get("/catalogue.jsonld", summary="The catalogue as DCAT-AP / 数据目录")
def catalogue_document(request: HttpRequest) -> HttpResponse:
    """Return the catalogue of every open table as DCAT-AP (JSON-LD)."""
    now = _now(request)
    return _json(queries.dcat(now=now), now.published_at, kind="application/ld+json")


@router.get("/changelog", summary="What changed with each release / 变更记录")
def changelog(request: HttpRequest) -> HttpResponse:
    """Return what changed with each release: tables, fields, numbers of rows."""
    return _json(queries.changelog(), _now(request).published_at)


@router.get("/tables/{code}.{form}", summary="A table as a file / 下载")
def table_file(request: HttpRequest, code: str, form: str) -> FileResponse:
    """Return a whole table as Parquet, CSV (UTF-8 with mark) or JSON."""
    now = _now(request)
    return _file(queries.download(code, form, now=now), now.changed_at(code))


@router.get("/releases/{number}/{code}.{form}", summary="A table as it was let out / 历史版本")
def release_file(request: HttpRequest, number: int, code: str, form: str) -> FileResponse:
    """Return a table of an earlier release, without the rows whose time of publication has ended since."""
    return _file(queries.download_of_release(number, code, form, now=_now(request)), None)


@router.get("/draws/{plan}/{number}/frame.txt", summary="What a draw drew from / 抽取名单")
def draw_frame(request: HttpRequest, plan: str, number: int) -> FileResponse:
    """Return the frame of a draw, byte by byte what its published digest was taken of.

    Each row is ``line|stratum|enterprise|weight``; one without an enterprise says how many are drawn in the stratum.
    Draws weighted by risk are refused: the weights would give away the risk of single enterprises.
    """
    return _file(queries.draw_frame(plan, number, now=_now(request)), None)


@router.get("/tables/{code}", summary="One open table / 一张数据表")
def table_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Return one open table: its fields, files, licence, and when it last changed."""
    now = _now(request)
    return _json(queries.described(queries.table_of(code), now=now), now.changed_at(code))


@router.get("/tables/{code}/schema", summary="The JSON Schema of its rows / 数据结构")
def table_schema(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001
    """Return the JSON Schema of a table's rows."""
    return _json(queries.schema_of(queries.table_of(code)), None, kind="application/schema+json")


@router.get("/tables/{code}/rows", response=OpenRowsOut, summary="Rows, page by page / 逐页读取")
def table_rows(request: HttpRequest, code: str, q: str = "", after: str = "", limit: int = 50) -> HttpResponse:
    """Return rows in the table's order.

    ``q`` searches the fields marked ``search`` (pinyin initials too), any field marked ``filter`` narrows by one
    value (``?area=service``), ``limit`` is at most 200, ``after`` is the ``next`` of the page before.
    """
    now = _now(request)
    filters = {name: str(value) for name, value in request.GET.items() if name not in _OWN}
    page = queries.rows(code, filters=filters, search=q, after=after, limit=limit, now=now)
    further = None
    if page.next:
        asked = request.GET.copy()
        asked["after"] = page.next
        further = f"{request.path}?{asked.urlencode()}"
    changed = now.changed_at(code)
    body = {
        "table": code,
        "total": page.total,
        "rows": page.rows,
        "next": page.next,
        "address": further,
        "changed_at": changed.isoformat() if changed else None,
        "release": now.number,
        "simulated": now.simulated,
    }
    response = _json(body, changed)
    if further:
        response["Link"] = f'<{further}>; rel="next"'
    return response


@router.get("/tables/{code}/rows/{key}", summary="One row by its key / 按主键读取一行")
def table_row(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Return one row by its key; a key of several fields is written with ``~`` between them."""
    now = _now(request)
    table = queries.table_of(code)
    return _json(queries.row(code, queries.key_of(table, key), now=now), now.changed_at(code))


def _now(request: HttpRequest) -> Edition:
    """Return the edition that the front found, so that an answer and what it is kept under are of one moment."""
    return getattr(request, "edition", None) or queries.edition()


def _json(value: Any, changed: datetime | None, *, kind: str = "application/json") -> HttpResponse:
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    response = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    if changed:
        response["Last-Modified"] = http_date(changed.timestamp())
    return response


def _file(found: Download, changed: datetime | None) -> FileResponse:
    response = FileResponse(found.path.open("rb"), content_type=found.kind, as_attachment=True, filename=found.name)
    response["ETag"] = f'"{found.sha256}"'
    if changed:
        response["Last-Modified"] = http_date(changed.timestamp())
    return response
