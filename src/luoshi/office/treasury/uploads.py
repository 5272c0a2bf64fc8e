"""Files that offices and banks give: their first sheet."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from pathlib import Path

from luoshi.office.exchange.books.problems import Refused
from luoshi.office.exchange.books.reading import read_book
from luoshi.office.exchange.books.sheets import Sheet
from luoshi.office.treasury.errors import WrongFile

MOST_BYTES = 20 * 1024 * 1024


def first_sheet(content: bytes, name: str, titles: Collection[str]) -> Sheet:
    """The first sheet of a file; `titles` help to find the row of them. `WrongFile` for what is no table."""
    if not content or len(content) > MOST_BYTES:
        raise WrongFile("size")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        try:
            return read_book(path, name, titles).sheets[0]
        except Refused as refused:
            raise WrongFile("unreadable") from refused
