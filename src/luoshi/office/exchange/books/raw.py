"""A sheet as a file has it, before titles are found: columns of texts, and what else the file says about cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from luoshi.office.exchange.books.places import Range

MOST_DIGITS = 1e15
"""From here on a number of a spreadsheet has lost its last digits: it keeps fifteen."""


@dataclass
class Seen:
    """What was seen in a sheet beside its values; rows and columns from 0.

    `instead` are texts for cells whose value alone would hide what they are. `left` is the first column with a value,
    `bottom` and `right` the last row and column with one, -1 when there is none.
    """

    merged: list[Range] = field(default_factory=list)
    instead: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    formulas: int = 0
    left: int = 1 << 20
    right: int = -1
    bottom: int = -1

    @property
    def is_empty(self) -> bool:
        """Whether no cell has a value."""
        return self.right < 0

    def note_value(self, row: int, column: int) -> None:
        """A cell has a value."""
        if column < self.left:
            self.left = column
        if column > self.right:
            self.right = column
        if row > self.bottom:
            self.bottom = row


@dataclass(frozen=True)
class Raw:
    """A sheet: its columns from column `seen.left` on as Arrow arrays of texts, from the first row of the sheet on."""

    name: str
    columns: tuple[Any, ...]
    seen: Seen


def whole(cells: Any) -> Any:
    """The cells as one array, however they were read."""
    return cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells


def with_instead(columns: tuple[Any, ...], seen: Seen) -> tuple[Any, ...]:
    """The columns with the texts of `seen.instead` in their places."""
    by_column: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in seen.instead.items():
        by_column.setdefault(column - seen.left, []).append((row, text))
    return tuple(_replaced(cells, by_column.get(place)) for place, cells in enumerate(columns))


def _replaced(cells: Any, texts: list[tuple[int, str]] | None) -> Any:
    if not texts:
        return cells
    ordered = sorted(texts)
    mask = np.zeros(len(cells), dtype=bool)
    mask[[row for row, _ in ordered]] = True
    return pa.compute.replace_with_mask(cells, pa.array(mask), pa.array([text for _, text in ordered], pa.string()))


def lost_digits(number: float) -> str:
    """A number that lost digits, written so that it shows.

    >>> lost_digits(990000199003070005.0)
    '9.90000199003070E+17'
    """
    return f"{number:.14E}"
