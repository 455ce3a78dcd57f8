"""Work that the worker does in the background: scoring where something is newer, ending listings that are over."""

from __future__ import annotations

from django_tasks import task

from qualicity.commons.accounts import queries as accounts
from qualicity.judgement.credit import actions


@task()
def score() -> int:
    """Score every enterprise where that is due; return how many, 0 where nothing was."""
    run = actions.score_if_due(by=accounts.operator())
    return run.enterprises if run is not None else 0


@task()
def end_listings() -> int:
    """End the listings whose time is over or whose penalty was annulled; return how many."""
    operator = accounts.operator()
    return actions.expire_listings(by=operator) + actions.revoke_annulled(by=operator)
