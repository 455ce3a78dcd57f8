"""Events that somebody says are wrong: the event stays, and stops counting once that is upheld."""

from __future__ import annotations

from django.db import models


class Dispute(models.Model):
    """One event of one enterprise, disputed by the enterprise or an officer, decided as a case."""

    uscc = models.CharField(max_length=18)
    source = models.CharField(max_length=60)
    number = models.CharField(max_length=100)
    """With ``source`` this names the event, whatever version of the register holds it."""
    reason = models.TextField()
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20)
    filed_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        """Latest first; one open dispute per event."""

        ordering = ("-pk",)
        indexes = [
            models.Index(fields=["uscc", "state"], name="credit_dispute_of"),
            models.Index(fields=["state", "decided_at"], name="credit_dispute_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["uscc", "source", "number"], condition=models.Q(state="open"), name="credit_one_open_dispute"
            )
        ]

    def __str__(self) -> str:
        return f"{self.uscc} {self.source}:{self.number}"
