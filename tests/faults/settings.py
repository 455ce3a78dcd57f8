"""The house's own settings, in the home that the fault tests name."""

from __future__ import annotations

import os

os.environ.setdefault("QUALICITY_HTTPS", "0")

from qualicity.site.settings import *  # noqa: F403

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
