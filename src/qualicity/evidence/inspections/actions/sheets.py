"""A sampling sheet as it is filled in, and everything that can be wrong with it, by field and by clause."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.field_work import FOR_SALE
from qualicity.errors import InputError, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import tzinfo

    from qualicity.definitions.field_work import FieldWork, SamplingRules
    from qualicity.definitions.laws import Instrument

AHEAD = timedelta(minutes=10)
"""How far a phone's clock may be ahead of the house's."""

LENGTHS = {
    "product_name": 200, "brand": 100, "specification": 200, "batch_number": 100, "shelf_life": 60, "quantity": 60,
    "reserve_quantity": 60, "lot_size": 60, "address": 300, "maker": 200, "maker_code": 18, "note": 500,
    "sampler_typed": 100, "unit_typed": 100,
}  # fmt: skip
_QUANTITY = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(.*?)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the samplers write down; quantities with their unit, money in fen, ``samplers`` by their user names.

    A side that cannot draw its signature types its name (``sampler_typed``, ``unit_typed``), which confirms as much.
    """

    product_name: str
    quantity: str
    sampled_at: datetime
    samplers: tuple[str, ...]
    goods: str = FOR_SALE
    brand: str = ""
    specification: str = ""
    batch_number: str = ""
    produced_on: date | None = None
    shelf_life: str = ""
    reserve_quantity: str = ""
    lot_size: str = ""
    price_fen: int | None = None
    address: str = ""
    maker: str = ""
    maker_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    accuracy_metres: float | None = None
    sampler_typed: str = ""
    unit_typed: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a sheet, and the field in which it is mended."""

    field: str
    text: Text


def wrong(field: str, zh: str, en: str) -> Problem:
    """Return a problem in both languages."""
    return Problem(field, Text(zh, en))


class SheetError(InputError):
    """A sheet that cannot be taken in: every problem at once, each with its field."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("".join(one.text.zh for one in problems), " ".join(one.text.en for one in problems))


def digest_of(what: str, sheet: object, files: Iterable[tuple[str, str]]) -> str:
    """Return the hash by which the same sheet is known when it comes again; ``files`` are (kind, hash)."""
    content = {"what": what, "sheet": asdict(sheet), "files": sorted(files)}  # type: ignore[call-overload]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_written)
    return hashlib.sha256(text.encode()).hexdigest()


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def field_work() -> FieldWork:
    """Return the rules of field work."""
    rules = catalogue().field_work
    assert rules is not None, "the house ships its rules of field work"
    return rules


def rules_on(law: str, day: date) -> tuple[Instrument, SamplingRules | None]:
    """Return the text of a law on a day, and what it asks of whoever takes a sample."""
    text = catalogue().laws[law].on(day)
    return text, field_work().of(law, text.code)


def check(sheet: Sheet, *, law: str, drawn_at: datetime | None, zone: tzinfo, kinds: Sequence[str]) -> None:
    """Raise SheetError with every problem of a sheet; ``kinds`` are those of the files that came with it."""
    problems = [*_lengths(sheet), *_times(sheet, drawn_at, zone), *_maker(sheet), *_position(sheet)]
    text, rules = rules_on(law, sheet.sampled_at.astimezone(zone).date())
    problems += [*_goods(sheet, text, rules), *_quantities(sheet, text, rules), *_signed(sheet, text, rules, kinds)]
    problems += _photographs(kinds)
    if len(set(sheet.samplers)) < (rules.samplers if rules else 2):
        fewest = rules.samplers if rules else 2
        source = source_of(text, rules.samplers_clause if rules else "")
        problems.append(
            wrong(
                "samplers",
                f"抽样人员不得少于 {fewest} 名，且须是不同的人{source.zh}。",
                f"At least {fewest} different people take a sample{source.en}.",
            )
        )
    if problems:
        raise SheetError(problems)


def source_of(text: Instrument, clause: str) -> Text:
    """Return where a rule stands, in brackets."""
    return Text(f"（{text.title.zh}{clause}）", f" ({text.title.en}{', ' + clause if clause else ''})")


def _lengths(sheet: Sheet) -> Iterator[Problem]:
    for name, longest in LENGTHS.items():
        value = getattr(sheet, name)
        if len(value) > longest or "\0" in value:
            yield wrong(
                name,
                f"最多 {longest} 个字。",
                f"At most {longest} characters.",
            )
    if not sheet.product_name.strip():
        yield wrong(
            "product_name",
            "请填写产品名称。",
            "Give the name of the product.",
        )


def _times(sheet: Sheet, drawn_at: datetime | None, zone: tzinfo) -> Iterator[Problem]:
    day = sheet.sampled_at.astimezone(zone).date()
    now = registry.moment()
    if sheet.sampled_at > now + AHEAD:
        yield wrong(
            "sampled_at",
            f"抽样时间 {_shown(sheet.sampled_at, zone)} 还没有到，请核对手机时间。",
            f"The time of sampling, {_shown(sheet.sampled_at, zone)}, is in the future. Look at the phone's clock.",
        )
    if drawn_at is not None and day < drawn_at.astimezone(zone).date():
        drawn = drawn_at.astimezone(zone).date()
        yield wrong(
            "sampled_at",
            f"抽样日期 {day} 早于抽取日期 {drawn}。",
            f"The day of sampling, {day}, is before that of the draw, {drawn}.",
        )
    if sheet.produced_on is not None and sheet.produced_on > day:
        yield wrong(
            "produced_on",
            f"生产日期 {sheet.produced_on} 晚于抽样日期 {day}。",
            f"The goods were made on {sheet.produced_on}, after they were sampled on {day}.",
        )


def _shown(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _maker(sheet: Sheet) -> Iterator[Problem]:
    if sheet.maker_code and len(sheet.maker_code.replace("-", "")) != 9:
        try:
            registry.organisation_code(sheet.maker_code)
        except InputError as error:
            yield Problem("maker_code", error.text)


def _position(sheet: Sheet) -> Iterator[Problem]:
    given = (sheet.latitude, sheet.longitude)
    if given.count(None) == 1 or (
        sheet.latitude is not None
        and sheet.longitude is not None
        and not (-90 <= sheet.latitude <= 90 and -180 <= sheet.longitude <= 180)
    ):
        yield wrong(
            "latitude",
            "经纬度不完整或超出范围。",
            "Latitude and longitude are incomplete or out of range.",
        )
    elif given == (None, None) and not sheet.address.strip():
        yield wrong(
            "address",
            "没有定位时请填写抽样地址。",
            "Without a position, write down the address.",
        )


def _goods(sheet: Sheet, text: Instrument, rules: SamplingRules | None) -> Iterator[Problem]:
    state = field_work().goods_state(sheet.goods)
    if state is None:
        known = "、".join(one.code for one in field_work().goods)
        yield wrong(
            "goods",
            f"没有“{sheet.goods}”这种产品状态，可选：{known}。",
            f"There is no state of goods “{sheet.goods}”; there are: {known}.",
        )
    elif rules is not None and sheet.goods in rules.barred:
        source = source_of(text, rules.barred[sheet.goods])
        yield wrong(
            "goods",
            f"“{state.title.zh}”的产品不得抽样{source.zh}。请改抽其他产品，或记为无可抽产品。",
            f"Goods “{state.title.en}” may not be sampled{source.en}. "
            "Sample other goods, or record that there was nothing to sample.",
        )


def _quantities(sheet: Sheet, text: Instrument, rules: SamplingRules | None) -> Iterator[Problem]:
    read = {name: _quantity(getattr(sheet, name)) for name in ("quantity", "reserve_quantity", "lot_size")}
    for name, value in read.items():
        if getattr(sheet, name) and (value is None or value[0] <= 0):
            yield wrong(
                name,
                "请写成数量加单位，如“3 kg”。",
                "Write a number and its unit, such as “3 kg”.",
            )
    taken, reserve, lot = read["quantity"], read["reserve_quantity"], read["lot_size"]
    if not sheet.quantity:
        yield wrong(
            "quantity",
            "请填写检验样品数量。",
            "Give the quantity of the sample.",
        )
    if rules is not None and rules.reserve and reserve is None:
        source = source_of(text, rules.reserve)
        yield wrong(
            "reserve_quantity",
            f"应同时抽取备用样品{source.zh}。",
            f"A reserve sample is taken as well{source.en}.",
        )
    if taken is None or lot is None or taken[1] != lot[1] or (reserve is not None and reserve[1] != lot[1]):
        return
    wanted = taken[0] + (reserve[0] if reserve else 0)
    if wanted > lot[0]:
        source = source_of(text, rules.short if rules else "")
        yield wrong(
            "lot_size",
            f"抽样基数 {sheet.lot_size} 少于检验样品与备用样品之和 {wanted:g} {lot[1]}{source.zh}。",
            f"There are {sheet.lot_size}, fewer than the {wanted:g} {lot[1]} of sample and "
            f"reserve together{source.en}.",
        )


def _quantity(text: str) -> tuple[float, str] | None:
    found = _QUANTITY.fullmatch(text)
    return (float(found[1]), found[2]) if found else None


def _signed(sheet: Sheet, text: Instrument, rules: SamplingRules | None, kinds: Sequence[str]) -> Iterator[Problem]:
    source = source_of(text, rules.signed if rules else "")
    for side, zh, en in (("sampler", "抽样人员", "the samplers"), ("unit", "被抽样单位", "the sampled unit")):
        if f"{side}_signature" not in kinds and not getattr(sheet, f"{side}_typed").strip():
            yield wrong(
                f"{side}_signature",
                f"缺少{zh}的签名{source.zh}。",
                f"The signature of {en} is missing{source.en}.",
            )


def _photographs(kinds: Sequence[str]) -> Iterator[Problem]:
    limits, count = field_work().photographs, list(kinds).count("photo")
    if not limits.fewest <= count <= limits.most:
        yield wrong(
            "photo",
            f"应附 {limits.fewest} 至 {limits.most} 张照片，现有 {count} 张。",
            f"A sheet has {limits.fewest} to {limits.most} photographs; this one has {count}.",
        )
