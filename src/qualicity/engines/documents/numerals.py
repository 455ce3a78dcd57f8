"""Chinese numerals as they stand in official documents: 十一, 二〇一四, 九十二点五, 1.5万."""

from __future__ import annotations

from typing import Final

DIGITS: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "Ｏ": 0}
TENS: Final = {"十": 10, "百": 100, "千": 1000}
SCALES: Final = {"万": 10_000, "亿": 100_000_000}
HAN: Final = "零〇○一二两三四五六七八九十百千"


def han_number(text: str) -> float | None:
    """Return the number that a Chinese numeral names, or None when it names none.

    Whole numbers come back as integers in value (85.0 for 八十五); digits read one by one make years
    (二〇一四); 点 opens the decimals.
    """
    whole, point, decimals = text.partition("点")
    value = _spoken(whole) if any(c in TENS or c in SCALES for c in whole) else _digit_by_digit(whole)
    if value is None or not point:
        return None if point and value is None else value
    tail = _digit_by_digit(decimals)
    return None if tail is None else value + tail / 10 ** len(decimals)


def han_integer(text: str) -> int | None:
    """Return the whole number that Chinese or Arabic digits name, or None."""
    if text.isascii() and text.isdigit():
        return int(text)
    value = han_number(text)
    return int(value) if value is not None and value == int(value) else None


def _digit_by_digit(text: str) -> float | None:
    if not text or any(c not in DIGITS for c in text):
        return None
    return float(int("".join(str(DIGITS[c]) for c in text)))


def _spoken(text: str) -> float | None:
    total, section, digit = 0, 0, None
    for character in text:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in TENS:
            # 十五 says its ten without a one before it
            section += (1 if digit is None else digit) * TENS[character]
            digit = None
        elif character in SCALES:
            total = (total + section + (digit or 0)) * SCALES[character]
            section, digit = 0, None
        else:
            return None
    return float(total + section + (digit or 0))
