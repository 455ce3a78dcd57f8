"""Whom a public notice concerns, by credit code: so that one enterprise's page can hold its own results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.evidence.inspections.lifecycle import NoticeState
from qualicity.evidence.inspections.models import Notice

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


def public_parties(*, on: date) -> Mapping[str, tuple[str, str]]:
    """Return for each notice that is public on a day the credit codes of maker and sampled unit, empty where unknown.

    Both are named in the notice; their codes are public by registration.
    """
    rows = Notice.objects.filter(
        state=NoticeState.PUBLISHED, published_at__date__lte=on, public_until__gte=on
    ).values_list("token", "sample__maker_code", "sample__sampled_unit_code")
    return {str(token): (maker, unit) for token, maker, unit in rows}
