"""Check characters of the codes that evidence is keyed by: enterprises, organisations, products and places."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Codes = str | None | Sequence[str | None] | npt.NDArray[np.generic]
Letters = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]
Values = npt.NDArray[np.int16]

# 31 characters: no I, O, S, V or Z, which are read as digits. GB 32100-2015.
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = np.array([pow(3, place, 31) for place in range(17)], dtype=np.float32)
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2], dtype=np.float32)
#: Check characters by the remainder of the organisation code: 11 less the remainder, 10 written X, 11 written 0.
_ORGANISATION_CHECK = np.array([ord("0"), ord("X"), *(ord(str(11 - rest)) for rest in range(2, 11))], dtype=np.uint32)
_GTIN_LENGTHS = (8, 12, 13, 14)
_ODD_WEIGHTS = np.array([1, 3] * 7, dtype=np.float32)
_EVEN_WEIGHTS = np.array([3, 1] * 7, dtype=np.float32)


def _table(alphabet: str) -> Values:
    """Return the value of each ASCII character in an alphabet, -1 outside; the last entry stands for all others."""
    values = np.full(129, -1, dtype=np.int16)
    for value, letter in enumerate(alphabet):
        values[ord(letter)] = value
    return values


_USCC_VALUES = _table(_USCC_ALPHABET)
_USCC_LETTERS = np.array([ord(letter) for letter in _USCC_ALPHABET], dtype=np.uint32)
_ORGANISATION_VALUES = _table(_ORGANISATION_ALPHABET)
_DIGIT_VALUES = _table("0123456789")


def uscc_is_valid(codes: Codes) -> Flags:
    """Say for each text whether it is a unified social credit code: 18 characters, digits where due, right check.

    Capital letters only; nothing is trimmed. A single text gives an array of one truth value without dimensions,
    which serves in a condition. Source: GB 32100-2015.
    """
    letters, right_length, shape = _fixed(codes, 18)
    values = _valued(letters, _USCC_VALUES)
    digits = _valued(letters[:, 2:8], _DIGIT_VALUES)
    known = right_length & (values >= 0).all(axis=1) & (digits >= 0).all(axis=1)
    check = -_weighted(values[:, :17], _USCC_WEIGHTS) % 31
    return np.asarray(known & (values[:, 17] == check)).reshape(shape)


def uscc_check_character(first_17: str) -> str:
    """Return the 18th character of a unified social credit code; "" if the first 17 cannot begin one.

    Source: GB 32100-2015, weights 3^(i-1) modulo 31.
    """
    letters, right_length, _ = _fixed(first_17, 17)
    values = _valued(letters, _USCC_VALUES)[0]
    if not right_length[0] or (values < 0).any():
        return ""
    return chr(int(_USCC_LETTERS[-int(_weighted(values, _USCC_WEIGHTS)) % 31]))


def organisation_code_is_valid(codes: Codes) -> Flags:
    """Say for each text whether it is an organisation code, as 9 characters or with the hyphen before the check.

    Source: GB 11714-1997.
    """
    letters, right_length, shape = _fixed(codes, 10)
    hyphened = right_length & (letters[:, 8] == ord("-"))
    plain = (letters[:, 9] == 0) & (letters[:, 8] > 0)
    check = np.where(hyphened, letters[:, 9], letters[:, 8])
    values = _valued(letters[:, :8], _ORGANISATION_VALUES)
    expected = _ORGANISATION_CHECK[_weighted(values, _ORGANISATION_WEIGHTS) % 11]
    return np.asarray((hyphened | plain) & (values >= 0).all(axis=1) & (check == expected)).reshape(shape)


def organisation_code_of(uscc: str) -> str:
    """Return the organisation code inside a unified social credit code: its characters 9 to 17, without a hyphen.

    The older code survives there, so that evidence of 2014 finds its enterprise of today; "" if the credit code is
    not valid. Source: GB 32100-2015, 5.
    """
    return uscc[8:17] if uscc_is_valid(uscc) else ""


def organisation_codes_of(uscc: Codes) -> npt.NDArray[np.str_]:
    """Return ``organisation_code_of`` for each code."""
    letters, _, shape = _fixed(uscc, 18)
    inside = np.ascontiguousarray(letters[:, 8:17]).view("U9").reshape(shape)
    return np.where(uscc_is_valid(uscc), inside, "")


def gtin_check_digit(digits: str) -> str:
    """Return the check digit that completes a GTIN of 8, 12, 13 or 14 digits; "" if there is none.

    Source: GB 12904-2008; GS1 General Specifications, 7.9.
    """
    complete = len(digits) + 1 in _GTIN_LENGTHS and digits.isascii() and digits.isdigit()
    if not complete:
        return ""
    weighted = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-weighted % 10)


def gtin_is_valid(codes: Codes) -> Flags:
    """Say for each text whether it is a GTIN of 8, 12, 13 or 14 digits with the right check digit.

    Source: GB 12904-2008; GS1 General Specifications, 7.9.
    """
    letters, _, shape = _fixed(codes, 14)
    lengths = _lengths(codes)
    values = _valued(letters, _DIGIT_VALUES)
    digits = np.count_nonzero(values >= 0, axis=1) == lengths
    # Counted from the right the check digit weighs 1, its neighbour 3, and so on; characters beyond the end weigh 0.
    filled = np.maximum(values, 0)
    total = np.where(lengths % 2 == 1, _weighted(filled, _ODD_WEIGHTS), _weighted(filled, _EVEN_WEIGHTS))
    return np.asarray(np.isin(lengths, _GTIN_LENGTHS) & digits & (total % 10 == 0)).reshape(shape)


def is_division_code(codes: Codes) -> Flags:
    """Say for each text whether it has the shape of a code of an administrative division.

    Six digits, the first 1 to 8 (regions), the province not 00; a province ends in 0000, a prefecture in 00, and no
    county stands under prefecture 00. Whether the code is in use is for a list to say. Source: GB/T 2260-2007.
    """
    letters, right_length, shape = _fixed(codes, 6)
    values = _valued(letters, _DIGIT_VALUES)
    region = (values[:, 0] >= 1) & (values[:, 0] <= 8)
    province = values[:, 1] > 0
    prefecture, county = values[:, 2] * 10 + values[:, 3], values[:, 4] * 10 + values[:, 5]
    nested = (prefecture > 0) | (county == 0)
    return np.asarray(right_length & (values >= 0).all(axis=1) & region & province & nested).reshape(shape)


def _texts(codes: Codes) -> npt.NDArray[np.str_]:
    """Return the texts as one array; a missing one (None) is empty."""
    if codes is None or isinstance(codes, str):
        return np.asarray(codes or "", dtype=np.str_)
    if isinstance(codes, np.ndarray):
        if codes.dtype.kind == "U":
            return codes.astype(np.str_, copy=False)
        return _texts(codes.reshape(-1).tolist()).reshape(codes.shape)
    return np.asarray([code or "" for code in codes], dtype=np.str_)


def _lengths(codes: Codes) -> npt.NDArray[np.int64]:
    return np.asarray(np.char.str_len(_texts(codes)), dtype=np.int64).reshape(-1)


def _fixed(codes: Codes, width: int) -> tuple[Letters, Flags, tuple[int, ...]]:
    """Return the first ``width`` characters of each text as numbers, 0 beyond its end; and which have that length."""
    texts = _texts(codes)
    # One character more than asked shows a text that is too long; NumPy cuts the rest off.
    wide = np.ascontiguousarray(texts.reshape(-1), dtype=f"U{width + 1}")
    letters = wide.view(np.uint32).reshape(wide.size, width + 1)
    right_length = (letters[:, width] == 0) & (letters[:, width - 1] > 0)
    # Too long texts must not pass for their beginning.
    return np.where(letters[:, width:] == 0, letters[:, :width], np.uint32(0)), right_length, texts.shape


def _valued(letters: Letters, table: Values) -> Values:
    """Return the value of each character, -1 where the alphabet does not know it."""
    return table.take(letters, mode="clip")


def _weighted(values: Values, weights: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    """Return the weighted sum of each row; sums stay far below 2**24, so that single precision is exact."""
    return np.asarray(values.astype(np.float32) @ weights, dtype=np.int64)
