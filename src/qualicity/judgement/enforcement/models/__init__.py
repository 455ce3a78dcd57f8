"""What the desk remembers. Private to the desk."""

from __future__ import annotations
