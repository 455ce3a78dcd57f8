"""With what a paper is written: the plan's sentences, its office's letterhead, numbers bound to day and page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.periods import parse
from qualicity.engines.documents.official.kinds import Issue
from qualicity.engines.documents.official.model import Figure
from qualicity.errors import NotPossibleError
from qualicity.publication.reports.queries.papers.binding import Source
from qualicity.publication.reports.queries.voice import Voice

if TYPE_CHECKING:
    from datetime import date

    from qualicity.definitions.plans import Plan

SENTENCES = "papers"
LANGUAGE = "zh-hans"


@dataclass(frozen=True, slots=True)
class Pen:
    """One paper's voice and day. Papers are Chinese, for so are the words that people wrote into them."""

    voice: Voice
    plan: Plan
    day: date

    @property
    def city(self) -> str:
        """Return the name of the plan's city."""
        return next(self.voice.words(one.title) for one in self.plan.places if one.code == self.plan.place)

    def number(
        self, code: str, value: float, *, href: str, unit: str = "", decimals: int = 0, text: str = ""
    ) -> Figure:
        """Return a number bound to this paper's day and to the page where it is counted."""
        return Figure(
            code=code,
            place=self.plan.place,
            period=self.day.isoformat(),
            text=text or self.voice.shown(value, decimals, unit),
            value=value,
            unit=unit,
            href=href,
        )

    def at(self, path: str, **more: str) -> str:
        """Return the address of a page as it stood on this paper's day."""
        query = urlencode({"plan": self.plan.code, "as_of": self.day.isoformat(), **more})
        return f"{path}{'&' if '?' in path else '?'}{query}"

    def source(self, code: str, href: str, place: str = "") -> Source:
        """Return what a counted sentence of this paper's day is bound to."""
        return Source(code, place or self.plan.place, self.day, href)

    def issue(
        self, *, number: str = "", addressees: str = "", signed_on: date | None, subject: str, sent: bool = True
    ) -> Issue:
        """Return letterhead, number, signature and copies, as the plan says how its office writes.

        What is not ``sent`` out but handed in under a cover names nobody that it goes to.
        """
        letters = self.plan.correspondence
        if letters is None:
            raise NotPossibleError(
                "方案没有定义发文机关（correspondence），不能生成公文。",
                "The plan does not say how its office writes (correspondence): no document can be made.",
            )
        words = self.voice.words
        return Issue(
            letterhead=words(letters.letterhead),
            number=number,
            addressees=addressees or (words(letters.addressees) if sent else ""),
            signers=(words(letters.signer),),
            signed_on=signed_on,
            copies="" if letters.copies is None or not sent else words(letters.copies),
            printed_by="" if letters.printed_by is None or not sent else words(letters.printed_by),
            printed_on=signed_on if sent else None,
            simulated=registry.is_simulated(),
            author=words(letters.signer),
            subject=subject,
        )

    @property
    def word(self) -> str:
        """Return the word before the numbers of the office's documents."""
        return self.plan.correspondence.number_word if self.plan.correspondence else ""


def pen(plan: Plan, day: date) -> Pen:
    """Return what a paper of that day is written with."""
    known = catalogue().sentences.get(SENTENCES)
    if known is None:
        raise NotPossibleError(
            "定义中没有 sentences/papers.yaml，无法生成公文。",
            "No sentences/papers.yaml is defined: no document can be made.",
        )
    voice = Voice(LANGUAGE, known.sentences, plan, parse(str(day.year)), {"plan": plan.code}, 0.0)
    return Pen(voice, plan, day)
