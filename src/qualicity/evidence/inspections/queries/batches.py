"""A settled sample as a row of the register of batches, under the register's own columns."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import polars as pl

from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.evidence.inspections.queries.noticing import Sources, failing, sources_of
from qualicity.evidence.inspections.queries.settling import is_settled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualicity.evidence.inspections.models import Sample

REGISTER = "spot_check_batches"


def rows_of(samples: Sequence[Sample]) -> dict[int, dict[str, Any]]:
    """Return by sample its row; a sample that is not settled has none."""
    settled = [one for one in samples if is_settled(one)]
    sources = sources_of(settled)
    codes = {one.maker_code for one in settled if one.maker_code}
    local = set(registry.enterprises().filter(uscc__in=codes).exclude(place="").values_list("uscc", flat=True))
    return {one.pk: _row(one, sources, one.maker_code in local) for one in settled}


def digest_of(row: dict[str, Any]) -> str:
    """Return the digest by which a change of a row is seen."""
    return hashlib.sha256(json.dumps(row, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def as_csv(rows: Sequence[dict[str, Any]]) -> bytes:
    """Return rows as a CSV file under the register's Chinese headings, as an office would send it."""
    columns = catalogue().registers[REGISTER].columns
    frame = pl.DataFrame(list(rows), infer_schema_length=None)
    return frame.rename({one.name: one.title.zh for one in columns}).write_csv().encode("utf-8-sig")


def _row(sample: Sample, sources: Sources, is_local: bool) -> dict[str, Any]:
    product = catalogue().products.get(sample.product)
    results = sources.results.get(sample.pk, [])
    passed = [one for one in results if one.verdict == "qualified"]
    shown = failing(results) if sample.conclusion == "unqualified" else passed[:1]
    assert sample.concluded_on is not None
    return {
        "batch": sample.number,
        "place": sample.place,
        "authority_level": sample.plan.authority_level,
        "sampling_kind": sample.sampling_kind,
        "product": sample.product_name,
        "product_category": product.category if product else None,
        "key_food": bool(product and product.key_food),
        "certified": bool(product and product.certified),
        "local_maker": is_local,
        "maker": sample.maker or None,
        "enterprise": sample.maker_code or None,
        "sampled_unit": sample.sampled_unit or None,
        "tested_item": "；".join(one.title for one in shown) or None,
        "result": "；".join("，".join(str(value) for value in one.values) for one in shown) or None,
        "unit": "；".join(dict.fromkeys(one.unit for one in shown if one.unit)) or None,
        "limit": "；".join(one.limit for one in shown if one.limit) or None,
        "conclusion": sample.conclusion,
        "concluded_on": sample.concluded_on.isoformat(),
        "publisher": sample.plan.organisation.title_zh,
        "design_weight": sample.design_weight,
    }
