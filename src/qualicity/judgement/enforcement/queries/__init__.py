"""Reads of the desk: what other desks may ask."""

from __future__ import annotations
