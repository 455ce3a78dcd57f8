"""Addresses of what follows a failure, and what the public is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.urls import URLPattern

ADDRESSES: list[URLPattern] = []
