"""Separated texts (.csv, .txt): their encoding, their separator, their cells."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

import pyarrow as pa

from luoshi.office.exchange.books.problems import Problem, Refused
from luoshi.office.exchange.books.raw import Raw, Seen

SEPARATORS = ",\t;"
SAMPLE, BATCH, CHUNK = 50, 50_000, 1 << 20
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_GUARDED = re.compile(r'="(.*)"', re.DOTALL)
"""A text that somebody guarded against Excel taking it for a number."""
MARKED = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def read_separated(path: Path, most_rows: int, most_columns: int) -> Raw:
    """The one sheet of the file. `Refused` when it is not text, or its rows cannot be told apart."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        separator = _separator(list(islice(file, SAMPLE)))
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=separator, strict=True)
        try:
            columns = _columns(reader, most_rows, most_columns)
        except csv.Error as error:
            raise Refused(Problem("quotes", row=reader.line_num)) from error
    seen = Seen(left=0, right=len(columns) - 1, bottom=len(columns[0]) - 1 if columns else -1)
    return Raw("", columns, seen)


def _encoding(path: Path) -> str:
    """The encoding in which the whole file can be read and is text."""
    with path.open("rb") as file:
        start = file.read(3)
    marked = next((name for mark, name in MARKED.items() if start.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        if _fits(path, encoding):
            return encoding
    raise Refused(Problem("no_spreadsheet"))


def _fits(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            return not any(_CONTROL.search(chunk) for chunk in iter(lambda: file.read(CHUNK), ""))
    except UnicodeError:
        return False


def _separator(lines: list[str]) -> str:
    """The separator with which most lines have the same, and the most, cells; the comma when none has more."""
    found = {sign: Counter(line.count(sign) for line in lines if line.strip()) for sign in SEPARATORS}
    return max(SEPARATORS, key=lambda sign: max(found[sign].items(), key=lambda pair: (pair[0] > 0, pair[1]))[0])


def _columns(reader: Iterator[list[str]], most_rows: int, most_columns: int) -> tuple[Any, ...]:
    pieces: list[list[Any]] = []
    done = 0
    while batch := list(islice(reader, BATCH)):
        cells = list(zip_longest(*batch, fillvalue=""))
        if len(cells) > most_columns:
            raise Refused(Problem("wide"))
        if done + len(batch) > most_rows:
            raise Refused(Problem("long"))
        pieces += [[pa.nulls(done, pa.string())] for _ in range(len(cells) - len(pieces))]
        for place, kept in enumerate(pieces):
            texts = map(_plain, cells[place]) if place < len(cells) else ()
            kept.append(pa.array(texts, pa.string()) if texts else pa.nulls(len(batch), pa.string()))
        done += len(batch)
    return tuple(pa.concat_arrays(kept) for kept in pieces)


def _plain(text: str) -> str:
    """A text without the guards that keep Excel from taking it for a number.

    >>> _plain('="0123"'), _plain("'0123"), _plain("=1+1")
    ('0123', '0123', '=1+1')
    """
    if text[:1] == "'" and text[1:2].isdigit():
        return text[1:]
    guarded = _GUARDED.fullmatch(text) if text[:1] == "=" else None
    return guarded[1] if guarded else text
