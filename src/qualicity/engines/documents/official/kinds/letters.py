"""Letters (函), reports to a higher office (报告) and circulars (通报)."""

from __future__ import annotations

from collections.abc import Sequence

from qualicity.engines.documents.official.kinds.issue import Issue, Section, blocks_of_sections
from qualicity.engines.documents.official.model import Attachment, Block, Document, Paragraph, Run


def letter(*, title: str, blocks: Sequence[Block], issue: Issue, attachments: Sequence[Attachment] = ()) -> Document:
    """Return a letter between offices that do not command each other (10.1)."""
    return issue.document("letter", "letter", title, blocks=tuple(blocks), attachments=tuple(attachments))


def report(*, title: str, blocks: Sequence[Block], issue: Issue, attachments: Sequence[Attachment] = ()) -> Document:
    """Return a report upwards; who approved it (issue.approvers) stands beside its number (7.2.6)."""
    return issue.document("report", "document", title, blocks=tuple(blocks), attachments=tuple(attachments))


def circular(
    *,
    title: str,
    opening: Sequence[Run],
    sections: Sequence[Section],
    issue: Issue,
    closing: Sequence[Run] = (),
    attachments: Sequence[Attachment] = (),
) -> Document:
    """Return a circular of praise or criticism: why it is written, what was found, what is asked."""
    blocks: list[Block] = [Paragraph(tuple(opening))] if opening else []
    blocks += blocks_of_sections(sections)
    if closing:
        blocks.append(Paragraph(tuple(closing)))
    return issue.document("circular", "document", title, blocks=tuple(blocks), attachments=tuple(attachments))
