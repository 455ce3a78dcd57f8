"""What the desk remembers: documents, the prose that people changed, what was rebuilt, numbers given. Private."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from qualicity.definitions.periods import Period

PERSON = settings.AUTH_USER_MODEL
ORGANISATION = "accounts.Organisation"


class Report(models.Model):
    """One document: composed once for what was known, then only rebuilt on purpose.

    ``content`` is the composed document with the key of each paragraph; ``versions`` the registers that it stands
    on. ``number_text`` and the hashes of the files are set when it is issued and never again.
    """

    kind = models.CharField(max_length=40)
    plan = models.CharField(max_length=60)
    place = models.CharField(max_length=40)
    period_start = models.DateField()
    period_end = models.DateField()
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    known_on = models.DateTimeField(null=True)
    content = models.JSONField()
    versions = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="+", null=True)
    created_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    number_word = models.CharField(max_length=20, blank=True)
    number_year = models.PositiveIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    number_text = models.CharField(max_length=60, blank=True, db_index=True)
    issued_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    issued_at = models.DateTimeField(null=True)
    docx_sha256 = models.CharField(max_length=64, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    figures_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        """The latest first; a number is given once."""

        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=("number_word", "number_year", "number"), name="report_number_once"),
            models.CheckConstraint(
                condition=models.Q(number__isnull=True, number_text="", pdf_sha256="", docx_sha256="")
                | (models.Q(number__isnull=False, issued_at__isnull=False) & ~models.Q(number_text="")
                   & ~models.Q(pdf_sha256="") & ~models.Q(docx_sha256="")),
                name="report_issued_whole",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.pk} {self.title}"

    @property
    def period(self) -> Period:
        """Return the span that the document speaks of."""
        return Period(self.period_start, self.period_end)


class Prose(models.Model):
    """One paragraph in other words than those composed: text in which ⟦…⟧ stands for a bound number."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="prose")
    key = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """One text for each paragraph."""

        constraints = [models.UniqueConstraint(fields=("report", "key"), name="report_prose_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.key}"


class Rebuild(models.Model):
    """One rebuilding after a correction, with what it changed; added to, never changed."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="rebuilds")
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    changes = models.JSONField(default=list)
    versions = models.JSONField(default=dict)

    class Meta:
        """The latest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.report_id} {self.at:%Y-%m-%d}"

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AssertionError("what was rebuilt stays on record")


class NumberBook(models.Model):
    """The last number given under one word in one year, in a row that is locked while the next is taken."""

    word = models.CharField(max_length=20)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        """One row for each word and year."""

        constraints = [models.UniqueConstraint(fields=("word", "year"), name="number_book_once")]

    def __str__(self) -> str:
        return f"{self.word}〔{self.year}〕{self.last}"
