"""Copies of a whole installation in one file, and their return. The keys that seal fields are not in it."""

from __future__ import annotations

import os
import subprocess
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from luoshi.office.database.binaries import programs
from luoshi.office.database.server import Server

DATABASE, FILES = "database", "files"
"""What an archive holds: the dump of the database, and folders of files."""
KEPT = ("attachments", "imports")
"""The folders of files that are copied. Lists that were exported can be made again, and hold names."""


class CopyFailed(RuntimeError):
    """A copy could not be written or put back; nothing was changed. The text is what PostgreSQL said."""


def write_copy(server: Server, files: Path, copy: Path) -> int:
    """Write the database as it is at one moment, and then the folders in `files` that nothing else could bring back.

    An archive (tar) that only its owner may read; its size in bytes. `FileExistsError` if the file is there.
    """
    if copy.exists():
        raise FileExistsError(copy)
    with TemporaryDirectory(dir=copy.parent, prefix=".copy-") as folder:
        dump, half = Path(folder, DATABASE), Path(folder, "half")
        half.touch(0o600)
        _call(server, "pg_dump", "--format=custom", "--compress=gzip:6", f"--file={dump}")
        with tarfile.open(half, "w") as archive:
            for name in KEPT:
                if (files / name).is_dir():
                    archive.add(files / name, f"{FILES}/{name}")
            archive.add(dump, DATABASE)  # last, so that an archive that was cut off has none
        half.rename(copy)
    return copy.stat().st_size


def put_back(server: Server, files: Path, copy: Path) -> None:
    """Put a copy back into an installation that nobody has worked with yet, all of it or nothing.

    The database comes back in one transaction, and the files after it.
    """
    with psycopg.connect(server.administrator_address()) as connection:
        found = connection.execute("SELECT count(*) FROM audit.event").fetchone()
        if found != (0,) or any((files / name).exists() for name in KEPT):
            raise CopyFailed("the installation has been worked with; a copy goes into a new one only")
    files.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=files, prefix=".copy-") as folder:
        try:
            with tarfile.open(copy) as archive:
                archive.extractall(folder, filter="data")
        except tarfile.TarError as wrong:
            raise CopyFailed(f"not a copy, or a damaged one: {wrong}") from None
        options = ["--single-transaction", "--exit-on-error", "--clean", "--if-exists"]
        _call(server, "pg_restore", *options, f"{folder}/{DATABASE}")
        for name in KEPT:
            if Path(folder, FILES, name).is_dir():
                Path(folder, FILES, name).rename(files / name)


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
