"""Officers at the same time on PostgreSQL; on SQLite the fault tests run them as processes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, close_old_connections, connection, transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import queries as audit
from qualicity.commons.cases import actions, queries
from qualicity.commons.cases.models import Case, CaseMove
from qualicity.commons.registry import actions as registry
from qualicity.errors import NotPossibleError, StaleError

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def letter(home: Any) -> Case:
    registry.sync(by=accounts.operator())
    return actions.open_case(
        type="supervision_letter", subject="task:1", title_zh="督办", organisation="environment",
        due=date(2014, 6, 30), by=accounts.operator(),
    )  # fmt: skip


def at_once(number: int, act: Any) -> list[str]:
    def alone(_turn: int) -> str:
        try:
            act()
        except (StaleError, NotPossibleError) as error:
            return type(error).__name__
        finally:
            close_old_connections()
            connection.close()
        return "done"

    with ThreadPoolExecutor(number) as pool:
        return sorted(pool.map(alone, range(number)))


def test_of_many_at_once_one_moves_and_the_others_are_told(letter: Case) -> None:
    def act() -> None:
        actions.move(case=letter, move="answer", by=accounts.operator(), reason="已办")

    assert at_once(6, act) == ["StaleError"] * 5 + ["done"]
    assert CaseMove.objects.filter(case=letter).count() == 2
    assert audit.verify().ok


def test_of_two_objections_at_once_one_is_raised(letter: Case) -> None:
    def act() -> None:
        actions.open_case(
            type="assessment_objection", subject="assessment:1", title_zh="异议", organisation="environment",
            by=accounts.operator(),
        )  # fmt: skip

    assert at_once(4, act).count("done") == 1
    assert queries.cases(accounts.operator(), type="assessment_objection").count() == 1


@pytest.mark.parametrize("statement", ["UPDATE cases_casemove SET reason = 'x'", "DELETE FROM cases_casemove"])
def test_the_database_itself_keeps_the_trail(letter: Case, statement: str) -> None:
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
