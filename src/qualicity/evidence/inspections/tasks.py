"""What the desk does once a day by itself."""

from __future__ import annotations

from django.db import transaction
from django_tasks import task

from qualicity.commons.accounts import queries as accounts
from qualicity.evidence.inspections import actions


@task()
@transaction.atomic
def keep_notices() -> dict[str, int]:
    """Open the cases of failed samples, make the notices that are due, take down those whose time is over."""
    by = accounts.operator()
    return {
        "opened": actions.open_failures(by=by),
        "due": actions.gather_notices(by=by),
        "ended": actions.end_notices(by=by),
    }
