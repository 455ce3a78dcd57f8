"""Making plans: drawn up by one person, approved by another, then drawn from until they are closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction

from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import InputError, NotPossibleError
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.lifecycle import LEVELS, METHODS, PlanState, check_plan
from qualicity.evidence.inspections.models import CheckPlan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.errors import Text

MOST = 100_000


@transaction.atomic
def make_plan(
    *, code: str, title_zh: str, year: int, organisation: Organisation, law: str, sampling_kind: str, by: Person,
    method: str = "stratified", title_en: str = "", authority_level: str = "", why: str = "",
) -> CheckPlan:  # fmt: skip
    """Draw up a plan for a unit, still without lines. A county's plan is of county level, any other of city level."""
    permissions.check_plan(by, organisation)
    new = CheckPlan(
        code=code.strip().lower(), title_zh=title_zh.strip(), title_en=title_en.strip(), year=year,
        organisation=organisation, law=law, sampling_kind=sampling_kind, method=method, why=why.strip(),
        authority_level=authority_level or ("county" if organisation.is_local else "city"),
        made_by=by, made_at=registry.moment(),
    )  # fmt: skip
    _check(new)
    if CheckPlan.objects.filter(code=new.code).exists():
        raise NotPossibleError(
            f"已有代码为“{new.code}”的计划，请换一个代码。",
            f"There is a plan “{new.code}” already: choose another code.",
        )
    new.save()
    record_plan(by, "make_plan", new, {"title": new.title_zh, "organisation": organisation.code})
    return new


@transaction.atomic
def change_plan(
    *, plan: CheckPlan, by: Person, title_zh: str | None = None, title_en: str | None = None, year: int | None = None,
    law: str | None = None, authority_level: str | None = None, sampling_kind: str | None = None,
    method: str | None = None, why: str | None = None,
) -> CheckPlan:  # fmt: skip
    """Change what a draft says of itself; what is not given stays."""
    held = draft_of(plan, by)
    given: dict[str, str | int | None] = {
        "title_zh": title_zh, "title_en": title_en, "year": year, "law": law, "authority_level": authority_level,
        "sampling_kind": sampling_kind, "method": method, "why": why,
    }  # fmt: skip
    changes = {
        name: value.strip() if isinstance(value, str) else value for name, value in given.items() if value is not None
    }
    for name, value in changes.items():
        setattr(held, name, value)
    _check(held)
    held.save(update_fields=list(changes))
    record_plan(by, "change_plan", held, changes)
    return held


@transaction.atomic
def approve(*, plan: CheckPlan, by: Person) -> CheckPlan:
    """Approve a draft that has lines; whoever drew it up may not."""
    held = _held(plan)
    permissions.check_approve(by, held)
    check_plan(held.state, allowed=(PlanState.DRAFT,))
    if not held.lines.exists():
        raise NotPossibleError(
            "计划还没有抽查项，不能批准。请先添加。", "The plan has no lines and cannot be approved: add some first."
        )
    held.state, held.approved_by, held.approved_at = PlanState.APPROVED, by, registry.moment()
    held.save(update_fields=["state", "approved_by", "approved_at"])
    record_plan(by, "approve_plan", held, {})
    return held


@transaction.atomic
def close(*, plan: CheckPlan, by: Person) -> CheckPlan:
    """Close an approved plan: nothing more is drawn from it; what was drawn goes on."""
    held = _held(plan)
    permissions.check_plan(by, held.organisation)
    check_plan(held.state, allowed=(PlanState.APPROVED,))
    held.state, held.closed_at = PlanState.CLOSED, registry.moment()
    held.save(update_fields=["state", "closed_at"])
    record_plan(by, "close_plan", held, {})
    return held


def _held(plan: CheckPlan) -> CheckPlan:
    return CheckPlan.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=plan.pk)


def draft_of(plan: CheckPlan, by: Person) -> CheckPlan:
    """Return a plan locked for a change; refuses who may not, and what is no draft any more."""
    held = _held(plan)
    permissions.check_plan(by, held.organisation)
    check_plan(held.state, allowed=(PlanState.DRAFT,))
    return held


def _check(plan: CheckPlan) -> None:
    try:
        validate_slug(plan.code)
    except ValidationError as error:
        raise InputError(
            f"计划代码“{plan.code}”只能用小写字母、数字、连字符和下划线，例如 2014-food。",
            f"The code “{plan.code}” may hold letters, digits, hyphens and underscores only, such as 2014-food.",
        ) from error
    if not plan.title_zh:
        raise InputError("计划名称不能为空。", "A plan needs a title.")
    if not 2000 <= int(plan.year) <= 2100:
        raise InputError(
            f"年度“{plan.year}”应在 2000 至 2100 之间。", f"The year {plan.year} is not from 2000 to 2100."
        )
    known = catalogue()
    one_of(plan.law, {code: known.laws[code].title.text for code in known.frames.laws}, "规则", "law")
    one_of(plan.method, METHODS, "抽取方法", "method")
    columns = {one.name: one for one in known.registers["spot_check_batches"].columns}
    one_of(plan.sampling_kind, _codes(columns["sampling_kind"]), "抽样类别", "kind of sampling")
    one_of(plan.authority_level, _codes(columns["authority_level"]), "抽查级别", "level")
    least = "county" if plan.organisation.is_local else "city"
    if LEVELS.index(plan.authority_level) < LEVELS.index(least):
        raise InputError(
            f"“{plan.organisation.title_zh}”不能制定“{plan.authority_level}”级的计划。",
            f"“{plan.organisation.title_en}” cannot make a plan of the level “{plan.authority_level}”.",
        )


def _codes(column: Any) -> dict[str, Text]:
    return {one.code: one.title.text for one in column.codes}


def one_of(word: str, known: Mapping[str, Text], zh: str, en: str) -> None:
    """Raise InputError, naming what there is, where a word is none of those known."""
    if word in known:
        return
    listed_zh = "、".join(f"{code}（{words.zh}）" for code, words in known.items())
    listed_en = ", ".join(f"{code} ({words.en})" for code, words in known.items())
    raise InputError(f"没有{zh}“{word}”；可选：{listed_zh}。", f"There is no {en} “{word}”; there are: {listed_en}.")


def record_plan(by: Person, verb: str, plan: CheckPlan, detail: Mapping[str, Any]) -> None:
    """Write into the trail what became of a plan."""
    audit.record(by=by, verb=f"inspections.{verb}", subject=f"check_plan:{plan.code}", detail=detail)
