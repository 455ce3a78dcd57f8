"""The API keeps its own description: whatever is sent, no 5xx, and no answer off its schema."""

from __future__ import annotations

import os
from contextlib import nullcontext
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.access import city as cities

from qualicity.commons.accounts import queries as people
from qualicity.site.api import api

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("QUALICITY_API_EXAMPLES", "8"))
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
CALLS = sorted((path, method) for path, every in api.get_openapi_schema()["paths"].items() for method in every)
BUDGET = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def token(city: cities.City) -> str:
    """Return a token that may do all that the office may."""
    office = city["office"]
    return cities.token_of(office, sorted(people.permissions_of(office)))


@pytest.fixture(scope="module")
def description(city: cities.City) -> Any:
    """Return the description as the API itself serves it."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.mark.parametrize(("path", "method"), CALLS, ids=[f"{method} {path}" for path, method in CALLS])
def test_whatever_is_sent_the_answer_is_as_described(
    path: str, method: str, description: Any, token: str, undone: Any
) -> None:
    @BUDGET
    @given(case=description[path][method.upper()].as_strategy())
    def answered(case: Any) -> None:
        with undone() if method == "post" else nullcontext():
            case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)

    answered()
