"""The service's tests run on a PostgreSQL server of their own, made new for each test process and thrown away.

Django reads its settings when the first module of the service is imported, so the server has to run before.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import setup_test_environment

from luoshi.office.config import opening
from luoshi.office.database import Server

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def _start() -> Server:
    folder = Path(tempfile.mkdtemp(prefix="luoshi-"))
    folder.chmod(0o711)
    server = Server(folder / "postgres", FAST, [opening.administrator_script()])
    os.environ |= {
        "DATABASE_URL": server.start(),
        "LUOSHI_DATA": str(folder / "data"),
        "LUOSHI_HOSTS": "localhost,127.0.0.1,testserver",
        "DJANGO_SETTINGS_MODULE": opening.SETTINGS,
    }
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.stop)
    django.setup()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a slow one is tested by Django
    setup_test_environment()
    call_command("migrate", interactive=False, verbosity=0)
    return server


SERVER = _start()


class _Undo(Exception):
    """Ends a test's transaction."""


@pytest.fixture
def database() -> Iterator[None]:
    """The database of the service; what a test does in it is undone."""
    try:
        with transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        connection.close()


@contextmanager
def _own_database() -> Iterator[None]:
    database = connection.settings_dict
    named, own = os.environ["DATABASE_URL"], f"test_{os.getpid()}"
    connection.close()
    with psycopg.connect(SERVER.administrator_address(), autocommit=True) as administrator:
        administrator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    with psycopg.connect(SERVER.administrator_address("postgres"), autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {own} TEMPLATE luoshi OWNER luoshi".encode())
    os.environ["DATABASE_URL"], database["NAME"] = SERVER.address(own), own
    yield
    connection.close()
    os.environ["DATABASE_URL"], database["NAME"] = named, "luoshi"
    with psycopg.connect(SERVER.administrator_address("postgres"), autocommit=True) as administrator:
        administrator.execute(f"DROP DATABASE {own} WITH (FORCE)".encode())
    shutil.rmtree(Path(os.environ["LUOSHI_DATA"]) / "runs", ignore_errors=True)  # another database counts anew


@pytest.fixture
def apart() -> Iterator[None]:
    """A database of the test's own, for what opens connections of its own or ends transactions."""
    with _own_database():
        yield


@pytest.fixture(scope="module")
def apart_together() -> Iterator[None]:
    """A database of the module's own, for what takes long to prepare; what tests do in `database` is undone."""
    with _own_database():
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
