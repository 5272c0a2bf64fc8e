"""Cells, columns and ranges as Excel names them, and as numbers from 0."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True)
class Range:
    """A rectangle of cells; rows and columns from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{cell(self.top, self.left)}:{cell(self.bottom, self.right)}"


def letter(column: int) -> str:
    """The letters of a column.

    >>> letter(0), letter(25), letter(26), letter(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell(row: int, column: int) -> str:
    """The name of a cell.

    >>> cell(4, 1)
    'B5'
    """
    return f"{letter(column)}{row + 1}"


def cell_of(name: str) -> tuple[int, int] | None:
    """Row and column of a cell's name; None for anything else.

    >>> cell_of("B5"), cell_of("5B")
    ((4, 1), None)
    """
    found = _CELL.fullmatch(name)
    return (int(found[2]) - 1, column_of(found[1])) if found else None


def column_of(letters: str) -> int:
    """The number of a column's letters.

    >>> column_of("AA")
    26
    """
    column = 0
    for sign in letters:
        column = column * 26 + ord(sign) - 64
    return column - 1


def range_of(name: str) -> Range | None:
    """The range of a name such as `A1:B2` or `A1`; None for anything else."""
    first, _, last = name.partition(":")
    start, end = cell_of(first), cell_of(last or first)
    return Range(*start, *end) if start and end else None
