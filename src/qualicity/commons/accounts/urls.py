"""Addresses of people, tokens and one's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "accounts"

urlpatterns: list[URLPattern] = []
