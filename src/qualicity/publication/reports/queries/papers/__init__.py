"""Papers: circulars, letters, minutes, self-assessments and forms, made from what the desks below hold."""

from __future__ import annotations

from qualicity.publication.reports.queries.papers.making import KINDS, TITLES, Paper, made, newest, papers

__all__ = ["KINDS", "TITLES", "Paper", "made", "newest", "papers"]
