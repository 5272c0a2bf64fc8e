"""One PostgreSQL server in a folder of its own: made, started, asked for and stopped.

The server ends with the process that started it, also when that is killed. Who finds it running uses it and leaves it.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import psycopg
from psycopg import conninfo

from luoshi.office.database.binaries import programs
from luoshi.office.database.owner import owner

SUPERUSER = "postgres"
APPLICATION = "luoshi"
"""Role and database of the service: owns its tables, bypasses nothing."""
HOST = "127.0.0.1"
ENCODING = ("--encoding=UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256")
"""With the plain C locale trigrams of Chinese are empty, and no search would find a name."""
TRIES = 150
SECONDS_BETWEEN_TRIES = 0.1
LEFT_BEHIND = "still in use"
"""What it says while processes of a server that was killed have not noticed it yet: they soon will."""


class NotStarted(RuntimeError):
    """The server could not be made or started; the text ends with what it said itself."""


class Server:
    """The server whose data lie in `folder`. Nothing is done before `start`."""

    def __init__(self, folder: Path, settings: tuple[str, ...] = (), scripts: Iterable[str] = ()) -> None:
        """`settings` go to the server ("fsync=off"); `scripts` are run by its administrator after every start."""
        self.folder = folder.resolve()
        self._settings = settings
        self._scripts = tuple(scripts)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.folder / "postgres.log"

    def start(self) -> str:
        """Make the server if there is none, start it if it does not run; the address of its database."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (self._data / "PG_VERSION").exists():
            self._make()
        if not self.running():
            self._launch()
        self._prepare()
        return self.address()

    def running(self) -> bool:
        """Whether somebody answers as this server."""
        try:
            with psycopg.connect(self._address_of(SUPERUSER, "postgres"), connect_timeout=2):
                return True
        except (psycopg.OperationalError, FileNotFoundError, IndexError):
            return False

    def alive(self) -> bool:
        """Whether the server that we started still runs; one that somebody else started is asked."""
        return self.running() if self._process is None else self._process.poll() is None

    def stop(self) -> None:
        """Stop the server if it was started here: running work is broken off, nothing that was done is lost."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        self._process.wait(timeout=60)
        self._process = None

    def address(self, database: str = APPLICATION) -> str:
        """The address of a database of the running server, as a URL with the password of the service."""
        parts = conninfo.conninfo_to_dict(self._address_of(APPLICATION, database))
        return f"postgresql://{parts['user']}:{parts['password']}@{HOST}:{parts['port']}/{database}"

    def administrator_address(self, database: str = APPLICATION) -> str:
        """The connection of the server's administrator to a database, for upkeep."""
        return self._address_of(SUPERUSER, database)

    def _address_of(self, user: str, database: str) -> str:
        port = (self._data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[3]
        return conninfo.make_conninfo(host=HOST, port=port, user=user, dbname=database, password=self._password(user))

    def _password(self, user: str) -> str:
        file = self.folder / f"{user}.password"
        if not file.exists():
            with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as new:
                new.write(secrets.token_urlsafe(24))
        return file.read_text(encoding="ascii")

    def _make(self) -> None:
        """All of it or nothing: the data folder gets its name when it is whole."""
        with tempfile.TemporaryDirectory(dir=self.folder, prefix=".new-") as new:
            whose = owner()
            os.chmod(new, 0o711)
            password = Path(new) / "password"
            password.write_text(self._password(SUPERUSER), encoding="ascii")
            data = Path(new) / "data"
            data.mkdir(mode=0o700)
            whose.give(data)
            whose.give(password)
            command = [*whose.words, str(programs() / "initdb"), f"--pgdata={data}", f"--username={SUPERUSER}"]
            command += [f"--pwfile={password}", *ENCODING]
            made = subprocess.run(
                command, capture_output=True, check=False, cwd="/", preexec_fn=whose.before(dies_with_us=False)
            )
            if made.returncode:
                raise NotStarted(made.stderr.decode(errors="replace").strip())
            data.rename(self._data)

    def _launch(self) -> None:
        for _ in range(TRIES):
            self._begin()
            if self._answers():
                return
            if LEFT_BEHIND not in self._last_words():
                break
            time.sleep(SECONDS_BETWEEN_TRIES)
        self.stop()
        raise NotStarted(f"PostgreSQL did not start. {self._last_words()}")

    def _begin(self) -> None:
        whose = owner()
        settings = (f"port={_free_port()}", "unix_socket_directories=", "logging_collector=off", *self._settings)
        command = [*whose.words, str(programs() / "postgres"), "-D", str(self._data), "-h", HOST]
        for setting in settings:
            command += ["-c", setting]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                preexec_fn=whose.before(dies_with_us=True),
            )

    def _answers(self) -> bool:
        """Whether the process that was begun takes connections in time; not when it ends before."""
        assert self._process is not None
        for _ in range(TRIES):
            if self.running():
                return True
            try:
                self._process.wait(timeout=SECONDS_BETWEEN_TRIES)
            except subprocess.TimeoutExpired:
                continue
            break
        return False

    def _last_words(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return f"{self.log}:\n" + "\n".join(lines[-5:])

    def _prepare(self) -> None:
        """The role and the database of the service, where they are not there yet."""
        with psycopg.connect(self._address_of(SUPERUSER, "postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION]).fetchone():
                password = psycopg.sql.Literal(self._password(APPLICATION))
                connection.execute(
                    psycopg.sql.SQL("CREATE ROLE {} LOGIN NOBYPASSRLS CREATEDB PASSWORD {}").format(
                        psycopg.sql.Identifier(APPLICATION), password
                    )
                )
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [APPLICATION]).fetchone():
                connection.execute(
                    psycopg.sql.SQL("CREATE DATABASE {0} OWNER {0}").format(psycopg.sql.Identifier(APPLICATION))
                )
        with psycopg.connect(self.administrator_address()) as connection:
            for script in self._scripts:
                connection.execute(script.encode())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
