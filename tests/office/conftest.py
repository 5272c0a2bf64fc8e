"""The service's tests run on a PostgreSQL server of their own, made new for each test process and thrown away.

Django reads its settings when the first module of the service is imported, so the server has to run before.
"""

from collections.abc import Iterator

import django
import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import setup_test_environment

from tests.office.databases import SERVER, own_database, start

start()
django.setup()
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a slow one is tested by Django
setup_test_environment()
call_command("migrate", interactive=False, verbosity=0)


class _Undo(Exception):
    """Ends a test's transaction."""


@pytest.fixture
def database() -> Iterator[None]:
    """The database of the service; what a test does in it is undone. A sound connection goes on to the next test."""
    try:
        with transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        if not connection.is_usable():
            connection.close()


@pytest.fixture
def apart() -> Iterator[None]:
    """A database of the test's own, for what opens connections of its own or ends transactions."""
    with own_database():
        yield


@pytest.fixture(scope="module")
def apart_together() -> Iterator[None]:
    """A database of the module's own, for what takes long to prepare; what tests do in `database` is undone."""
    with own_database():
        yield


@pytest.fixture
def administrator() -> Iterator[psycopg.Connection]:
    """The database's administrator; nothing that it does is kept."""
    with psycopg.connect(SERVER.administrator_address()) as found:
        yield found
        found.rollback()


@pytest.fixture
def client(database: None) -> Client:
    """A browser without scripts."""
    return Client()
