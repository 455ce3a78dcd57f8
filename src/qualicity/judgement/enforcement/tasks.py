"""What the desk does once a day by itself."""

from __future__ import annotations

from django_tasks import task

from qualicity.commons.accounts import queries as accounts
from qualicity.judgement.enforcement import actions


@task()
def end_publicity() -> int:
    """Take down the penalties whose period is over; return how many."""
    return actions.end_publicity(by=accounts.operator())
