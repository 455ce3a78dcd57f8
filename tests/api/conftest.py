"""The API is tried on the small city of the tests of access."""

from tests.access.conftest import _django_db_helper, _home, city, undone

__all__ = ["_django_db_helper", "_home", "city", "undone"]
