"""What the desk remembers: the releases, and which of them is shown. Private to the desk."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Release(models.Model):
    """One release of every open table: a folder of files that never change, and their digests.

    The latest by number is the one that is shown; its row is written only after every file is on the disk and was
    read back. ``manifest`` says of each table: rows, digests of its files and of its content, when that last changed.
    """

    number = models.PositiveIntegerField(unique=True)
    folder = models.CharField(max_length=60, unique=True)
    day = models.DateField()
    """The day of the facts."""
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    manifest = models.JSONField()

    class Meta:
        """The latest first."""

        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number} {self.day}"
