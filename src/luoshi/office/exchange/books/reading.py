"""A file of whatever kind as a book, by its content and not by its name."""

from __future__ import annotations

import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fastexcel
import pyarrow.compute as pc

from luoshi.office.exchange.books import xls, xlsx
from luoshi.office.exchange.books.compound import SIGNATURE
from luoshi.office.exchange.books.problems import Note, Problem, Refused
from luoshi.office.exchange.books.raw import Raw, Seen, whole, with_instead
from luoshi.office.exchange.books.separated import read_separated
from luoshi.office.exchange.books.shaping import shaped
from luoshi.office.exchange.books.sheets import Book, Sheet
from luoshi.office.exchange.books.xls_values import table_of, values

GUIDES = frozenset({"填写说明", "How to fill in"})
"""The names of the sheets that explain our own templates."""
WEB_PAGE = b"<"
MIDNIGHT = r"^(\d{4}-\d{2}-\d{2}) 00:00:00$"


@dataclass(frozen=True)
class Limits:
    """The most that is read: rows and cells of all sheets, columns of one, bytes when unpacked."""

    rows: int = 1_000_000
    columns: int = 1_000
    cells: int = 25_000_000
    unpacked: int = 1_500_000_000


LIMITS = Limits()


def read_book(path: Path, name: str, known: Collection[str] = (), limits: Limits = LIMITS) -> Book:
    """The book in a file that a user calls `name`: .xlsx, .xls or separated texts, whatever the name says.

    `known` titles help to find the row of titles. `Refused` with the reason when nothing of the file can be taken:
    protected by a password, damaged, no spreadsheet, too large, no sheet with data. Macros are never run.
    """
    if path.stat().st_size > limits.unpacked:
        raise Refused(Problem("large"))
    with path.open("rb") as file:
        start = file.read(512)
    kind, raws, notes = _raws(path, start, limits)
    sheets: list[Sheet] = []
    for raw in raws:
        if raw.name in GUIDES:
            continue
        sheet = shaped(raw, known)
        if sheet is not None:
            sheets.append(sheet)
    if not any(len(sheet.rows) for sheet in sheets):
        raise Refused(Problem("no_rows" if sheets else "no_data"))
    return Book(name, kind, tuple(sheet for sheet in sheets if len(sheet.rows)), notes)


def _raws(path: Path, start: bytes, limits: Limits) -> tuple[str, list[Raw], tuple[Note, ...]]:
    """The kind of the file, its shown sheets, and notes about the others."""
    if not start.strip():
        raise Refused(Problem("no_data"))
    if zipfile.is_zipfile(path) and start.startswith(b"PK"):
        return "xlsx", *_new(path, limits)
    if start.startswith(b"PK"):
        raise Refused(Problem("damaged"))
    if start.startswith(SIGNATURE):
        return "xls", *_old(path, limits)
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(WEB_PAGE):
        raise Refused(Problem("web_page"))
    return "csv", [read_separated(path, limits.rows, limits.columns)], ()


def _new(path: Path, limits: Limits) -> tuple[list[Raw], tuple[Note, ...]]:
    found = xlsx.contents(path, limits.unpacked)
    shown = [(part.name, seen) for part, seen in found.sheets if part.is_shown and not seen.is_empty]
    hidden = [part.name for part, seen in found.sheets if not part.is_shown and not seen.is_empty]
    notes = _notes(hidden) + ((Note("macros"),) if found.has_macros else ())
    _hold_to(limits, shown)
    try:
        reader = fastexcel.read_excel(path)
        return [_raw(table_of(reader, name), name, seen) for name, seen in shown], notes
    except fastexcel.FastExcelError as error:
        raise Refused(Problem("damaged")) from error


def _old(path: Path, limits: Limits) -> tuple[list[Raw], tuple[Note, ...]]:
    found = xls.contents(path.read_bytes())
    hidden = [part.name for part in found if not part.is_shown and not part.seen.is_empty]
    shown = [(place, part) for place, part in enumerate(found) if part.is_shown and not part.seen.is_empty]
    _hold_to(limits, [(part.name, part.seen) for _, part in shown])
    tables = values(path, [place for place, _ in shown])
    if len(tables) != len(shown):
        raise Refused(Problem("damaged"))
    raws = [_raw(table, part.name, part.seen) for table, (_, part) in zip(tables, shown, strict=True)]
    return raws, _notes(hidden)


def _notes(hidden: list[str]) -> tuple[Note, ...]:
    ours = [name for name in hidden if not name.startswith("_")]
    return (Note("hidden_sheets", count=len(ours), places=tuple(ours)),) if ours else ()


def _hold_to(limits: Limits, sheets: list[tuple[str, Seen]]) -> None:
    """`Refused` when there is more than may be read."""
    for name, seen in sheets:
        if seen.bottom + 1 > limits.rows:
            raise Refused(Problem("long", name))
        if seen.right + 1 > limits.columns:
            raise Refused(Problem("wide", name))
    if sum((seen.bottom + 1) * (seen.right + 1) for _, seen in sheets) > limits.cells:
        raise Refused(Problem("large"))


def _raw(table: Any, name: str, seen: Seen) -> Raw:
    """A sheet with the values that were read; what was seen of it must fit them."""
    columns = [table.column(place) for place in range(table.num_columns)]
    if len(columns) != seen.right - seen.left + 1 or any(len(cells) != seen.bottom + 1 for cells in columns):
        raise Refused(Problem("damaged", name))
    days = tuple(pc.replace_substring_regex(whole(cells), MIDNIGHT, r"\1") for cells in columns)
    return Raw(name, with_instead(days, seen), seen)
