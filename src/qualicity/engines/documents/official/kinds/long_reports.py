"""Reports of many pages, with cover and contents: quality analysis (质量分析报告) and self-assessment (自查报告)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qualicity.engines.documents.official.kinds.issue import Issue, Section, blocks_of_sections
from qualicity.engines.documents.official.layout import dated
from qualicity.engines.documents.official.model import Attachment, Block, Cover, Document, Kind


def quality_report(
    *,
    title: str,
    sections: Sequence[Section],
    issue: Issue,
    subtitle: str = "",
    opening: Sequence[Block] = (),
    attachments: Sequence[Attachment] = (),
) -> Document:
    """Return a quality analysis report; ``opening`` is its executive page, before the first section."""
    blocks = (*opening, *blocks_of_sections(sections))
    return _under_cover(issue, "quality_report", title, subtitle=subtitle, blocks=blocks, attachments=attachments)


def self_assessment(
    *,
    title: str,
    sections: Sequence[Section],
    issue: Issue,
    subtitle: str = "",
    opening: Sequence[Block] = (),
    attachments: Sequence[Attachment] = (),
) -> Document:
    """Return a self-assessment report."""
    blocks = (*opening, *blocks_of_sections(sections))
    return _under_cover(issue, "self_assessment", title, subtitle=subtitle, blocks=blocks, attachments=attachments)


def _under_cover(
    issue: Issue,
    kind: Kind,
    title: str,
    *,
    subtitle: str,
    blocks: tuple[Block, ...],
    attachments: Sequence[Attachment],
) -> Document:
    """Return a report under a cover, which names office and day in place of a signature."""
    day = (dated(issue.signed_on),) if issue.signed_on else ()
    return replace(
        issue,
        letterhead="",
        number="",
        signers=(),
        approvers=(),
        author=issue.author or (issue.signers[0] if issue.signers else ""),
    ).document(
        kind,
        "plain",
        title,
        blocks=blocks,
        attachments=tuple(attachments),
        cover=Cover((*issue.signers, *day), subtitle),
        contents=True,
    )
