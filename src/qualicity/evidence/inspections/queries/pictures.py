"""Pictures as they are shown: upright, and without what the camera wrote into them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import ExifTags, Image

if TYPE_CHECKING:
    from pathlib import Path

FORMS = ("JPEG", "PNG")


def shown_picture(path: Path, *, longest_side: int = 0) -> bytes:
    """Return a picture as JPEG or PNG that stands upright and says nothing of place, time or camera."""
    with Image.open(path, formats=tuple(FORMS)) as picture:
        form = picture.format or "JPEG"
        upright = _upright(picture)
        if longest_side:
            upright.thumbnail((longest_side, longest_side))
        # only the pixels go on: a fresh picture carries no words of the old one
        clean = Image.new(upright.mode, upright.size)
        clean.paste(upright)
        out = io.BytesIO()
        clean.save(out, format=form, **({"quality": 88} if form == "JPEG" else {"optimize": True}))
    return out.getvalue()


def _upright(picture: Image.Image) -> Image.Image:
    from_exif = {
        3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_270, 8: Image.Transpose.ROTATE_90,
        2: Image.Transpose.FLIP_LEFT_RIGHT, 4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        7: Image.Transpose.TRANSVERSE,
    }  # fmt: skip
    turn = from_exif.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    whole = picture if picture.mode in ("RGB", "RGBA", "L", "LA") else picture.convert("RGB")
    return whole.transpose(turn) if turn is not None else whole.copy()
