"""What the web server calls. Whatever takes long is loaded before the first request."""

from __future__ import annotations

import os
import signal

from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connection
from django.urls import get_resolver

from luoshi.office.database.owner import dying_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.office.config.settings")
application = get_wsgi_application()


dying_with_parent(signal.SIGKILL)()  # a web process that outlived its server would go on taking every other request


def _prepare() -> None:
    """Load the addresses with their pages, and the packs; a database that is not there yet is waited for later."""
    from luoshi.office.runs import library

    list(get_resolver().url_patterns)
    try:
        library.packs()
    except OperationalError:
        return
    finally:
        connection.close()


_prepare()
