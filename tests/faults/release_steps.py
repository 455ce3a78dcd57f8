"""What the fault tests do to the open tables: let them out, and look at what anybody sees."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import queries as audit
from qualicity.commons.audit.models import AuditRecord
from qualicity.commons.registry import actions as registry
from qualicity.commons.registry.actions import NewEnterprise
from qualicity.errors import StaleError
from qualicity.publication.opendata import actions, queries
from qualicity.publication.opendata.models import Release
from qualicity.publication.opendata.queries import typed

EACH = 400


def add_enterprises(turn: int) -> int:
    """Register some enterprises more, so that the next release differs; return how many there are."""
    new = [NewEnterprise(f"9141{turn:04d}{number:08d}0Z", f"模拟{turn}-{number}公司") for number in range(EACH)]
    registry.register_enterprises(enterprises=new, by=accounts.operator())
    return (turn + 1) * EACH


def let_out() -> int | str:
    """Publish; return the release's number."""
    try:
        return actions.publish(by=accounts.operator()).number
    except StaleError:
        return "somebody was faster"


def look_at_releases() -> dict[str, Any]:
    """Return what anybody sees, and whether every release is whole."""
    faults = []
    for release in Release.objects.all():
        folder = Path(settings.QUALICITY_HOME) / "opendata" / release.folder
        for code, told in release.manifest["tables"].items():
            for form, file in told["files"].items():
                content = (folder / f"{code}.{form}").read_bytes()
                if hashlib.sha256(content).hexdigest() != file["sha256"]:
                    faults.append(f"{release.number} {code}.{form}")
            if typed.digest_of(pl.read_parquet(folder / f"{code}.parquet")) != told["digest"]:
                faults.append(f"{release.number} {code}")
    records = AuditRecord.objects.filter(verb="opendata.publish").count()
    now = queries.edition()
    numbers = sorted(Release.objects.values_list("number", flat=True))
    return {
        "audit": audit.verify().ok,
        "faults": faults,
        "release": now.number,
        "numbers": numbers,
        "recorded": records == len(numbers),
        "shown": queries.whole("enterprises", now=now).height,
    }


STEPS = {"add_enterprises": add_enterprises, "let_out": let_out, "look_at_releases": look_at_releases}
