"""Work that the worker does in the background: scoring where something is newer than the last run."""

from __future__ import annotations

from django_tasks import task

from qualicity.commons.accounts import queries as accounts
from qualicity.judgement.credit import actions


@task()
def score() -> int:
    """Score every enterprise where that is due; return how many, 0 where nothing was."""
    run = actions.score_if_due(by=accounts.operator())
    return run.enterprises if run is not None else 0
