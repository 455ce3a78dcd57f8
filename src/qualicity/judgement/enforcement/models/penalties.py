"""Cases of enforcement with what they are about, and the penalties that came of them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

PERSON = settings.AUTH_USER_MODEL
ORGANISATION = "accounts.Organisation"


class Investigation(models.Model):
    """What a case of enforcement is about, beside its course: its origin, its field, its campaign."""

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=20)
    origin_ref = models.CharField(max_length=100, blank=True)
    """What it came from, as ``kind:code``; a failed check is taken over once."""
    sector = models.CharField(max_length=40)
    product = models.CharField(max_length=60, blank=True)
    party_kind = models.CharField(max_length=20, default="enterprise")
    party_name = models.CharField(max_length=200)
    goods_fen = models.BigIntegerField(null=True)
    """What the goods were worth."""
    campaign = models.ForeignKey(
        "enforcement.Campaign", on_delete=models.PROTECT, related_name="investigations", null=True
    )

    class Meta:
        """The latest first; what it came from is taken over once."""

        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["origin_ref"], condition=~Q(origin_ref=""), name="enforcement_taken_over_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.party_name}"


class Penalty(models.Model):
    """One penalty as it was decided, and its publicity: due, shown, over, or taken back.

    ``level`` is its class by the text ``law_text`` of the law on publicity, of the day on which it was decided. Money
    is in fen. ``early_from`` is the first day on which an early end may be asked for; none: there is no early end.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    """Its address for the public, which tells nothing of how many there are."""
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", null=True)
    """None where it was decided before this house and taken over."""
    number = models.CharField(max_length=100)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    enterprise = models.CharField(max_length=18, blank=True, db_index=True)
    party_kind = models.CharField(max_length=20, default="enterprise")
    party_name = models.CharField(max_length=200)
    place = models.CharField(max_length=40, blank=True)
    sector = models.CharField(max_length=40)
    violation = models.CharField(max_length=300)
    basis = models.CharField(max_length=500, blank=True)
    kinds = models.JSONField(default=list)
    fine_fen = models.BigIntegerField(default=0)
    confiscated_fen = models.BigIntegerField(default=0)
    is_light = models.BooleanField(default=False)
    """Set by the lenient or mitigated scale."""
    is_heavy = models.BooleanField(default=False)
    """Heavy by its kind, or fined by the severe scale."""
    limited_until = models.DateField(null=True)
    """To which day the party is limited, where it is."""
    decided_on = models.DateField(db_index=True)
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    law_text = models.CharField(max_length=60)
    level = models.CharField(max_length=40)
    state = models.CharField(max_length=20)
    publish_due = models.DateField(null=True)
    published_on = models.DateField(null=True)
    published_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    public_until = models.DateField(null=True)
    early_from = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    annulled_on = models.DateField(null=True)
    annul_reason = models.CharField(max_length=500, blank=True)
    withdraw_due = models.DateField(null=True)
    performed_on = models.DateField(null=True)
    campaign = models.ForeignKey(
        "enforcement.Campaign", on_delete=models.PROTECT, related_name="penalties", null=True
    )

    class Meta:
        """The latest first; a number once for each authority."""

        ordering = ["-decided_on", "-id"]
        indexes = [
            models.Index(fields=["state", "publish_due"], name="enforcement_publish_due"),
            models.Index(fields=["state", "public_until"], name="enforcement_public_until"),
            models.Index(fields=["organisation", "-decided_on", "-id"], name="enforcement_of_unit"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="enforcement_number_once"),
            models.CheckConstraint(
                condition=~Q(state="public") | Q(published_on__isnull=False, public_until__isnull=False),
                name="enforcement_public_has_days",
            ),
            models.CheckConstraint(
                condition=Q(fine_fen__gte=0, confiscated_fen__gte=0), name="enforcement_money_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.number
