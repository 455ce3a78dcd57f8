"""Writes of organisations: those of the plan become those of the home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.accounts import queries
from qualicity.commons.accounts.models import Organisation, Person
from qualicity.commons.audit import actions as audit
from qualicity.errors import InputError, NotPossibleError

if TYPE_CHECKING:
    from qualicity.definitions.plans import Plan


@transaction.atomic
def add_organisation(
    *, code: str, title_zh: str, title_en: str, kind: str, by: Person, place: str = ""
) -> Organisation:
    """Make an organisation that no plan names, such as a laboratory, or bring its words up to date."""
    queries.check(by, "people.manage")
    found = Organisation.objects.filter(code=code).first()
    if found is not None and found.plan:
        raise NotPossibleError(
            f"“{found.title_zh}”由方案规定，请修改方案。", f"“{found.title_en}” is set by the plan: change it there."
        )
    wanted = {"title_zh": title_zh.strip(), "title_en": title_en.strip(), "kind": kind, "place": place}
    if not wanted["title_zh"] or not code.strip():
        raise InputError("单位须有代码和名称。", "An organisation needs a code and a title.")
    unit, _created = Organisation.objects.update_or_create(code=code.strip(), defaults=wanted)
    audit.record(by=by, verb="organisations.add", subject=f"organisation:{unit.code}", detail=wanted)
    return unit


@transaction.atomic
def sync_organisations(*, plan: Plan, by: Person, is_main: bool = True) -> int:
    """Make the organisations of a plan be those of the home; return how many were made or changed.

    One that several plans name speaks for the main plan of the home; the others leave it as it is.
    """
    changed = 0
    for unit in plan.organisations:
        wanted = {
            "title_zh": unit.title.zh,
            "title_en": unit.title.en,
            "kind": unit.kind,
            "place": unit.place or "",
            "plan": plan.code,
            "is_active": True,
        }
        found = Organisation.objects.filter(code=unit.code).first()
        if found and not is_main and found.is_active and found.plan != plan.code:
            continue
        if found and all(getattr(found, key) == value for key, value in wanted.items()):
            continue
        Organisation.objects.update_or_create(code=unit.code, defaults=wanted)
        changed += 1
    gone = Organisation.objects.filter(plan=plan.code, is_active=True).exclude(
        code__in=[unit.code for unit in plan.organisations]
    )
    changed += gone.update(is_active=False)
    if changed:
        audit.record(by=by, verb="organisations.sync", subject=f"plan:{plan.code}", detail={"changed": changed})
    return changed
