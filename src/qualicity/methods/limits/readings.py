"""What a laboratory found, read from the cells in which it was written: one reading per sample."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from qualicity.methods.limits.figures import NUMBER, Figure, read_figure
from qualicity.methods.limits.units import read_unit, spelt
from qualicity.methods.limits.writing import plain


class Kind(StrEnum):
    """What a reading says."""

    figure = "figure"  # a figure, perhaps only a bound of it (<0.01)
    not_detected = "not_detected"
    detected = "detected"
    conforming = "conforming"  # the laboratory's own word
    not_conforming = "not_conforming"
    unread = "unread"


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading: a figure with its sign and unit, or a word. Of not_detected, ``figure`` is the detection limit."""

    kind: Kind
    written: str
    sign: str = "="  # = < > ≤ ≥
    figure: Figure | None = None
    unit: str = ""
    basis: str = ""  # of what the figure is a share: 以脂肪计, KOH
    uncertainty: Figure | None = None
    upper: Figure | None = None  # the other end, where a range was found
    quantity: str = ""  # in how much nothing was found: 25g
    final: bool = False  # said to be the re-inspection's


@dataclass(frozen=True, slots=True)
class Results:
    """All readings of one test, in order, and what the reading of the cells had to put right."""

    readings: tuple[Reading, ...]
    rejoined: bool = False  # several results whose first figure had been cut out into a cell of its own
    left_out: tuple[str, ...] = ()


_NOT_DETECTED = (
    r"(?:未检出|不得检出|未测出|检不出|未发现|无检出|阴性|N\.?D\.?|notdetected|<LOD|<LOQ|<检出限|<定量限"
    r"|低于检出限|小于检出限|\(-\)|absent|absence|negative)"
)
_DETECTED = r"(?:检出|阳性|detected|\(\+\)|present|presence|positive|found)"
_WORDS = {
    "合格": Kind.conforming,
    "符合": Kind.conforming,
    "符合要求": Kind.conforming,
    "符合规定": Kind.conforming,
    "通过": Kind.conforming,
    "不合格": Kind.not_conforming,
    "不符合": Kind.not_conforming,
    "不符合要求": Kind.not_conforming,
    "不符合规定": Kind.not_conforming,
    "不通过": Kind.not_conforming,
}
_QUANTITY = r"(?P<quantity>\d+(?:\.\d+)?(?:g|mL|kg|L|件|只))"
_IN_WORDS = re.compile(
    rf"(?P<none>{_NOT_DETECTED})?(?P<some>{_DETECTED})?(?:/{_QUANTITY})?(?P<unit>/[^\d(<][^(]*)?"
    rf"(?:\(?(?:<|检出限|定量限|LOD|LOQ|:|=|为|方法)+(?P<limit>{NUMBER})(?P<limit_unit>[^)]*)\)?)?",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    rf"(?:pH值?)?(?P<sign>[<>≤≥=]?)(?P<figure>{NUMBER})"
    rf"(?:±(?P<uncertainty>{NUMBER})|[~-](?P<upper>{NUMBER}))?(?P<unit>.*)",
    re.DOTALL,
)
_LABEL = re.compile(
    r"(?:(?:^|(?<=[;,)]))(?:n\d+|样[品本]?\d+|第?\d+号)|初检结果|初检|复检结果|复检|(?<=;)结果\d*|^结果\d*)[:=]",
    re.IGNORECASE,
)
_UNIT_ASIDE = re.compile(r"\(?单位:?([^);]+)\)?")
_PARENTHESISED_UNIT = re.compile(r"\(((?:CFU|MPN|[mμ]?g)/[^()]*)\)$", re.IGNORECASE)
_COMMENT = re.compile(r"[;(]?(?:结果)?(?:均|都)(?:大于|小于|超过|高于|低于)[^;()]*")
#: A stroke parts two results only where no amount follows it: 8.2×10²/8.6×10², not 0/25g and not 1.2/100g.
_STROKE = re.compile(rf"(?<=[\d}}D出性])/(?=(?:{NUMBER}(?!\d*(?:g|mL|kg|L)\b)|ND|未检出|检出|[<>]\d))", re.IGNORECASE)


#: Sets a label apart from what it names; ``plain`` leaves none in a text.
_MARK = "\x1e"


def read_results(value: str, unit: str = "", *, several: bool = False, decimal_comma: bool | None = None) -> Results:
    """Read a result from the cell of the value and the cell of the unit.

    A value cell may hold its own unit; a unit cell may hold the rest of a text whose first figure some reader cut out
    (``4.1`` beside ``×10⁴，8.6×10⁴CFU/g``): it is put back where a figure is missing. ``several``: the test
    asks for several samples, so a comma parts results. Never fails: what cannot be read is of the kind ``unread``.
    """
    text, aside = plain(value), plain(unit)
    rejoined = bool(text) and _holds_results(unit.strip(), aside)
    left_out: list[str] = []
    if rejoined:
        text, aside = plain(_rejoin(text, unit)), ""
    for found in _COMMENT.findall(text):
        left_out.append(found.strip(";()"))
    text = _COMMENT.sub("", text)
    if stated := _UNIT_ASIDE.search(text):
        aside, text = stated[1], _UNIT_ASIDE.sub("", text)
    parts = _parts(text, several=several, decimal_comma=decimal_comma)
    if len(parts) > 1 and (tail := _PARENTHESISED_UNIT.search(parts[-1][1])):
        aside, parts[-1] = tail[1], (parts[-1][0], parts[-1][1][: tail.start()])
    readings = [replace(_read(part, decimal_comma), final="复检" in label) for label, part in parts]
    readings = _with_units(readings, aside)
    return Results(tuple(readings), rejoined and len(readings) > 1, tuple(left_out))


def _holds_results(unit: str, aside: str) -> bool:
    """Say whether a unit cell holds more than a unit: a power, a sign, another result."""
    return bool(
        unit.startswith((",", "，", ";", "；", "、", "①"))
        or re.match(r"[<>≤≥×:±^]", aside)
        or ";" in aside
        or "检出" in aside
        or re.search(r"[:]|×1|,\d|/\d+(?:\.\d+)?×", aside)
    )


def _rejoin(value: str, unit: str) -> str:
    """Put the figure that was cut out back to every place where one is missing.

    Source of the shape: a reader that takes the first figure of a text for the value and deletes it from the rest.
    """
    rest = re.sub(r"^\s*①", "", unit)
    rest = re.sub(r"[;；,，、]?\s*[②-⑳]", ";", rest)
    rest = re.sub(r"([;；,，、])\s*[\r\n]+", r"\1", rest)
    rest = plain(rest, tidy=False)
    rest = re.sub(r"(?<=[^;,:])(?=(?:初检|复检)[^:]*:)", ";", rest)
    pieces = re.split(r"(;|[/,](?=[<>≤≥×\d.;,]|未|检|$))", rest)
    whole = [_refill(value, piece) if number % 2 == 0 else piece for number, piece in enumerate(pieces)]
    return "".join(whole)


def _refill(value: str, piece: str) -> str:
    """Return one result with the value in its place, if it lacks one; a remark is left as it is."""
    label = _LABEL.match(piece)
    head, body = (piece[: label.end()], piece[label.end() :]) if label else ("", piece)
    if found := re.search(r"(?:未?检出|阴性|阳性)/(?=[a-zA-Z])", body):
        return head + body[: found.end()] + value + body[found.end() :]
    if found := re.search(r"(?:检出限|定量限|LOD|LOQ|<)[:为=]?(?=[a-zA-Zμ%])", body):
        return head + body[: found.end()] + value + body[found.end() :]
    if "检出" in body or _COMMENT.match(body) or re.match(r"\(?单位", body):
        return piece
    signs = re.match(r"[<>≤≥=±]*", body)
    assert signs is not None
    rest = body[signs.end() :]
    return head + body[: signs.end()] + value + rest if not re.match(NUMBER, rest) else piece


def _parts(text: str, *, several: bool, decimal_comma: bool | None) -> list[tuple[str, str]]:
    """Return (label, text) of each result in a text of one or more."""
    labelled = _LABEL.sub(lambda found: ";" + _MARK + found.group().strip(":=") + _MARK, text)
    pieces = [piece for piece in labelled.split(";") if piece]
    found: list[tuple[str, str]] = []
    for piece in pieces:
        label, body = ("", piece)
        if piece.startswith(_MARK):
            _, label, body = piece.split(_MARK, 2)
        for stroke in _STROKE.split(body):
            found += [(label, part) for part in _by_commas(stroke, several, decimal_comma) if part]
    return found or [("", text)]


def _by_commas(text: str, several: bool, decimal_comma: bool | None) -> list[str]:
    """Part a text at its commas, unless a comma there stands in a figure."""
    if "," not in text:
        return [text]
    in_figures = re.fullmatch(rf"[<>≤≥=]?{NUMBER}(?:[±~-]{NUMBER})?[^,]*", text)
    if in_figures and (decimal_comma or not several):
        return [text]
    return text.split(",")


def _read(text: str, decimal_comma: bool | None) -> Reading:
    text = text.strip(";。")
    if kind := _WORDS.get(text):
        return Reading(kind, text)
    if re.match(r"(?:presen[ct]e?|detected|found)(?:in|of)", text, re.IGNORECASE):
        return Reading(Kind.detected, text)
    if (words := _IN_WORDS.fullmatch(text)) and (words["none"] or words["some"]):
        figure = read_figure(words["limit"], decimal_comma=decimal_comma) if words["limit"] else None
        kind = Kind.not_detected if words["none"] else Kind.detected
        unit, basis = spelt((words["limit_unit"] if figure else "") or "")
        return Reading(kind, text, figure=figure, unit=unit, basis=basis, quantity=words["quantity"] or "")
    found = _FIGURE.fullmatch(text)
    figure = read_figure(found["figure"], decimal_comma=decimal_comma) if found else None
    if found is None or figure is None or re.search(r"\d.*[;:]|^[\d.,×~-]", found["unit"]):
        return Reading(Kind.unread, text)
    upper = read_figure(found["upper"], decimal_comma=decimal_comma) if found["upper"] else None
    if upper is not None and (found["sign"] or not _rises(figure, upper)):
        return Reading(Kind.unread, text)
    spread = read_figure(found["uncertainty"], decimal_comma=decimal_comma) if found["uncertainty"] else None
    if quantity := re.fullmatch(rf"/{_QUANTITY}", found["unit"]):  # 0/25g: so many in that amount
        return Reading(Kind.figure, text, found["sign"] or "=", figure, quantity=quantity["quantity"])
    unit, basis = spelt(found["unit"])
    return Reading(Kind.figure, text, found["sign"] or "=", figure, unit, basis, spread, upper)


def _rises(low: Figure, high: Figure) -> bool:
    return low.value is not None and high.value is not None and low.value < high.value


def _with_units(readings: list[Reading], aside: str) -> list[Reading]:
    """Give readings without a unit that of the unit's cell, or the one that stands once, at the end or the start."""
    if quantity := re.fullmatch(rf"/?{_QUANTITY}", aside, re.IGNORECASE):
        return [replace(each, quantity=each.quantity or quantity["quantity"]) for each in readings]
    own = {reading.unit for reading in readings if reading.unit}
    shared, basis = spelt(aside) if aside not in {"", "-", "/"} else ("", "")
    if not shared and len(own) == 1 and len(readings) > 1:
        shared = next(iter(own))
    if aside.startswith("/") and read_unit(shared) is None:  # 13mg beside /kg
        readings = [replace(each, unit=each.unit + shared) if each.unit else each for each in readings]
    return [
        replace(reading, unit=shared, basis=reading.basis or basis)
        if not reading.unit and (reading.figure is not None or reading.kind is Kind.detected)
        else reading
        for reading in readings
    ]
