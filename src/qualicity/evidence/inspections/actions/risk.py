"""Make a release of the risk model, and switch one on or off: a person does, with a reason, and the trail tells."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, NotAllowedError, NotPossibleError
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.models import RiskRelease
from qualicity.evidence.inspections.queries.risk_features import checks
from qualicity.evidence.inspections.queries.risk_report import as_json, make, report_of
from qualicity.evidence.submissions import queries as submissions

if TYPE_CHECKING:
    from datetime import date

    from qualicity.commons.accounts.models import Person

SEED = 20140411
"""The seed of the rival's trees, the same for every release unless somebody asks for another."""


def make_risk_release(*, by: Person, as_of: date | None = None, seed: int = SEED) -> RiskRelease:
    """Fit the models to the checks concluded by a day and keep the release with its report; it is not yet in use."""
    _check_whole_city(by)
    day = as_of or registry.today()
    version = submissions.versions().get("spot_check_batches", 0)
    model, report = make(checks(until=day), seed=seed)
    stored = {"model": as_json(model), "report": as_json(report)}
    text = json.dumps(stored, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    with transaction.atomic():
        number = RiskRelease.objects.filter(as_of=day).count() + 1
        new = RiskRelease.objects.create(
            code=f"risk-{day:%Y%m%d}-{number}", as_of=day, seed=seed, table_version=version, digest=digest,
            made_by=by, made_at=registry.moment(), **stored,
        )  # fmt: skip
        audit.record(
            by=by, verb="inspections.make_risk_release", subject=f"risk_release:{new.code}",
            detail={"digest": digest, "table_version": version, "checks": report.fitted + report.later},
        )  # fmt: skip
    return new


@transaction.atomic
def switch_risk_on(*, code: str, reason: str, by: Person) -> RiskRelease:
    """Let draws by risk be weighted by a release, in place of any other."""
    _check_whole_city(by)
    new, words = _locked(code), _reasoned(reason)
    if new.in_use:
        raise NotPossibleError(f"“{code}”已在使用。", f"“{code}” is in use already.")
    if not report_of(new.report).is_useful:
        raise NotPossibleError(
            f"“{code}”在检验期内发现的不合格并不多于等概率抽取，不能启用。",
            f"On the later checks a draw by “{code}” finds no more failures than a plain one: it is not to be used.",
        )
    for old in RiskRelease.objects.select_for_update().filter(in_use=True):
        _switch(old, on=False, reason=words, by=by)
    _switch(new, on=True, reason=words, by=by)
    return new


@transaction.atomic
def switch_risk_off(*, code: str, reason: str, by: Person) -> RiskRelease:
    """Let no draw be weighted any longer: plans by risk are then drawn stratified."""
    _check_whole_city(by)
    old, words = _locked(code), _reasoned(reason)
    if not old.in_use:
        raise NotPossibleError(f"“{code}”没有在使用。", f"“{code}” is not in use.")
    _switch(old, on=False, reason=words, by=by)
    return old


def _switch(release: RiskRelease, *, on: bool, reason: str, by: Person) -> None:
    release.in_use, release.switched_by, release.switched_at, release.reason = on, by, registry.moment(), reason
    release.save(update_fields=["in_use", "switched_by", "switched_at", "reason"])
    audit.record(
        by=by, verb=f"inspections.risk_{'on' if on else 'off'}", subject=f"risk_release:{release.code}",
        detail={"reason": reason, "digest": release.digest},
    )  # fmt: skip


def _locked(code: str) -> RiskRelease:
    found = RiskRelease.objects.select_for_update().filter(code=code).first()
    if found is None:
        raise permissions.not_there(code)
    return found


def _reasoned(reason: str) -> str:
    words = reason.strip()
    if not 2 <= len(words) <= 300:
        raise InputError(
            f"请写明理由（2 至 300 字），现为 {len(words)} 字。",
            f"Give a reason of 2 to 300 characters; this has {len(words)}.",
        )
    return words


def _check_whole_city(by: Person) -> None:
    """Raise unless the person plans checks for the whole city: a model moves everybody's chances."""
    accounts.check(by, permissions.PLAN)
    if not accounts.sees_all(by, permissions.PLAN):
        raise NotAllowedError(
            "风险模型影响全市的抽取，只能由负责全市抽查计划的人员制作和启停。",
            "A risk model moves the draws of the whole city: only who plans checks for all of it may do this.",
        )
