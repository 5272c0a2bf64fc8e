"""The files of imports: sealed, outside the web root, under names that say nothing.

SM4 in Galois/Counter mode, as cells of registers are sealed; the name of the file is authenticated with it, so that
one file put in another's place is refused.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings

from luoshi.office.database.keys import secrecy
from luoshi.office.exchange.errors import NotTaken

MOST_BYTES = 30 * 1024 * 1024
SUFFIXES = frozenset({".xlsx", ".xls", ".csv"})


def suffix_of(file_name: str, size: int) -> str:
    """The kind of a file by its name; `NotTaken` for one that is empty, too large, or no table."""
    suffix = Path(file_name).suffix.lower()
    if suffix not in SUFFIXES:
        raise NotTaken("type")
    if not size:
        raise NotTaken("empty")
    if size > MOST_BYTES:
        raise NotTaken("large")
    return suffix


def keep(content: bytes, suffix: str) -> str:
    """The name under which the file is kept from now on."""
    name = f"{os.urandom(16).hex()}{suffix}"
    path = _folder() / name
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrecy().seal(content, name))
    return name


def read(name: str) -> bytes:
    """What the file says; `FileNotFoundError` if it was discarded, `Tampered` if somebody changed it."""
    return secrecy().unseal((_folder() / name).read_bytes(), name)


def discard(name: str) -> None:
    """The file is gone, if it was there."""
    (_folder() / name).unlink(missing_ok=True)


def _folder() -> Path:
    folder = Path(settings.MEDIA_ROOT) / "imports"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
