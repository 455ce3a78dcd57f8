"""What goes from a failed sample to those who punish, while its own case runs on."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Transfer(models.Model):
    """One failed sample handed to enforcement: on what grounds, when, by whom; enforcement looks for them."""

    sample = models.ForeignKey("inspections.Sample", on_delete=models.PROTECT, related_name="transfers")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    grounds = models.CharField(max_length=40)
    reason = models.CharField(max_length=1000)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """The latest first; a sample goes once on the same grounds."""

        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["sample", "grounds"], name="inspections_transfer_once")]

    def __str__(self) -> str:
        return f"{self.sample_id} {self.grounds}"
