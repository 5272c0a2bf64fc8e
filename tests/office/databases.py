"""A PostgreSQL server of the test process's own, and databases on it that begin as copies of others.

What takes long to prepare is prepared once in a process: `beginning` keeps it, and whoever asks again has a copy.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection
from psycopg import sql

from luoshi.office.config import opening
from luoshi.office.database import Server

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SHARED, OWN = "luoshi", f"test_{os.getpid()}"
FOLDER = Path(tempfile.mkdtemp(prefix="luoshi-"))
_FILES = ("runs",)  # what belongs to a database and lies in the data folder
SERVER = Server(FOLDER / "postgres", FAST, [opening.administrator_script()])


def start() -> None:
    """The server runs until this process ends, and the settings of the service name it."""
    FOLDER.chmod(0o711)
    os.environ |= {
        "DATABASE_URL": SERVER.start(),
        "LUOSHI_DATA": str(FOLDER / "data"),
        "LUOSHI_HOSTS": "localhost,127.0.0.1,testserver",
        "DJANGO_SETTINGS_MODULE": opening.SETTINGS,
    }
    atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
    atexit.register(SERVER.stop)


@contextmanager
def own_database() -> Iterator[None]:
    """The service has a database of its own, with the tables and nothing in them; it is gone afterwards."""
    connection.close()
    _copy(SHARED, OWN)
    os.environ["DATABASE_URL"], connection.settings_dict["NAME"] = SERVER.address(OWN), OWN
    try:
        yield
    finally:
        connection.close()
        os.environ["DATABASE_URL"], connection.settings_dict["NAME"] = SERVER.address(SHARED), SHARED
        _ask("DROP DATABASE {} WITH (FORCE)", OWN)
        _replace_files(None, Path(os.environ["LUOSHI_DATA"]))  # another database counts anew


def beginning(name: str, prepare: Callable[[], object]) -> None:
    """An own database in which nothing was done yet is as `prepare` leaves it; for each name that runs once."""
    assert connection.settings_dict["NAME"] == OWN, "only an own database can begin as something prepared"
    data, kept = Path(os.environ["LUOSHI_DATA"]), FOLDER / "kept" / name
    if kept.exists():
        connection.close()
        _ask("DROP DATABASE {} WITH (FORCE)", OWN)
        _copy(kept.name, OWN)
        _replace_files(kept, data)
        return
    prepare()
    connection.close()
    _copy(OWN, kept.name)
    kept.mkdir(parents=True)
    _replace_files(data, kept)


def durable() -> None:
    """What the own database has said is done stays done, also when the server is killed."""
    _ask("ALTER DATABASE {} SET synchronous_commit = on", OWN)


def whose() -> int:
    """The process of the server."""
    return int((SERVER.folder / "data" / "postmaster.pid").read_text().splitlines()[0])


def started_again() -> None:
    """A server that was killed runs again, and this process speaks with it: its port is another."""
    connection.close()
    SERVER.stop()
    SERVER.start()
    os.environ["DATABASE_URL"] = SERVER.address(connection.settings_dict["NAME"])
    connection.settings_dict["PORT"] = os.environ["DATABASE_URL"].rpartition(":")[2].partition("/")[0]


def _copy(old: str, new: str) -> None:
    with psycopg.connect(SERVER.administrator_address("postgres"), autocommit=True) as administrator:
        administrator.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [old])
    _ask("CREATE DATABASE {} TEMPLATE {} OWNER luoshi", new, old)


def _ask(form: str, *names: str) -> None:
    with psycopg.connect(SERVER.administrator_address("postgres"), autocommit=True) as administrator:
        administrator.execute(sql.SQL(form).format(*map(sql.Identifier, names)))


def _replace_files(source: Path | None, target: Path) -> None:
    for name in _FILES:
        shutil.rmtree(target / name, ignore_errors=True)
        if source and (source / name).exists():
            shutil.copytree(source / name, target / name)
