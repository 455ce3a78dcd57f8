"""Work that the worker does in the background."""

from __future__ import annotations

from django_tasks import task

from qualicity.evidence.submissions import actions


@task()
def read_upload(number: int) -> None:
    """Receive a large file that was put aside."""
    actions.process(number)
