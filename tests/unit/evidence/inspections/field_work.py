"""A plan, its draw and its targets for the tests of field work, and a sheet that nothing is wrong with."""

from __future__ import annotations

import io
import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image

from qualicity.commons.accounts import queries as accounts
from qualicity.evidence.inspections import actions
from qualicity.evidence.inspections.models import CheckPlan, Draw, PlanLine, Sample, Target

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person

ZONE = ZoneInfo("Asia/Shanghai")
ENTERPRISE = "91410122000000190J"
DRAWN = datetime(2014, 4, 8, 9, tzinfo=ZONE)
SAMPLED = datetime(2014, 4, 10, 0, 5, tzinfo=ZONE)


def photo(colour: str = "red", *, form: str = "JPEG", place: tuple[float, float] | None = None) -> bytes:
    """Return a small photograph; with ``place``, one into which the camera wrote where it was."""
    picture, out = Image.new("RGB", (64, 48), colour), io.BytesIO()
    exif = Image.Exif()
    if place is not None:
        gps = {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLongitudeRef: "E"}
        for key, value in ((ExifTags.GPS.GPSLatitude, place[0]), (ExifTags.GPS.GPSLongitude, place[1])):
            gps[key] = (int(value), int(value % 1 * 60), round(value * 3600 % 60, 3))
        exif[ExifTags.IFD.GPSInfo] = gps
        exif[ExifTags.IFD.Exif] = {ExifTags.Base.DateTimeOriginal: "2014:04:10 00:04:00"}
        exif[ExifTags.Base.Make] = "Pocket camera"
    picture.save(out, format=form, exif=exif)
    return out.getvalue()


def picture(kind: str = "photo", data: bytes | None = None, name: str = "") -> actions.Picture:
    """Return a picture as a browser sends it."""
    data = photo(form="JPEG" if kind == "photo" else "PNG") if data is None else data
    return actions.Picture(kind, SimpleUploadedFile(name or f"{kind}.jpg", data), name or f"{kind}.jpg")


@dataclass
class Field:
    """A draw of two targets for two inspectors of one county."""

    plan: CheckPlan
    targets: list[Target]
    people: dict[str, Person]

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def sheet(self, **changes: Any) -> actions.Sheet:
        """Return a good sheet with something changed."""
        good = actions.Sheet(
            product_name="模拟挂面", brand="模拟牌", specification="500 g", batch_number="20140401",
            produced_on=date(2014, 4, 1), shelf_life="12 个月", quantity="6 袋", reserve_quantity="3 袋",
            lot_size="400 袋", price_fen=1250, sampled_at=SAMPLED, samplers=("first", "second"),
            address="模拟路1号", latitude=34.72, longitude=114.0, accuracy_metres=12.0,
        )  # fmt: skip
        return replace(good, **changes)

    def files(self) -> list[actions.Picture]:
        """Return a photograph and both signatures."""
        return [picture(), picture("sampler_signature"), picture("unit_signature")]

    def take(self, **given: Any) -> Sample:
        """Take a sample of the first target, unless something else is said."""
        changes = given.pop("sheet", {})
        defaults: dict[str, Any] = {
            "client_id": uuid.uuid4(), "sheet": self.sheet(**changes), "files": self.files(), "by": self["first"],
        }  # fmt: skip
        if "recheck_of" not in given:
            defaults["target"] = self.targets[0]
        return actions.take_sample(**{**defaults, **given})


def drawn(people: dict[str, Person], *, law: str = "food_sampling", code: str = "food-2014", count: int = 2) -> Field:
    """Return a drawn plan of a law with its targets for ``first`` and ``second``."""
    operator = accounts.operator()
    unit = people["first"].organisation
    plan = CheckPlan.objects.create(
        code=code, title_zh="模拟抽查计划", title_en="Simulated plan", year=2014, organisation=unit, law=law,
        authority_level="county", sampling_kind="routine", method="simple", state="approved", made_by=operator,
        made_at=DRAWN,
    )  # fmt: skip
    line = PlanLine.objects.create(plan=plan, number=1, product="instant-noodles", stage="production", count=count)
    draw = Draw.objects.create(
        plan=plan, number=1, seed="2014", recipe="1", method="simple", frame_digest="0" * 64, frame_size=8,
        drawn_by=operator, drawn_at=DRAWN,
    )  # fmt: skip
    targets = [
        Target.objects.create(
            draw=draw, line=line, number=number, enterprise=ENTERPRISE, enterprise_name=f"模拟面业{number}号",
            place="410122", organisation=unit, probability=0.25,
        )
        for number in range(1, count + 1)
    ]  # fmt: skip
    for one in targets:
        one.inspectors.set([people["first"], people["second"]])
    return Field(plan, targets, people)


def kept(home: Path) -> int:
    """Return how many files the home keeps."""
    return sum(1 for one in (home / "files").rglob("*") if one.is_file())
