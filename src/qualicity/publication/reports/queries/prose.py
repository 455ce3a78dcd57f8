"""Prose around bound numbers: a paragraph as text in which ⟦…⟧ stands for a number, and back.

A number can be moved within its paragraph, and not be altered, left out or typed. An empty text leaves the whole
paragraph out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qualicity.engines.documents.official.model import Figure, Heading, Paragraph, Run, Runs, Strong
from qualicity.errors import InputError, nearest

if TYPE_CHECKING:
    from qualicity.publication.reports.queries.parts import Part

_TOKEN = re.compile(r"⟦([^⟦⟧]*)⟧")
_LOOSE = re.compile(r"[⟦⟧]")
_DIGITS = re.compile(r"[0-9０-９]+(?:[.．,，][0-9０-９]+)*")
#: Years, days, quarters and document numbers are words, not figures.
_DATES = re.compile(
    r"[0-9]{4}\s?年(?:第?[0-9]{1,2}(?:季度|月份?)(?:[0-9]{1,2}日)?)?|[0-9]{1,2}月[0-9]{1,2}日"
    r"|第[0-9]{1,3}[季章条款项号]|〔[0-9]{4}〕[0-9]+号"
    r"|\b[QH][1-4] [0-9]{4}\b|\b[0-9]{1,2} [A-Z][a-z]+ [0-9]{4}\b|\b(?:19|20)[0-9]{2}\b"
)


def runs_of(part: Part) -> Runs:
    """Return the prose of a part: of a paragraph all of it, of a heading what goes on behind it."""
    if isinstance(part.block, Heading):
        return part.block.run_in
    return part.block.runs if isinstance(part.block, Paragraph) else ()


def tokens_of(runs: Sequence[Run]) -> dict[str, Figure]:
    """Return the numbers of a paragraph by the token that stands for each."""
    found: dict[str, Figure] = {}
    for run in runs:
        if isinstance(run, Figure):
            found[_token(run, found)] = run
    return found


def _token(figure: Figure, taken: Mapping[str, Figure]) -> str:
    # A city's code of GB/T 2260 ends in two noughts; what is the city's needs no place in its token.
    name = figure.code if figure.place.endswith("00") else f"{figure.code}@{figure.place}"
    number = sum(one.partition("#")[0] == name for one in taken)
    return name if number == 0 else f"{name}#{number + 1}"


def as_text(runs: Sequence[Run]) -> str:
    """Return a paragraph as it is edited."""
    words: list[str] = []
    seen: dict[str, Figure] = {}
    for run in runs:
        if isinstance(run, Figure):
            token = _token(run, seen)
            seen[token] = run
            words.append(f"⟦{token}⟧")
        else:
            words.append(run.text if isinstance(run, Strong) else run)
    return "".join(words)


def as_runs(text: str, runs: Sequence[Run]) -> Runs:
    """Return edited text as runs, its numbers bound as before; InputError says what cannot be done."""
    known = tokens_of(runs)
    found = _TOKEN.findall(text)
    for token in found:
        if token not in known:
            _refuse_unknown(token, known)
    if _LOOSE.search(_TOKEN.sub("", text)):
        raise InputError("数字标记不完整：请保留成对的 ⟦ 和 ⟧。", "A token is broken: keep ⟦ and ⟧ in pairs.")
    if not text.strip():
        return ()
    _check_whole(found, known)
    _check_no_digits(_TOKEN.sub("", text), runs)
    pieces: list[Run] = []
    for number, piece in enumerate(_TOKEN.split(text)):
        if number % 2:
            pieces.append(known[piece])
        elif piece:
            pieces.append(piece)
    return tuple(pieces)


def _refuse_unknown(token: str, known: Mapping[str, Figure]) -> None:
    like = nearest(token, known)
    raise InputError(
        f"本段没有数字标记 ⟦{token}⟧。" + (f"是否指 ⟦{like}⟧？" if like else "") + "标记只能移动，不能改写。",
        f"This paragraph has no token ⟦{token}⟧."
        + (f" Did you mean ⟦{like}⟧?" if like else "")
        + " Tokens can be moved, not altered.",
    )


def _check_whole(found: Sequence[str], known: Mapping[str, Figure]) -> None:
    counted = Counter(found)
    lost = [one for one in known if not counted[one]]
    if lost:
        names = "、".join(f"⟦{one}⟧" for one in lost)
        raise InputError(
            f"少了数字标记 {names}。数字只能移动，不能删除；如不要本段，请清空全文。",
            f"Missing: {', '.join(f'⟦{one}⟧' for one in lost)}. Numbers can be moved, not left out; "
            "to leave the paragraph out, empty it.",
        )
    twice = [one for one, count in counted.items() if count > 1]
    if twice:
        raise InputError(f"数字标记 ⟦{twice[0]}⟧ 出现了两次。", f"The token ⟦{twice[0]}⟧ stands there twice.")


def _check_no_digits(words: str, runs: Sequence[Run]) -> None:
    """Refuse figures typed by hand, save days and what stood there before (PM2.5, a clause)."""
    before = Counter(
        one for run in runs if not isinstance(run, Figure) for one in _DIGITS.findall(_DATES.sub("", _plain(run)))
    )
    typed = Counter(_DIGITS.findall(_DATES.sub("", words))) - before
    if typed:
        first = next(iter(typed))
        raise InputError(
            f"“{first}”是手工键入的数字，没有来源。报告中的数字只能由系统生成；请改用文字，或移动已有的数字标记。",
            f"“{first}” was typed by hand and has no source. Only bound numbers may stand in a report: "
            "use words, or move a token.",
        )


def _plain(run: str | Strong | Figure) -> str:
    return run if isinstance(run, str) else run.text
