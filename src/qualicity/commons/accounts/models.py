"""Organisations, people and the tokens that programs sign in with."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterable


class Organisation(models.Model):
    """A member unit of a plan: department, county, zone or the office itself."""

    code = models.SlugField(max_length=60, unique=True)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    place = models.CharField(max_length=40, blank=True)
    plan = models.CharField(max_length=60, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        """By code."""

        ordering = ("code",)

    def __str__(self) -> str:
        return self.title_zh

    @property
    def is_local(self) -> bool:
        """Say whether the organisation answers for one place of the city only: a county, district or zone."""
        return self.kind in ("county", "zone") and bool(self.place)

    def title(self, language: str = "zh-hans") -> str:
        """Return the title in a language of the interface."""
        return self.title_en if language.startswith("en") else self.title_zh


class People(BaseUserManager["Person"]):
    """People are made by ``accounts.actions``; Django's own sign-in asks here by name."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """Return the person of that user name, whatever its case."""
        return self.get(username__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who signs in, or the operator at the command line, who never does."""

    username = models.CharField(max_length=60, unique=True, validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]*$")])
    name = models.CharField(max_length=100, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    enterprise = models.CharField(max_length=18, blank=True)
    """The social credit code of the enterprise that somebody speaks for; blank for everybody else."""
    roles = models.JSONField(default=list)
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = People()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    limited_to: frozenset[str] | None = None
    """The permissions that a token leaves of this person's own, for this request; None when nothing is limited."""

    class Meta:
        """By user name; one operator at most."""

        ordering = ("username",)
        constraints = [
            models.UniqueConstraint(
                fields=["is_operator"], condition=models.Q(is_operator=True), name="accounts_one_operator"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def set_roles(self, roles: Iterable[str]) -> None:
        """Give exactly these roles, each once, in alphabetical order."""
        self.roles = sorted(set(roles))


class ApiToken(models.Model):
    """A token for a program: shown once, kept as its digest, limited to its scopes."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    expires = models.DateField()
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Latest first."""

        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"


class FailedSignIn(models.Model):
    """One failed sign-in, kept long enough to lock the name at that address out for a while."""

    username = models.CharField(max_length=150)
    address = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        """Looked up by both together."""

        indexes = [models.Index(fields=["username", "address", "at"], name="accounts_failed_lookup")]

    def __str__(self) -> str:
        return f"{self.username} {self.address}"
