"""Chance from a published seed: SHA-256 of a text, the same in every language and on every machine."""

from __future__ import annotations

import hashlib
from itertools import pairwise
from typing import TYPE_CHECKING

from qualicity.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

_BAR = "|"


def digest_of(seed: str | int, *words: str) -> str:
    """Return the 64 hexadecimal digits of SHA-256 over ``seed|word|word…`` in UTF-8.

    A bar within the seed or a word would make two texts one, so that it is refused. Source: FIPS 180-4.
    """
    parts = (str(seed), *words)
    for part in parts:
        if _BAR in part:
            raise InputError(
                f"“{part}”含有竖线“|”，而竖线用来分隔种子和编号，请换一个写法。",
                f"“{part}” holds a bar (|), which separates the seed from the key: write it without one.",
            )
    return hashlib.sha256(_BAR.join(parts).encode("utf-8")).hexdigest()


def order_of(keys: Iterable[str], seed: str | int) -> list[str]:
    """Return the keys in the order that the seed gives them: by ``digest_of(seed, key)``, the lowest first.

    Digests are compared as text; equal ones, which nobody has seen yet, by the key. A key that comes twice is
    refused, for it would have two chances.
    """
    found = sorted((digest_of(seed, key), key) for key in keys)
    twice = sorted({one[1] for one, after in pairwise(found) if one == after})
    if twice:
        raise InputError(
            f"名单中有 {len(twice)} 个编号重复（例如“{twice[0]}”）；每个对象只能出现一次，请先去重。",
            f"{len(twice)} keys stand twice in the frame (such as “{twice[0]}”); each may stand there once only. "
            "Take the repeats out first.",
        )
    return [key for _, key in found]


def number_below(limit: int, seed: str | int, *words: str) -> int:
    """Return a whole number from 0 to ``limit`` - 1: the first 15 hexadecimal digits of the digest, modulo ``limit``.

    For a limit up to a billion no number is likelier than another by more than one part in a billion.
    """
    return int(digest_of(seed, *words)[:15], 16) % limit


def frame_digest(lines: Iterable[str]) -> str:
    """Return SHA-256 over the lines in the order of their code points, each ended by a line feed.

    Published before the seed is chosen, it shows that the frame was not changed to suit the seed.
    """
    return hashlib.sha256("".join(f"{line}\n" for line in sorted(lines)).encode("utf-8")).hexdigest()
