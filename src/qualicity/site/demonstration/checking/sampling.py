"""In the field and at the laboratory: a target is visited by its inspectors, the sample is taken and tested."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.evidence.inspections import actions, queries
from qualicity.evidence.inspections.actions import InVain, NewReport, Picture, Sheet
from qualicity.evidence.inspections.queries import Measured
from qualicity.site.demonstration.checking.scene import tale
from qualicity.site.demonstration.enterprises import by_code

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.products import Item
    from qualicity.evidence.inspections.models import Sample, Target
    from qualicity.site.demonstration.checking.scene import Scene

Failed = Callable[["Scene", "Sample"], None]
"""What follows a sample that failed."""


def visit(scene: Scene, target: Target, told: dict[str, Any], *, failed: Failed) -> None:
    """Visit a target: mostly a sample is taken, sometimes nobody is there; ``failed`` follows a failure."""
    random = scene.stage.city.stream("visited", target.draw_id, target.number)
    by = target.inspectors.order_by("pk").first()
    assert by is not None, "a target has inspectors"
    drawn, reached = random.random(), 0.0
    for outcome, share in tale()["in_vain"].items():
        reached += share
        if drawn < reached:
            _in_vain(scene, target, outcome, by)
            return
    sample = actions.take_sample(
        client_id=_uuid(random), target=target, by=by, files=[photograph()],
        sheet=_sheet(target.enterprise_name, target.enterprise, target.line.product, _samplers(target), random),
    )  # fmt: skip
    fails = random.random() < told["failing"] * by_code(scene.stage.city)[target.enterprise].risk
    deliver(scene, sample, by, fails=fails, failed=failed)


def recheck(scene: Scene, sample: Sample, *, fails: bool) -> None:
    """Take a sample again where the first one failed."""
    random = scene.stage.city.stream("recheck", sample.number, sample.rechecks.count())
    people = scene.staff[sample.organisation.code].samplers[:2]
    sheet = _sheet(
        sample.sampled_unit, sample.maker_code, sample.product, tuple(one.username for one in people), random
    )
    taken = actions.take_sample(
        client_id=_uuid(random), recheck_of=sample, by=people[0], files=[photograph()], sheet=sheet
    )
    deliver(scene, taken, people[0], fails=fails)


def deliver(scene: Scene, sample: Sample, by: Person, *, fails: bool, failed: Failed | None = None) -> None:
    """Bring a sample to the laboratory after some days."""
    day = timezone.localdate(sample.sampled_at) + scene.days(tale()["delivery"], "delivery", sample.number)
    scene.later(day, sample.number, "deliver", what=lambda: _hand_over(scene, sample, by, fails, failed))


def _hand_over(scene: Scene, sample: Sample, by: Person, fails: bool, failed: Failed | None) -> None:
    bureau, _staff = scene.laboratories["city-laboratory"]
    delivered = actions.deliver(sample=sample, laboratory=bureau, by=by)
    day = timezone.localdate(registry.moment()) + scene.days(tale()["testing"], "testing", sample.number)
    scene.later(day, sample.number, "report", what=lambda: _report(scene, delivered, fails, failed))


def _report(scene: Scene, sample: Sample, fails: bool, failed: Failed | None) -> None:
    report(scene, sample, "city-laboratory", fails=fails)
    fresh = queries.sample(sample.number, by=accounts.operator())
    if fails and failed is not None:
        failed(scene, fresh)


def report(scene: Scene, sample: Sample, laboratory: str, *, fails: bool) -> None:
    """Send in a laboratory's report on every item of the product; one item fails, or none."""
    bureau, by = scene.laboratories[laboratory]
    random = scene.stage.city.stream("tested", laboratory, sample.number)
    items = catalogue().products[sample.product].items
    measurable = [one for one in items if one.limit.words is None]
    worst = measurable[int(random.integers(0, len(measurable)))] if fails else None
    day = timezone.localdate(registry.moment())
    actions.record_reports(
        reports=[
            NewReport(
                sample=sample, number=f"{laboratory[:1].upper()}{day:%Y}-{sample.number}", reported_on=day,
                results=tuple(_measured(one, random, fails=one is worst) for one in items),
            )
        ],
        by=by, source="page", laboratory=bureau,
    )  # fmt: skip


def _measured(item: Item, random: np.random.Generator, *, fails: bool) -> Measured:
    limit = item.limit
    if limit.words is not None:
        return Measured(item=item.code, values=("符合",))
    if limit.not_allowed is not None:
        return Measured(item=item.code, values=("0.02",) if fails else ("未检出",), unit=item.unit if fails else "")
    if limit.plan is not None:
        return Measured(item=item.code, values=_counts(limit.plan, random, fails=fails), unit=item.unit)
    high = limit.at_most if limit.at_most is not None else limit.below
    low = limit.at_least if limit.at_least is not None else limit.above
    return Measured(item=item.code, values=(_between(low, high, random, fails=fails),), unit=item.unit)


def _between(low: Decimal | None, high: Decimal | None, random: np.random.Generator, *, fails: bool) -> str:
    share = float(random.beta(2.0, 2.0))
    if high is None:
        assert low is not None, "a limit has a bound"
        return f"{float(low) * (0.9 - 0.4 * share if fails else 1.08 + 0.4 * share):.3g}"
    if low is None:
        return f"{float(high) * (1.1 + share if fails else 0.05 + 0.8 * share):.3g}"
    inside = float(low) + (float(high) - float(low)) * (0.1 + 0.8 * share)
    return f"{float(high) * (1.1 + 0.3 * share) if fails else inside:.4g}"


def _counts(plan: Any, random: np.random.Generator, *, fails: bool) -> tuple[str, ...]:
    low = float(plan.m)
    if low == 0:
        found = ["未检出"] * plan.n
        return tuple(["检出", *found[1:]] if fails else found)
    counts = [max(1, int(low * share)) for share in random.beta(1.5, 4.0, plan.n)]
    if fails:
        counts[:] = [int(low * (2 + one)) for one in range(plan.n)]
    return tuple(str(one) for one in counts)


def _in_vain(scene: Scene, target: Target, outcome: str, by: Person) -> None:
    random = scene.stage.city.stream("in vain", target.draw_id, target.number)
    notes = {"not_found": "登记地址无此企业", "no_goods": "无待销产品", "refused": "企业拒绝抽样"}
    actions.close_target(
        client_id=_uuid(random), target=target, files=[photograph()], by=by,
        visit=InVain(outcome=outcome, note=f"{notes[outcome]}（模拟）", visited_at=registry.moment()),
    )  # fmt: skip


def _sheet(unit: str, code: str, product: str, samplers: tuple[str, ...], random: np.random.Generator) -> Sheet:
    known = catalogue().products[product]
    now = registry.moment()
    made = timezone.localdate(now) - timedelta(days=int(random.integers(5, 60)))
    return Sheet(
        product_name=f"模拟{known.title.zh}", quantity="8 件", reserve_quantity="4 件", lot_size="200 件",
        sampled_at=now, samplers=samplers, specification="标准规格", batch_number=f"{made:%Y%m%d}",
        produced_on=made, address="登记住所（模拟）", maker=unit, maker_code=code,
        sampler_typed="抽样岗位", unit_typed="被抽样单位在场岗位", price_fen=int(random.integers(500, 90_000)),
    )  # fmt: skip


def _samplers(target: Target) -> tuple[str, ...]:
    return tuple(target.inspectors.order_by("pk").values_list("username", flat=True))


def _uuid(random: np.random.Generator) -> UUID:
    return UUID(bytes=random.bytes(16), version=4)


def photograph() -> Picture:
    """Return a picture that says that it is simulated."""
    return Picture("photo", SimpleUploadedFile("模拟现场.jpg", _picture(), content_type="image/jpeg"), "模拟现场.jpg")


@cache
def _picture() -> bytes:
    picture = Image.new("RGB", (640, 480), "#dfe5ec")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((60, 60, 580, 420), outline="#5b6b7d", width=4)
    pen.text((220, 230), "simulated photograph", fill="#33404d")
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=70)
    return buffer.getvalue()
