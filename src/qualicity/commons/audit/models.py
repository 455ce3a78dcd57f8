"""The trail's records and the head that they hang on."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

GENESIS = "0" * 64
"""What the first record names as its predecessor."""


class AppendOnly(models.QuerySet["AuditRecord"]):
    """Records are added, never changed: the ORM's mass writes are closed."""

    def update(self, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AssertionError("audit records are never updated")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AssertionError("audit records are never deleted")


class AuditRecord(models.Model):
    """One thing that somebody did; names are copied, so that a record reads the same for ever."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    person_id = models.BigIntegerField(null=True)
    username = models.CharField(max_length=150, blank=True, db_index=True)
    verb = models.CharField(max_length=80, db_index=True)
    subject = models.CharField(max_length=200, db_index=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = AppendOnly.as_manager()

    class Meta:
        """Latest first."""

        ordering = ("-number",)

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new record; an existing one cannot be saved again."""
        assert self._state.adding, "audit records are never changed"
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AssertionError("audit records are never deleted")


class ChainHead(models.Model):
    """The chain's last link, in one row that is locked while a record is added; it gives a cut tail away."""

    count = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=GENESIS)

    def __str__(self) -> str:
        return f"{self.count} {self.digest[:12]}"
