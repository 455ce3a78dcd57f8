"""Photographs and signatures as they come from a phone: known by their bytes, their place kept apart."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import ExifTags, Image, UnidentifiedImageError

from qualicity.definitions.catalogue import catalogue
from qualicity.errors import FileError, InputError
from qualicity.evidence.submissions.actions.files import Incoming, take_in

if TYPE_CHECKING:
    from datetime import tzinfo

    from django.core.files.uploadedfile import UploadedFile

    from qualicity.definitions.field_work import Photographs

PHOTO, SAMPLER_SIGNATURE, UNIT_SIGNATURE = "photo", "sampler_signature", "unit_signature"
KINDS = (PHOTO, SAMPLER_SIGNATURE, UNIT_SIGNATURE)
FORMS = {"JPEG": "jpeg", "PNG": "png"}
PIXELS = 60_000_000
"""More than any camera of a phone takes; a picture that says it has more is no photograph."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to be kept: which kind, its file, and what it is called."""

    kind: str
    file: Path | UploadedFile[Any]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A picture that lies on disk and is not kept yet, with what its bytes say."""

    kind: str
    incoming: Incoming
    name: str
    form: str
    taken_at: datetime | None
    latitude: float | None
    longitude: float | None


def limits() -> Photographs:
    """Return how many photographs a sheet carries and how large each may be."""
    rules = catalogue().field_work
    assert rules is not None, "the house ships its rules of field work"
    return rules.photographs


def take(picture: Picture, zone: tzinfo) -> Taken:
    """Copy a picture into the home and look at it; FileError says what is wrong with it."""
    title = Path(picture.name or picture.file.name or picture.kind).name[:255]
    if picture.kind not in KINDS:
        raise InputError(f"没有“{picture.kind}”这类附件。", f"There is no kind of file “{picture.kind}”.")
    largest = limits().megabytes
    size = picture.file.stat().st_size if isinstance(picture.file, Path) else picture.file.size or 0
    if size > largest * 1_000_000:
        raise FileError(
            f"照片“{title}”有 {size / 1e6:.1f} MB，超过 {largest} MB 的上限。请改小后再附。",
            f"The photograph “{title}” has {size / 1e6:.1f} MB, more than the limit of {largest} MB. "
            "Make it smaller and add it again.",
        )
    incoming = take_in(picture.file)
    try:
        form, exif = _looked_at(incoming.path, title)
    except BaseException:
        incoming.path.unlink(missing_ok=True)
        raise
    latitude, longitude = _place(exif)
    return Taken(picture.kind, incoming, title, form, _moment(exif, zone), latitude, longitude)


def _looked_at(path: Path, title: str) -> tuple[str, Image.Exif]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=tuple(FORMS)) as picture:
                if picture.width * picture.height > PIXELS:
                    raise FileError(
                        f"照片“{title}”像素过多，未收下。", f"The photograph “{title}” has too many pixels."
                    )
                exif = picture.getexif()
                picture.load()  # a picture that is cut off shows only when it is read to its end
                return FORMS[picture.format or ""], exif
    except FileError:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning) as error:
        raise FileError(
            f"“{title}”不是完整的 JPEG 或 PNG 照片。请重新拍摄或选择。",
            f"“{title}” is not a whole JPEG or PNG picture. Take or choose it again.",
        ) from error


def _moment(exif: Image.Exif, zone: tzinfo) -> datetime | None:
    written = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)
    try:
        return datetime.strptime(str(written).strip("\0 "), "%Y:%m:%d %H:%M:%S").replace(tzinfo=zone)
    except ValueError:  # a camera that wrote none, or nonsense
        return None


def _place(exif: Image.Exif) -> tuple[float | None, float | None]:
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    latitude = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef) == "S")
    longitude = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef) == "W")
    return (latitude, longitude) if latitude is not None and longitude is not None else (None, None)


def _degrees(parts: Any, negative: bool) -> float | None:
    try:
        degrees, minutes, seconds = (float(one) for one in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    found = degrees + minutes / 60 + seconds / 3600
    return (-found if negative else found) if 0 <= found <= 180 else None
