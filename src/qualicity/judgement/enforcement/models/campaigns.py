"""Special campaigns: where, on what, how long, and what they were to bring."""

from __future__ import annotations

from django.conf import settings
from django.db import models

PERSON = settings.AUTH_USER_MODEL
ORGANISATION = "accounts.Organisation"


class Campaign(models.Model):
    """One campaign by field, place and market; what it brought is counted from facts, never typed in."""

    code = models.SlugField(max_length=60, unique=True)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    sectors = models.JSONField(default=list)
    """Codes of the fields; none: every field."""
    products = models.JSONField(default=list)
    """Codes of products of the catalogue; none: every product."""
    places = models.JSONField(default=list)
    """Codes of places; none: the whole city."""
    market = models.CharField(max_length=100, blank=True)
    since = models.DateField()
    until = models.DateField()
    plan = models.TextField(blank=True)
    targets = models.JSONField(default=dict)
    """What it is to bring: ``cases``, ``penalties``, ``taken_fen``, each a number."""
    summary = models.TextField(blank=True)
    state = models.CharField(max_length=20, default="draft")
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    started_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    started_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """The latest first."""

        ordering = ["-since", "code"]
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="enforcement_campaign_days")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title_zh}"

    def title(self, language: str = "zh-hans") -> str:
        """Return the title in a language of the interface."""
        return self.title_en if language.startswith("en") and self.title_en else self.title_zh
