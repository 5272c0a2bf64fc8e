"""A sheet from what a file has: its row of titles, its rows that are not blank, its columns with a title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from luoshi.office.exchange.books.places import Range, letter
from luoshi.office.exchange.books.problems import Note, Problem
from luoshi.office.exchange.books.raw import Raw
from luoshi.office.exchange.books.sheets import Cells, Sheet, SheetColumn
from luoshi.office.exchange.books.titles import folded, without_ending

SEARCHED = 30
"""How many rows from the top may come before and with the titles."""
SHOWN = 20
ANSWERS = frozenset({"有什么不对请改好后重新上传", "whatiswrongcorrectanduploadagain"})
"""Folded titles of the column that we add to a corrected sheet; it is left out again."""


def shaped(raw: Raw, known: Collection[str] = ()) -> Sheet | None:
    """The sheet; None when no cell holds anything."""
    columns = [_without_blanks(cells) for cells in raw.columns]
    filled = np.array([pc.is_valid(cells).to_numpy(zero_copy_only=False) for cells in columns], dtype=bool)
    if not filled.any():
        return None
    header = _header(columns, filled.sum(axis=0), known)
    rows = np.flatnonzero(filled.any(axis=0))
    rows = rows[rows > header]
    kept: list[SheetColumn] = []
    untitled: list[str] = []
    for place, cells in enumerate(columns):
        title, name = cells[header].as_py(), letter(raw.seen.left + place)
        if title is None:
            untitled += [name] if filled[place][rows].any() else []
        elif folded(title) not in ANSWERS:
            kept.append(SheetColumn(name, " ".join(title.split()), Cells(cells.take(pa.array(rows)))))
    problems = (*_twice(raw.name, kept), *_merged(raw, columns, header))
    notes = tuple(_notes(raw, untitled, header))
    return Sheet(raw.name, header + 1, tuple(kept), pa.array(rows + 1, pa.int64()), problems, notes)


def _without_blanks(cells: Any) -> Any:
    """The cells with null for those that hold nothing but blanks."""
    blank = pc.equal(pc.utf8_trim_whitespace(cells), "")
    return pc.if_else(pc.fill_null(blank, False), pa.scalar(None, pa.string()), cells)


def _header(columns: list[Any], counts: Any, known: Collection[str]) -> int:
    """The row of titles: that with the most known titles, else the first that is nearly as full as any near it."""
    most = min(SEARCHED, len(counts))
    names = {folded(form) for title in known for form in (title, without_ending(title))}
    found = [_known_in(columns, row, names) for row in range(most)]
    if max(found) > 1 or (max(found) == 1 and counts[found.index(1)] == 1):
        return found.index(max(found))
    enough = max(counts[:most]) / 2
    return next((row for row in range(most) if counts[row] and counts[row] >= enough), int(np.argmax(counts > 0)))


def _known_in(columns: list[Any], row: int, names: Collection[str]) -> int:
    texts = [cells[row].as_py() for cells in columns]
    return sum(bool({folded(text), folded(without_ending(text))} & set(names)) for text in texts if text)


def _twice(sheet: str, columns: list[SheetColumn]) -> Iterator[Problem]:
    counts = Counter(folded(column.title) for column in columns)
    for column in columns:
        if counts[folded(column.title)] > 1:
            yield Problem("title_twice", sheet, letter=column.letter, title=column.title)


def _merged(raw: Raw, columns: list[Any], header: int) -> Iterator[Problem]:
    """Merged cells that reach into the data and hold something."""
    left = raw.seen.left
    for merged in raw.seen.merged:
        place = merged.left - left
        if merged.bottom <= header or not 0 <= place < len(columns) or merged.top >= len(columns[place]):
            continue
        if columns[place][merged.top].is_valid:
            title = _title(columns[place], header, merged)
            yield Problem("merged", raw.name, merged.top + 1, letter(merged.left), title, str(merged))


def _title(cells: Any, header: int, merged: Range) -> str:
    return (cells[header].as_py() or "") if merged.top > header else ""


def _notes(raw: Raw, untitled: list[str], header: int) -> Iterator[Note]:
    seen = raw.seen
    if untitled:
        yield Note("untitled", raw.name, len(untitled), tuple(untitled[:SHOWN]))
    if seen.formulas:
        yield Note("formulas", raw.name, seen.formulas)
    rows = [row + 1 for row in seen.hidden_rows if header < row <= seen.bottom]
    if rows:
        yield Note("hidden_rows", raw.name, len(rows), tuple(map(str, rows[:SHOWN])))
    hidden = [place for first, last in seen.hidden_columns for place in range(first, min(last, seen.right) + 1)]
    if hidden:
        yield Note("hidden_columns", raw.name, len(hidden), tuple(map(letter, hidden[:SHOWN])))
