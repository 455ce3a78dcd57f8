"""The open tables described for programs: JSON Schema of each, and all of them as a DCAT-AP catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.publication.opendata.models import Release
from qualicity.publication.opendata.queries.files import FORMS, KINDS

if TYPE_CHECKING:
    from qualicity.definitions.open_tables import OpenTable
    from qualicity.publication.opendata.queries.shelf import Edition

ROOT = "/open/v1"
LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
_EU = "http://publications.europa.eu/resource/authority"
_FREQUENCY = {"daily": "DAILY", "weekly": "WEEKLY", "monthly": "MONTHLY", "yearly": "ANNUAL", "irregular": "IRREG"}
_FORMAT = {"parquet": "PARQUET", "csv": "CSV", "json": "JSON"}
_SCHEMA: dict[str, dict[str, str]] = {
    "text": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
}


def described(table: OpenTable, *, now: Edition) -> dict[str, Any]:
    """Return a table as one object: what it says, its fields, its files, when it last changed."""
    told = now.manifest.get("tables", {}).get(table.code, {})
    changed = now.changed_at(table.code)
    return {
        "code": table.code,
        "title": table.title.zh,
        "title_en": table.title.en,
        "text": table.text.zh,
        "text_en": table.text.en,
        "clause": table.clause.zh,
        "clause_en": table.clause.en,
        "certainty": table.certainty,
        "licence": table.licence,
        "frequency": table.frequency,
        "key": list(table.key),
        "ends": table.ends,
        "changed_at": changed.isoformat() if changed else None,
        "simulated": now.simulated,
        "release": now.number,
        "fields": [
            {
                "code": one.code,
                "title": one.title.zh,
                "title_en": one.title.en,
                "type": one.type,
                "unit": one.unit or None,
                "masked": one.mask,
                "joins": one.joins,
                "filter": one.filter or one.code in table.key,
                "search": one.search,
                "values": {code: {"zh": words.zh, "en": words.en} for code, words in one.values.items()} or None,
            }
            for one in table.fields
        ],
        "files": [
            {
                "format": form,
                "address": address(f"/tables/{table.code}.{form}"),
                **told.get("files", {}).get(form, {}),
            }
            for form in FORMS
        ],
        "rows": address(f"/tables/{table.code}/rows"),
        "schema": address(f"/tables/{table.code}/schema"),
    }


def schema_of(table: OpenTable) -> dict[str, Any]:
    """Return the JSON Schema of a table's rows."""
    properties: dict[str, Any] = {}
    for one in table.fields:
        kind: dict[str, Any] = dict(_SCHEMA[one.type])
        if not one.required:
            kind["type"] = [kind["type"], "null"]
        properties[one.code] = {**kind, "title": one.title.zh, "description": (one.text or one.title).en}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address(f"/tables/{table.code}/schema"),
        "title": table.title.zh,
        "description": table.text.zh,
        "type": "object",
        "properties": properties,
        "required": [one.code for one in table.fields],
        "additionalProperties": False,
    }


def dcat(*, now: Edition) -> dict[str, Any]:
    """Return the catalogue of every open table as DCAT-AP 3, JSON-LD."""
    plan = registry.plan()
    publisher = {
        "@id": address("/publisher"),
        "@type": "foaf:Agent",
        "foaf:name": _both(plan.title.zh, plan.title.en),
    }
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "spdx": "http://spdx.org/rdf/terms#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": address("/catalogue.jsonld"),
        "@type": "dcat:Catalog",
        "dct:title": _both("质城开放数据", "Qualicity open data"),
        "dct:description": _both(
            "城市质量工作可以公开的全部数据表。", "Every table of the city's quality work that may leave the house."
        ),
        "dct:publisher": publisher,
        "dct:language": [{"@id": f"{_EU}/language/ZHO"}, {"@id": f"{_EU}/language/ENG"}],
        **({"dct:modified": _moment(now.published_at.isoformat())} if now.published_at else {}),
        "dcat:dataset": [_dataset(one, now, publisher) for one in catalogue().open_tables.values()],
    }


def changelog(*, most: int = 50) -> list[dict[str, Any]]:
    """Return what changed with each release, the latest first: tables, fields, and numbers of rows."""
    return [
        {"release": one.number, "day": one.day.isoformat(), "published_at": one.published_at.isoformat(),
         "changes": one.manifest["changes"]}
        for one in Release.objects.all()[:most]
    ]  # fmt: skip


def address(path: str) -> str:
    """Return the stable address of something of the open data."""
    return f"{settings.QUALICITY_ADDRESS}{ROOT}{path}"


def _dataset(table: OpenTable, now: Edition, publisher: dict[str, Any]) -> dict[str, Any]:
    told = now.manifest.get("tables", {}).get(table.code, {})
    changed = now.changed_at(table.code)
    return {
        "@id": address(f"/tables/{table.code}"),
        "@type": "dcat:Dataset",
        "dct:identifier": table.code,
        "dct:title": _both(table.title.zh, table.title.en),
        "dct:description": _both(table.text.zh, table.text.en),
        "dct:publisher": publisher,
        "dct:accrualPeriodicity": {"@id": f"{_EU}/frequency/{_FREQUENCY[table.frequency]}"},
        "dcat:theme": {"@id": f"{_EU}/data-theme/GOVE"},
        "dct:accessRights": {"@id": f"{_EU}/access-right/PUBLIC"},
        "dcat:keyword": [{"@language": "zh", "@value": "质量"}, {"@language": "en", "@value": "quality"}],
        "dcat:landingPage": {"@id": f"{settings.QUALICITY_ADDRESS}/public/data/{table.code}/"},
        **({"dct:modified": _moment(changed.isoformat())} if changed else {}),
        "dcat:distribution": [_distribution(table, form, told.get("files", {}).get(form)) for form in FORMS],
    }


def _distribution(table: OpenTable, form: str, file: dict[str, Any] | None) -> dict[str, Any]:
    where = address(f"/tables/{table.code}.{form}")
    known: dict[str, Any] = {}
    if file:
        known["dcat:byteSize"] = {"@type": "xsd:nonNegativeInteger", "@value": str(file["size"])}
        known["spdx:checksum"] = {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": file["sha256"]},
        }
    return {
        "@id": where,
        "@type": "dcat:Distribution",
        "dct:title": _both(f"{table.title.zh}（{form}）", f"{table.title.en} ({form})"),
        "dcat:accessURL": {"@id": where},
        "dcat:downloadURL": {"@id": where},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{KINDS[form].partition(';')[0]}"},
        "dct:format": {"@id": f"{_EU}/file-type/{_FORMAT[form]}"},
        "dct:license": {"@id": LICENCES[table.licence]},
        "dct:conformsTo": {"@id": address(f"/tables/{table.code}/schema")},
        **known,
    }


def _both(zh: str, en: str) -> list[dict[str, str]]:
    return [{"@language": "zh", "@value": zh}, {"@language": "en", "@value": en}]


def _moment(text: str) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": text}
