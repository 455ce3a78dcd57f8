"""Addresses of credit files, scores and weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.urls import URLPattern

ADDRESSES: list[URLPattern] = []
