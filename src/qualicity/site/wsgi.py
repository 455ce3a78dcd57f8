"""Where a server such as granian enters."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qualicity.site.settings")

application = get_wsgi_application()
