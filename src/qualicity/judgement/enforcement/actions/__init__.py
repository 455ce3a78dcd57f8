"""Writes of the desk: what other desks may do."""

from __future__ import annotations
