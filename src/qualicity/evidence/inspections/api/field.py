"""Targets, sampling sheets and samples over the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, File, Form, Path, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import AwareDatetime

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.accounts.queries import SignedIn
from qualicity.evidence.inspections import actions, queries
from qualicity.evidence.inspections.models import Sample, Target

router = Router(tags=["inspections"])

Word = Annotated[str, Field(max_length=200, pattern=r"^[^\u0000]*$")]
Prose = Annotated[str, Field(max_length=500, pattern=r"^[^\u0000]*$")]
Number = Annotated[int, Field(ge=0, le=2**53)]
Key = Annotated[str, Path(max_length=60, pattern=r"^[A-Za-z0-9_-]+$")]


class VisitTargetOut(Schema):
    """A target that waits for a visit."""

    target: int
    plan: str
    draw: int
    number: int
    enterprise: str
    enterprise_name: str
    place: str
    product: str
    product_title_zh: str
    product_title_en: str
    stage: str
    law: str
    inspectors: list[str]


class SampleOut(Schema):
    """One sample."""

    number: str
    client_id: UUID
    plan: str
    target: int | None
    recheck_of: str | None
    state: str
    conclusion: str
    concluded_on: date | None
    product: str
    product_name: str
    brand: str
    specification: str
    batch_number: str
    produced_on: date | None
    shelf_life: str
    goods: str
    lot_size: str
    quantity: str
    reserve_quantity: str
    price_fen: int | None
    place: str
    stage: str
    sampled_unit: str
    sampled_unit_code: str
    address: str
    maker: str
    maker_code: str
    latitude: float | None
    longitude: float | None
    accuracy_metres: float | None
    organisation: str
    samplers: list[str]
    sampled_at: datetime
    received_at: datetime
    laboratory: str | None
    delivered_at: datetime | None
    deliver_by: datetime | None
    design_weight: float | None
    questions: list[dict[str, str]]
    note: str


class SamplesOut(Schema):
    """A page of samples; ``next`` is the cursor of the page after, null on the last."""

    items: list[SampleOut]
    total: int
    next: int | None


class SheetIn(Schema):
    """A sampling sheet; ``client_id`` is made by the sender, so that a sheet that is sent twice arrives once."""

    client_id: UUID
    target: Number = 0
    recheck_of: Word = ""
    product_name: Word
    quantity: Word
    sampled_at: AwareDatetime
    samplers: list[Word]
    goods: Word = "for_sale"
    brand: Word = ""
    specification: Word = ""
    batch_number: Word = ""
    produced_on: date | None = None
    shelf_life: Word = ""
    reserve_quantity: Word = ""
    lot_size: Word = ""
    price_fen: Number | None = None
    address: Prose = ""
    maker: Word = ""
    maker_code: Word = ""
    latitude: float | None = None
    longitude: float | None = None
    accuracy_metres: float | None = None
    sampler_typed: Word = ""
    unit_typed: Word = ""
    note: Prose = ""


class VisitIn(Schema):
    """A visit in vain: ``not_found``, ``no_goods`` or ``refused``."""

    client_id: UUID
    outcome: Word
    note: Prose
    visited_at: AwareDatetime
    latitude: float | None = None
    longitude: float | None = None
    accuracy_metres: float | None = None


class DeliveryIn(Schema):
    """To which laboratory a sample went."""

    laboratory: Word


class VoidReason(Schema):
    """Why a sample is void."""

    reason: Prose


class SamplesAsked(Schema):
    """Which samples are asked for."""

    plan: Word = ""
    state: Word = ""
    conclusion: Word = ""
    product: Word = ""
    organisation: Word = ""
    since: date | None = None
    until: date | None = None
    questioned: bool = False
    q: Word = ""
    cursor: Number = 0
    limit: Annotated[int, Field(ge=1, le=1000)] = 50


@router.get("/inspections/field/targets", response=list[VisitTargetOut])
def field_targets(request: SignedIn) -> list[dict[str, Any]]:
    """List the targets that wait for your visit."""
    return [_target(one) for one in queries.my_targets(request.user)]


@router.post("/inspections/field/targets/{number}/visits", response={204: None})
def field_visit(
    request: SignedIn,
    number: Annotated[int, Path(ge=1, le=2**53)],
    visit: Form[VisitIn],
    photo: File[list[UploadedFile]] = [],  # noqa: B006 -- how the framework says that none may come
) -> Status[None]:
    """Say that a target could not be sampled; the same words again change nothing."""
    given = visit.dict()
    client_id = given.pop("client_id")
    actions.close_target(
        client_id=client_id, target=queries.my_target(number, by=request.user), visit=actions.InVain(**given),
        files=_pictures(photo=photo), by=request.user,
    )  # fmt: skip
    return Status(204, None)


@router.post("/inspections/samples", response=SampleOut)
def samples_take(
    request: SignedIn,
    sheet: Form[SheetIn],
    photo: File[list[UploadedFile]] = [],  # noqa: B006 -- how the framework says that none may come
    sampler_signature: File[list[UploadedFile]] = [],  # noqa: B006 -- as above
    unit_signature: File[list[UploadedFile]] = [],  # noqa: B006 -- as above
) -> dict[str, Any]:
    """Hand in a sampling sheet with its files; the same sheet again is answered with the sample that is there."""
    given = sheet.dict()
    client_id, target, recheck_of = (given.pop(name) for name in ("client_id", "target", "recheck_of"))
    taken = actions.take_sample(
        client_id=client_id,
        target=queries.my_target(target, by=request.user) if target else None,
        recheck_of=queries.sample(recheck_of, by=request.user) if recheck_of else None,
        sheet=actions.Sheet(**{**given, "samplers": tuple(given["samplers"])}),
        files=_pictures(photo=photo, sampler_signature=sampler_signature, unit_signature=unit_signature),
        by=request.user,
    )
    return _sample(queries.sample(taken.number, by=request.user))


@router.get("/inspections/samples", response=SamplesOut)
def samples_list(request: SignedIn, asked: Query[SamplesAsked]) -> dict[str, Any]:
    """List the samples that you may see, the latest first; ``cursor`` is the ``next`` of the page before."""
    wanted = queries.SamplesWanted(
        plan=asked.plan, state=asked.state, conclusion=asked.conclusion, product=asked.product,
        organisation=asked.organisation, since=asked.since, until=asked.until, questioned=asked.questioned,
        search=asked.q,
    )  # fmt: skip
    found = queries.samples(by=request.user, wanted=wanted)
    total, limit = found.count(), asked.limit
    narrowed = found.filter(pk__lt=asked.cursor) if asked.cursor else found
    page = list(narrowed.prefetch_related("samplers").order_by("-pk")[: limit + 1])
    following = page[limit - 1].pk if len(page) > limit else None
    return {"items": [_sample(one) for one in page[:limit]], "total": total, "next": following}


@router.get("/inspections/samples/{number}", response=SampleOut)
def samples_one(request: SignedIn, number: Key) -> dict[str, Any]:
    """Return one sample."""
    return _sample(queries.sample(number, by=request.user))


@router.post("/inspections/samples/{number}/deliver", response=SampleOut)
def samples_deliver(request: SignedIn, number: Key, given: DeliveryIn) -> dict[str, Any]:
    """Hand a sample to a laboratory."""
    found = queries.sample(number, by=request.user)
    actions.deliver(sample=found, laboratory=accounts.organisation(given.laboratory), by=request.user)
    return _sample(queries.sample(number, by=request.user))


@router.post("/inspections/samples/{number}/void", response=SampleOut)
def samples_void(request: SignedIn, number: Key, given: VoidReason) -> dict[str, Any]:
    """Make a sample void."""
    actions.void(sample=queries.sample(number, by=request.user), reason=given.reason, by=request.user)
    return _sample(queries.sample(number, by=request.user))


def _pictures(**files: list[UploadedFile]) -> list[actions.Picture]:
    return [actions.Picture(kind, one, one.name or kind) for kind, found in files.items() for one in found]


def _target(one: Target) -> dict[str, Any]:
    plan, product = one.draw.plan, one.line.product
    return {
        "target": one.pk, "plan": plan.code, "draw": one.draw.number, "number": one.number,
        "enterprise": one.enterprise, "enterprise_name": one.enterprise_name, "place": one.place, "product": product,
        "product_title_zh": queries.product_title(product, "zh-hans"),
        "product_title_en": queries.product_title(product, "en"), "stage": one.line.stage, "law": plan.law,
        "inspectors": [each.username for each in one.inspectors.all()],
    }  # fmt: skip


def _sample(one: Sample) -> dict[str, Any]:
    due = queries.delivery_due(one)
    plain = (name for name in SampleOut.model_fields if name not in _MADE)
    return {name: getattr(one, name) for name in plain} | {
        "plan": one.plan.code, "target": one.target_id, "organisation": one.organisation.code,
        "recheck_of": one.recheck_of.number if one.recheck_of else None,
        "samplers": [each.username for each in one.samplers.all()],
        "laboratory": one.laboratory.code if one.laboratory else None, "deliver_by": due.at if due else None,
    }  # fmt: skip


_MADE = ("plan", "target", "organisation", "recheck_of", "samplers", "laboratory", "deliver_by")
