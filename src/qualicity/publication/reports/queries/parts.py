"""A report being put together: its blocks in order, each paragraph under a key by which it can be found again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from qualicity.engines.documents.official.model import (
    Block,
    Column,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Runs,
    Table,
    plain,
)

if TYPE_CHECKING:
    from qualicity.publication.reports.queries.voice import Slot, Voice


@dataclass(frozen=True, slots=True)
class Part:
    """One block of a report; only paragraphs and run-in text have a key, and only they can be edited."""

    block: Block
    key: str = ""


@dataclass(slots=True)
class Pages:
    """The blocks of a report in order, written in one voice."""

    voice: Voice
    parts: list[Part] = field(default_factory=list)
    used: dict[str, int] = field(default_factory=dict)
    notes: set[str] = field(default_factory=set)

    def heading(self, level: Literal[1, 2, 3, 4], key: str, *, numbered: bool = True, **slots: Slot) -> None:
        """Add a heading."""
        self.parts.append(Part(Heading(level, self.voice.say(key, **slots), numbered)))

    def item(self, key: str, words: str, text: Runs) -> None:
        """Add a third-level heading whose paragraph goes on behind it."""
        self.parts.append(Part(Heading(3, self.voice.say("mark.item", title=words), run_in=text), self._own(key)))

    def paragraph(self, key: str, runs: Runs) -> None:
        """Add a paragraph; nothing where it has no words."""
        if runs:
            self.parts.append(Part(Paragraph(runs), self._own(key)))

    def say(self, key: str, **slots: Slot) -> None:
        """Add a paragraph of one sentence, under the sentence's own key."""
        self.paragraph(key, self.voice.say(key, **slots))

    def table(
        self,
        caption: str,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Runs]],
        *,
        note: str = "",
        strong: Sequence[int] = (),
    ) -> None:
        """Add a table with a caption; nothing where it has no rows."""
        if not rows:
            return
        table = Table(
            tuple(columns),
            tuple(tuple(row) for row in rows),
            caption=caption,
            note=self._new(note),
            strong_rows=tuple(strong),
        )
        self.parts.append(Part(table))

    def picture(
        self, caption: Runs, alternative: str, specification: dict[str, Any], *, width: float = 150.0
    ) -> None:
        """Add a chart with its caption."""
        self.parts.append(
            Part(
                Picture(
                    alternative=alternative,
                    caption=plain(caption),
                    specification=specification,
                    width_mm=width,
                )
            )
        )

    def _new(self, note: str) -> str:
        """Return the note of a table where no table before has said the same."""
        first = bool(note) and note not in self.notes
        self.notes.add(note)
        return plain(self.voice.say("mark.note", note=note)) if first else ""

    def _own(self, key: str) -> str:
        """Return a key that no paragraph before has: the same sentence may stand in several places."""
        self.used[key] = self.used.get(key, 0) + 1
        return key if self.used[key] == 1 or not key else f"{key}@{self.used[key]}"

    def new_page(self) -> None:
        """Begin a new page."""
        self.parts.append(Part(PageBreak()))

    def column(
        self, key: str, *, unit: str = "", align: Literal["left", "center", "right"] = "left", share: float = 1.0
    ) -> Column:
        """Return a column of a table, its title in the report's language."""
        return Column(self.voice.text(key), unit=unit, align=align, share=share)
