"""Writes of the desk: letting tables out."""

from __future__ import annotations

from qualicity.publication.opendata.actions.publishing import publish

__all__ = ["publish"]
