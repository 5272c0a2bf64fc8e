"""What was read from a file: sheets with their titles, and their cells as texts in columns of Arrow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from luoshi.office.exchange.books.problems import Note, Problem

NO_VALUE = "#GETTING_DATA"
"""What Excel itself shows for a formula that has no value yet."""
ERRORS = frozenset({"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", NO_VALUE})


@dataclass(frozen=True)
class Cells:
    """The cells of a column, as an Arrow array of texts; null where a cell is blank.

    Numbers are written with all their digits, cells that are dates as `2023-01-05`, truths as `true` and `false`.
    What a text alone would hide is written so that it shows: a number that lost its last digits as
    `1.23456789012346E+17`, a date cell that shows no day as `2023-01`, an error as `#N/A`.
    """

    texts: Any


@dataclass(frozen=True)
class SheetColumn:
    """A column: its letter in the sheet, its title as written, and its cells."""

    letter: str
    title: str
    cells: Cells


@dataclass(frozen=True)
class Sheet:
    """A sheet with data. `header` is the number of the row with the titles.

    `rows` are an Arrow array with the number in the sheet of each row that is not blank. `problems` say why the sheet
    cannot be taken as it is; `notes` what the user may want to know.
    """

    name: str
    header: int
    columns: tuple[SheetColumn, ...]
    rows: Any
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Book:
    """A file: its name, its kind (`xlsx`, `xls`, `csv`), and its sheets with data; the user chooses among several.

    Pages of explanation and hidden sheets are not among them; `notes` name those that hold something.
    """

    name: str
    kind: str
    sheets: tuple[Sheet, ...]
    notes: tuple[Note, ...] = ()
