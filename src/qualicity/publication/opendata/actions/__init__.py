"""Writes of the desk: letting tables out."""

from __future__ import annotations

from qualicity.publication.opendata.actions.publishing import check, publish

__all__ = ["check", "publish"]
