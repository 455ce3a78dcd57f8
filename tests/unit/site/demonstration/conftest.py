from __future__ import annotations

import pytest

from qualicity.site.demonstration.city import City, city


@pytest.fixture(scope="session")
def where() -> City:
    return city(2014)
