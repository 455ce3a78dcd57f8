"""A composed document as plain data, and back: what is kept while it goes through the offices."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from qualicity.engines.documents.official import model
from qualicity.engines.documents.official.model import Document
from qualicity.publication.reports.queries.parts import Part

if TYPE_CHECKING:
    from qualicity.publication.reports.queries.composing import Composed

_KINDS = {
    one.__name__: one
    for one in (
        model.Figure,
        model.Strong,
        model.Heading,
        model.Paragraph,
        model.Column,
        model.Table,
        model.Field,
        model.Grid,
        model.Picture,
        model.PageBreak,
        model.Attachment,
        model.Cover,
        model.Attendance,
        model.Document,
    )
}
_KIND, _DATE, _RAW = "_", "date", "raw"


def kept(composed: Composed) -> dict[str, Any]:
    """Return a composed document as it is kept: the document, and the key of each of its blocks."""
    return {"document": _plain(composed.document), "keys": [part.key for part in composed.parts]}


def restored(content: dict[str, Any]) -> tuple[Document, tuple[Part, ...]]:
    """Return what was kept."""
    document = _built(content["document"])
    assert isinstance(document, Document), "a document was kept"
    return document, tuple(Part(block, key) for block, key in zip(document.blocks, content["keys"], strict=True))


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        found: dict[str, Any] = {_KIND: type(value).__name__}
        for one in fields(value):
            part = getattr(value, one.name)
            if one.name == "specification" and part is not None:
                found[one.name] = {_KIND: _RAW, "value": part}
            elif part is not None and part != one.default:
                found[one.name] = _plain(part)
        return found
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return {_KIND: _DATE, "value": value.isoformat()}
    assert value is None or isinstance(value, str | int | float | bool), f"cannot keep {type(value).__name__}"
    return value


def _built(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_built(one) for one in value)
    if not isinstance(value, dict):
        return value
    if value[_KIND] == _RAW:
        return value["value"]
    if value[_KIND] == _DATE:
        return date.fromisoformat(value["value"])
    kind = _KINDS[value[_KIND]]
    return kind(**{name: _built(part) for name, part in value.items() if name != _KIND})
