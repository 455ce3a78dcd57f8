"""Addresses of the list of the seriously dishonest."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.urls import URLPattern

ADDRESSES: list[URLPattern] = []
