"""Writes of the tokens that programs sign in with."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qualicity.commons.accounts import queries
from qualicity.commons.accounts.models import ApiToken, Person
from qualicity.commons.audit import actions as audit
from qualicity.commons.audit import queries as trail
from qualicity.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

LONGEST_TOKEN = timedelta(days=366)


@transaction.atomic
def create_token(
    *, person: Person, name: str, scopes: Iterable[str], expires: date, by: Person
) -> tuple[ApiToken, str]:
    """Make a token for a program; return it and its secret, which is shown this once."""
    queries.check(by, "tokens.manage")
    if person.pk != by.pk:
        queries.check(by, "people.manage")
    scopes = sorted(set(scopes))
    beyond = set(scopes) - queries.permissions_of(person)
    if beyond or not scopes:
        raise InputError(
            f"令牌权限必须取自本人已有的权限：{'、'.join(sorted(beyond)) or '未选择'}。",
            f"A token's scopes must be among the person's own: {', '.join(sorted(beyond)) or 'none chosen'}.",
        )
    today = timezone.localdate(trail.now())
    if not today < expires <= today + LONGEST_TOKEN:
        raise InputError("令牌有效期须在一年以内。", "A token must expire after today and within a year.")
    prefix, secret = f"qc_{secrets.token_hex(4)}", secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        person=person, name=name, prefix=prefix, digest=_digest(secret), scopes=scopes, expires=expires
    )
    audit.record(by=by, verb="tokens.create", subject=f"token:{prefix}", detail={"scopes": scopes, "name": name})
    return token, f"{prefix}.{secret}"


@transaction.atomic
def revoke_token(*, token: ApiToken, by: Person) -> None:
    """End a token."""
    if token.person_id != by.pk:
        queries.check(by, "people.manage")
    if token.revoked_at is None:
        token.revoked_at = trail.now()
        token.save(update_fields=["revoked_at"])
        audit.record(by=by, verb="tokens.revoke", subject=f"token:{token.prefix}")


def person_of_token(presented: str) -> Person | None:
    """Return the person of a token, limited to its scopes; None when it is wrong, over or revoked."""
    prefix, _, secret = presented.partition(".")
    token = ApiToken.objects.select_related("person__organisation").filter(prefix=prefix, revoked_at=None).first()
    if token is None or not hmac.compare_digest(token.digest, _digest(secret)):
        return None
    if token.expires < timezone.localdate(trail.now()) or not token.person.is_active:
        return None
    token.person.limited_to = frozenset(token.scopes)
    return token.person


def _digest(secret: str) -> str:
    # 256 random bits need no slow hash
    return hashlib.sha256(secret.encode()).hexdigest()
