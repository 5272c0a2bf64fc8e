"""Compiled code that is kept in a folder. Only what this user wrote, whole and unchanged, is ever taken from it."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

MOST_FILES = 64
DIGEST = 32


def kept_code(folder: Path, name: str, make: Callable[[], bytes]) -> bytes:
    """The code of a name: what the folder has of it, or else what is made now and kept if that can be done."""
    path = folder / f"{name}.code"
    found = _read(path)
    if found is None:
        found = make()
        with suppress(OSError):  # a folder that cannot be written costs only the time to compile again
            _write(path, found)
    return found


def _read(path: Path) -> bytes | None:
    """What a file holds, if it is ours and whole; None otherwise."""
    try:
        with path.open("rb") as file:
            if not (is_ours(os.fstat(file.fileno())) and is_ours(path.parent.stat())):
                return None
            content = file.read()
    except OSError:
        return None
    digest, code = content[:DIGEST], content[DIGEST:]
    return code if digest == _digest(path, code) else None


def _digest(path: Path, code: bytes) -> bytes:
    """What only the code of that name begins with."""
    return hashlib.sha256(path.name.encode() + code).digest()


def is_ours(found: os.stat_result) -> bool:
    """Whether nobody but this user can have written it."""
    return found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _write(path: Path, code: bytes) -> None:
    """Put a file in its place as a whole; the oldest make room."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_digest(path, code) + code)
        Path(made).replace(path)
    finally:
        Path(made).unlink(missing_ok=True)
    files = sorted(path.parent.glob("*.code"), key=lambda found: found.stat().st_mtime)
    for old in files[:-MOST_FILES]:
        old.unlink(missing_ok=True)
