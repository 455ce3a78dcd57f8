"""Files a register of batches whose makers differ in risk, through the ordinary actions."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from qualicity.commons.registry import actions as registry
from qualicity.commons.registry.actions import NewEnterprise
from qualicity.definitions.periods import parse
from qualicity.evidence.submissions import actions

if TYPE_CHECKING:
    from pathlib import Path

    from qualicity.commons.accounts.models import Person

PLACES = ("410122", "410181", "410182", "410183")
CATEGORIES = ("饮料", "肉制品", "电线电缆")
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def chance(*words: object) -> float:
    """Return a number between 0 and 1 that is the same on every machine."""
    return int(hashlib.sha256("|".join(map(str, words)).encode()).hexdigest()[:13], 16) / 16**13


def credit_code(number: int) -> str:
    """Return a fictitious credit code with its check characters."""
    body = f"{number:08d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    check = 11 - total % 11
    first = f"91410100{body}{'X' if check == 10 else 0 if check == 11 else check}"
    last = 31 - sum(DIGITS.index(one) * weight for one, weight in zip(first, WEIGHTS, strict=True)) % 31
    return first + DIGITS[last % 31]


def makers(count: int = 240) -> list[NewEnterprise]:
    """Return enterprises of four counties; one in five is a risk (see ``batches``)."""
    return [
        NewEnterprise(
            uscc=credit_code(number), name=f"模拟制造{number}厂", place=PLACES[number % 4], industry="C",
            registered_on=date(2000 + number % 12, 1, 1), closed_on=None,
        )
        for number in range(1, count + 1)
    ]  # fmt: skip


def batches(year: int, count: int = 1200) -> pl.DataFrame:
    """Return batches of a year: makers whose number divides by five fail in 30 of 100, the others in 4."""
    known = makers()
    rows = []
    for number in range(count):
        place = int(chance("maker", year, number) * len(known))
        maker = known[place]
        failed = chance("result", year, number) < (0.30 if (place + 1) % 5 == 0 else 0.04)
        rows.append(
            {
                "batch": f"CJ{year}-{number:05d}", "place": maker.place, "authority_level": "city",
                "sampling_kind": "routine", "product": "模拟产品",
                "product_category": CATEGORIES[int(chance("category", year, number) * 3)], "key_food": False,
                "certified": number % 3 == 0, "local_maker": True, "maker": maker.name, "enterprise": maker.uscc,
                "sampled_unit": maker.name if number % 2 else "模拟商场", "tested_item": "水分", "result": "1",
                "unit": "%", "limit": "≤14", "conclusion": "unqualified" if failed else "qualified",
                "concluded_on": date(year, 1, 1) + timedelta(days=int(chance("day", year, number) * 364)),
                "publisher": f"模拟发布单位{number % 7}",
            }
        )  # fmt: skip
    return pl.DataFrame(rows)


def filed(folder: Path, frame: pl.DataFrame, year: int, *, by: Person, accepted_by: Person) -> None:
    """Hand in a year's batches and accept them."""
    path = folder / f"batches-{year}.parquet"
    frame.write_parquet(path)
    draft = actions.receive(
        register="spot_check_batches", organisation="quality-supervision", period=parse(str(year)), file=path,
        name=path.name, by=by,
    )  # fmt: skip
    handed_in = actions.submit(submission=draft, explanation="核对无误", by=by)
    actions.accept(submission=handed_in, by=accepted_by, reason="已核对")


def city_with_checks(folder: Path, *, by: Person, accepted_by: Person) -> None:
    """Register the makers and file two years of batches."""
    registry.register_enterprises(enterprises=makers(), by=by)
    for year in (2012, 2013):
        filed(folder, batches(year), year, by=by, accepted_by=accepted_by)
