"""Writes of the plan: a checked definition becomes the city's plan."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import actions as registry
from qualicity.definitions import catalogue
from qualicity.errors import InputError

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.plans import Plan

PERMISSION = "plan.load"


def load(*, folder: Path, by: Person) -> Plan:
    """Check a folder of plan definitions and make it one of this home's plans, replacing an older text of it.

    The folder holds plan.yaml and its companions. DefinitionError names every open place by file and line;
    InputError when the folder holds no plan. The files are in place before the audit record is committed.
    """
    accounts.check(by, PERMISSION)
    if not (folder / "plan.yaml").is_file():
        raise InputError(
            f"“{folder}”中没有 plan.yaml，不是方案定义目录。",
            f"“{folder}” holds no plan.yaml, so it is not a folder of plan definitions.",
        )
    # where definitions.catalogue looks: the folder that the environment names, else the home's own
    own = os.environ.setdefault("QUALICITY_DEFINITIONS", str(settings.QUALICITY_HOME / "definitions"))
    plans = Path(own) / "plans"
    plans.mkdir(parents=True, exist_ok=True)
    with transaction.atomic():
        plan = catalogue.load_plan(folder)
        staged = plans / f".{plan.code}.new"
        shutil.rmtree(staged, ignore_errors=True)
        shutil.copytree(folder, staged)
        target = plans / plan.code
        previous = plans / f".{plan.code}.old"
        shutil.rmtree(previous, ignore_errors=True)
        if target.exists():
            target.rename(previous)
        staged.rename(target)
        shutil.rmtree(previous, ignore_errors=True)
        audit.record(
            by=by,
            verb="plan.load",
            subject=f"plan:{plan.code}",
            detail={"number": plan.document.number, "indicators": len(plan.indicators), "tasks": len(plan.tasks)},
        )
    catalogue.forget()
    registry.sync(by=by)
    registry.set_plan(code=plan.code, by=by)
    return plan
