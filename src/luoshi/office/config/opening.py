"""Opens an installation: its database is started where it comes along, Django is set up, tables are there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources

import django
from django.core.management import call_command
from django.db import connection

from luoshi.office.config import environment
from luoshi.office.database import Server
from luoshi.office.database.tuning import suited

SETTINGS = "luoshi.office.config.settings"


def administrator_script() -> str:
    """What the database's administrator runs once in the database of the service."""
    return resources.files("luoshi.office.audit").joinpath("chain.sql").read_text(encoding="utf-8")


@contextmanager
def database() -> Iterator[Server | None]:
    """Where no database is named the server that comes along runs, and is named, until the end of the block."""
    given = environment.read()
    if given.database is not None:
        yield None
        return
    server = Server(given.data / "postgres", suited(), [administrator_script()])
    os.environ["DATABASE_URL"] = server.start()
    try:
        yield server
    finally:
        del os.environ["DATABASE_URL"]
        server.stop()


@contextmanager
def opened() -> Iterator[Server | None]:
    """An installation whose tables are up to date, with Django set up in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    with database() as server:
        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        try:
            yield server
        finally:
            connection.close()
