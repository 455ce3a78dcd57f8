"""What the home remembers about itself, and the city's enterprises."""

from __future__ import annotations

from django.db import models


class HomeSetting(models.Model):
    """One thing that the home remembers: its day, its default plan, whether it is simulated."""

    key = models.CharField(max_length=40, primary_key=True)
    value = models.JSONField()

    def __str__(self) -> str:
        return self.key


class Enterprise(models.Model):
    """An enterprise by its unified social credit code, with the organisation code that came before it."""

    uscc = models.CharField(max_length=18, unique=True)
    organisation_code = models.CharField(max_length=9, db_index=True)
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=40, blank=True)
    industry = models.CharField(max_length=10, blank=True)
    registered_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    initials = models.CharField(max_length=60, blank=True)
    """Pinyin initials of the name, by which people search."""

    class Meta:
        """By code."""

        ordering = ("uscc",)
        indexes = [
            models.Index(fields=["place", "industry", "uscc"], name="registry_enterprise_frame"),
            models.Index(fields=["name"], name="registry_enterprise_name"),
        ]

    def __str__(self) -> str:
        return self.name
