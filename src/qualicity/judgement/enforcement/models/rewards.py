"""Reports of breaches: who reported is sealed, what the report was worth is not."""

from __future__ import annotations

from django.conf import settings
from django.db import models

PERSON = settings.AUTH_USER_MODEL


class Tip(models.Model):
    """One report behind a case. ``identity`` is sealed with a key of the house: only who pays opens it, on record.

    Nothing else of the reporter is stored. ``number`` is the number on the receipt.
    """

    number = models.CharField(max_length=40, unique=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    identity = models.TextField()
    received_on = models.DateField()
    received_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default="sealed")
    rule = models.CharField(max_length=60, blank=True)
    """The text on rewards by which the amount was worked out."""
    level = models.CharField(max_length=10, blank=True)
    taken_fen = models.BigIntegerField(null=True)
    amount_fen = models.BigIntegerField(null=True)
    needs_finance = models.BooleanField(default=False)
    finance_agreed = models.CharField(max_length=200, blank=True)
    """The reference under which finance agreed, where it has a say."""
    reason = models.CharField(max_length=500, blank=True)
    proposed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    approved_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    paid_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    paid_on = models.DateField(null=True)

    class Meta:
        """The latest first."""

        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "id"], name="enforcement_tip_state")]

    def __str__(self) -> str:
        return self.number
