"""Copies of the whole database in one file, and their return. The keys that seal fields are not in it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import psycopg

from luoshi.office.database.binaries import programs
from luoshi.office.database.server import Server


class CopyFailed(RuntimeError):
    """A copy could not be written or put back; nothing was changed. The text is what PostgreSQL said."""


def write_copy(server: Server, file: Path) -> int:
    """Write the database as it is at one moment; the size in bytes. `FileExistsError` if the file is there."""
    half = file.with_name(f".{file.name}.half")
    if file.exists():
        raise FileExistsError(file)
    try:
        _call(server, "pg_dump", "--format=custom", "--compress=gzip:6", f"--file={half}")
        half.chmod(0o600)
        half.rename(file)
    finally:
        half.unlink(missing_ok=True)
    return file.stat().st_size


def put_back(server: Server, file: Path) -> None:
    """Put a copy back into a database that nobody has worked with yet, all of it or nothing."""
    with psycopg.connect(server.administrator_address()) as connection:
        found = connection.execute("SELECT count(*) FROM audit.event").fetchone()
        if found != (0,):
            raise CopyFailed("the database has been worked with; a copy goes into a new installation only")
    _call(server, "pg_restore", "--single-transaction", "--exit-on-error", "--clean", "--if-exists", str(file))


def _call(server: Server, program: str, *arguments: str) -> None:
    address = psycopg.conninfo.conninfo_to_dict(server.administrator_address())
    where = [f"--host={address['host']}", f"--port={address['port']}", f"--username={address['user']}"]
    done = subprocess.run(
        [str(programs() / program), *where, f"--dbname={address['dbname']}", *arguments],
        env=os.environ | {"PGPASSWORD": str(address["password"])},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise CopyFailed(done.stderr.decode(errors="replace").strip())
