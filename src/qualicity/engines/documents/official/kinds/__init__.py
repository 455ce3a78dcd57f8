"""The kinds of documents that a quality office issues: what the caller says, laid out as its kind asks."""

from qualicity.engines.documents.official.kinds.application import application_form, unanswered
from qualicity.engines.documents.official.kinds.issue import Issue, Section, blocks_of_sections
from qualicity.engines.documents.official.kinds.letters import circular, letter, report
from qualicity.engines.documents.official.kinds.long_reports import quality_report, self_assessment
from qualicity.engines.documents.official.kinds.minutes import Resolution, minutes
from qualicity.engines.documents.official.kinds.supervision import Fact, supervision_letter

__all__ = [
    "Fact",
    "Issue",
    "Resolution",
    "Section",
    "application_form",
    "blocks_of_sections",
    "circular",
    "letter",
    "minutes",
    "quality_report",
    "report",
    "self_assessment",
    "supervision_letter",
    "unanswered",
]
