"""The lines of a plan: added, changed and taken out one by one, or replaced whole by a filled annex."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import InputError, NotFoundError, nearest
from qualicity.evidence.inspections.actions.planning import draft_of, one_of, record_plan
from qualicity.evidence.inspections.models import PlanLine
from qualicity.evidence.inspections.queries.line_sheets import read_lines
from qualicity.evidence.inspections.queries.products import check_product
from qualicity.evidence.submissions.actions.files import take_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import polars as pl
    from django.core.files.uploadedfile import UploadedFile

    from qualicity.commons.accounts.models import Person
    from qualicity.errors import Text
    from qualicity.evidence.inspections.models import CheckPlan

MOST = 100_000


@dataclass(frozen=True, slots=True)
class ImportedLines:
    """What became of a filled annex: how many lines stand now, or the findings for which nothing was taken."""

    lines: int
    findings: pl.DataFrame

    @property
    def taken(self) -> bool:
        """Return whether the file was taken."""
        return self.lines > 0


@transaction.atomic
def import_lines(*, plan: CheckPlan, file: Path | UploadedFile[Any], by: Person) -> ImportedLines:
    """Replace the lines of a draft by those of a filled annex, all of them or none; then the findings say why."""
    held = draft_of(plan, by)
    name, incoming = Path(file.name or "annex").name[:255], take_in(file)
    try:
        filled = read_lines(plan=held, path=incoming.path, name=name)
    finally:
        incoming.path.unlink(missing_ok=True)
    if filled.errors or not filled.lines:
        return ImportedLines(0, filled.findings)
    held.lines.all().delete()
    new = [PlanLine(plan=held, number=number, **one) for number, one in enumerate(filled.lines, 1)]
    PlanLine.objects.bulk_create(new)
    record_plan(
        by, "import_lines", held, {"file": name, "sha256": incoming.sha256, "lines": [_said(one) for one in new]}
    )
    return ImportedLines(len(new), filled.findings)


@transaction.atomic
def add_line(
    *, plan: CheckPlan, product: str, stage: str, count: int, by: Person, places: Sequence[str] = (),
    finish_by: date | None = None, why: str = "",
) -> PlanLine:  # fmt: skip
    """Add a line to a draft: a product, a stage, the places (none: all), how many batches, why."""
    held = draft_of(plan, by)
    last = held.lines.aggregate(last=Max("number"))["last"] or 0
    new = PlanLine(
        plan=held,
        number=last + 1,
        product=product,
        stage=stage,
        places=list(places),
        count=count,
        finish_by=finish_by,
        why=why.strip(),
    )
    _check_line(new)
    new.save()
    record_plan(by, "add_line", held, _said(new))
    return new


@transaction.atomic
def change_line(
    *, line: PlanLine, by: Person, product: str | None = None, stage: str | None = None, count: int | None = None,
    places: Sequence[str] | None = None, finish_by: date | None = None, why: str | None = None,
) -> PlanLine:  # fmt: skip
    """Change a line of a draft; what is not given stays."""
    held = draft_of(line.plan, by)
    stored = held.lines.get(pk=line.pk)
    stored.product = stored.product if product is None else product
    stored.stage = stored.stage if stage is None else stage
    stored.count = stored.count if count is None else count
    stored.places = stored.places if places is None else list(places)
    stored.finish_by = stored.finish_by if finish_by is None else finish_by
    stored.why = stored.why if why is None else why.strip()
    _check_line(stored)
    stored.save()
    record_plan(by, "change_line", held, _said(stored))
    return stored


@transaction.atomic
def remove_line(*, line: PlanLine, by: Person) -> None:
    """Take a line out of a draft."""
    held = draft_of(line.plan, by)
    record_plan(by, "remove_line", held, _said(line))
    held.lines.filter(pk=line.pk).delete()


def _check_line(line: PlanLine) -> None:
    check_product(line.product, law=line.plan.law)
    stages: dict[str, Text] = {one.code: one.title.text for one in catalogue().frames.stages}
    one_of(line.stage, stages, "环节", "stage")
    if isinstance(line.count, bool) or not isinstance(line.count, int) or not 1 <= line.count <= MOST:
        raise InputError(
            f"批次数应为 1 至 {MOST} 的整数，得到“{line.count}”。",
            f"The number of batches must be a whole number from 1 to {MOST}, and it is “{line.count}”.",
        )
    if line.finish_by is not None and line.finish_by.year != line.plan.year:
        raise InputError(
            f"完成时限 {line.finish_by} 不在计划年度 {line.plan.year} 年内。",
            f"The day to finish by, {line.finish_by}, is not in the plan's year {line.plan.year}.",
        )
    _check_places(line)
    same = line.plan.lines.filter(product=line.product, stage=line.stage).exclude(pk=line.pk)
    for one in same:
        if not one.places or not line.places or set(one.places) & set(line.places):
            raise InputError(
                f"第 {one.number} 项已抽同一产品、同一环节，且地区重叠，同一企业会有两次机会。请合并或分开地区。",
                f"Line {one.number} is for the same product and stage, and their places overlap: an enterprise would "
                "have two chances. Put them together, or keep their places apart.",
            )


def _check_places(line: PlanLine) -> None:
    known = {one.code for plan in registry.plans() for one in plan.places}
    own = line.plan.organisation.place if line.plan.organisation.is_local else ""
    for place in line.places:
        if place not in known:
            like = nearest(str(place), known)
            raise NotFoundError(
                f"没有地区“{place}”。" + (f"是否指“{like}”？" if like else ""),
                f"There is no place “{place}”." + (f" Did you mean “{like}”?" if like else ""),
            )
        if own and place != own:
            raise InputError(
                f"县级计划只能抽本地区的企业，“{place}”不在本地区。",
                f"A county's plan stays within the county, and “{place}” lies outside.",
            )


def _said(line: PlanLine) -> dict[str, Any]:
    """Return a line as the trail keeps it."""
    day = line.finish_by.isoformat() if line.finish_by else None
    said = {name: getattr(line, name) for name in ("product", "stage", "places", "count")}
    return {"line": line.number, **said, "finish_by": day}
