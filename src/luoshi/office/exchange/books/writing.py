"""What every workbook that we write has in common: texts stay texts, names of sheets that Excel takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlsxwriter

LONGEST_NAME = 31
LONGEST_TEXT = 32_767
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]|^'|'$")
_OPTIONS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip


@contextmanager
def new_workbook(path: Path) -> Iterator[Any]:
    """A workbook that is written to `path` at the end, row after row; no text in it becomes a formula."""
    book = xlsxwriter.Workbook(str(path), _OPTIONS)
    book.set_properties({"created": None})
    yield book
    book.close()


def sheet_name(title: str) -> str:
    """A title as the name of a sheet.

    >>> sheet_name("收入/支出")
    '收入 支出'
    """
    return _NOT_IN_NAMES.sub(" ", title)[:LONGEST_NAME].strip() or "1"


def width_of(text: str, least: int = 10, most: int = 40) -> int:
    """How wide a column is for a text: a Chinese sign takes two."""
    return min(most, max(least, sum(2 if ord(sign) > 0x2E7F else 1 for sign in text) + 2))
