"""The settings of the tests: the house's own, in a home that is thrown away, with work done at once."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

os.environ["QUALICITY_HOME"] = _home = tempfile.mkdtemp(prefix="qualicity-tests-")
os.environ["QUALICITY_HTTPS"] = "0"
os.environ.pop("QUALICITY_TODAY", None)
atexit.register(shutil.rmtree, _home, ignore_errors=True)

from qualicity.site.settings import *  # noqa: E402, F403

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
