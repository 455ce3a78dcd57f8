"""Writes of people, organisations and tokens."""

from __future__ import annotations

from qualicity.commons.accounts.actions.importing import Newcomer, import_people
from qualicity.commons.accounts.actions.organisations import add_organisation, sync_organisations
from qualicity.commons.accounts.actions.people import (
    change_person,
    create_person,
    new_password,
    password_changed,
    reset_password,
    set_active,
    set_language,
)
from qualicity.commons.accounts.actions.signing_in import count_failure, second_factor_changed, signed_in
from qualicity.commons.accounts.actions.tokens import create_token, person_of_token, revoke_token

__all__ = [
    "Newcomer",
    "add_organisation",
    "change_person",
    "count_failure",
    "create_person",
    "create_token",
    "import_people",
    "new_password",
    "password_changed",
    "person_of_token",
    "reset_password",
    "revoke_token",
    "second_factor_changed",
    "set_active",
    "set_language",
    "signed_in",
    "sync_organisations",
]
