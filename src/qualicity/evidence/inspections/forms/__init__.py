"""What people fill in, one file per subject."""

from __future__ import annotations
