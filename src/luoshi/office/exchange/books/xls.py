"""The records of an .xls (BIFF8): what stands in its sheets beside the values."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.office.exchange.books.compound import streams
from luoshi.office.exchange.books.places import Range
from luoshi.office.exchange.books.problems import Problem, Refused
from luoshi.office.exchange.books.raw import MOST_DIGITS, Seen, lost_digits

BOUNDSHEET, FILEPASS, DATE_1904, EOF = 0x85, 0x2F, 0x22, 0x0A
FORMULA, NUMBER, BOOLERR, MERGED, ROW, COLINFO, MULRK = 0x06, 0x203, 0x205, 0xE5, 0x208, 0x7D, 0xBD
VALUES = frozenset({NUMBER, 0x27E, 0xFD, 0x204, 0xD6, FORMULA, BOOLERR})
"""Records of one cell with a value: numbers, texts, formulas, truths and errors."""
CODES = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
HIDDEN_ROW = 0x20
WORKSHEET = 0


@dataclass(frozen=True)
class OldPart:
    """A sheet: whether it is shown (charts are not), and what was seen in it."""

    name: str
    is_shown: bool
    seen: Seen


def contents(data: bytes) -> tuple[OldPart, ...]:
    """The sheets in their order. `Refused` when the file has a password, is damaged, too old or something else."""
    found = streams(data)
    if "EncryptedPackage" in found:
        raise Refused(Problem("password"))
    if "Workbook" not in found:
        raise Refused(Problem("other_kind" if "Book" in found else "no_spreadsheet"))
    book = found["Workbook"]
    try:
        return tuple(_parts(book))
    except (struct.error, IndexError) as error:
        raise Refused(Problem("damaged")) from error


def _parts(book: bytes) -> Iterator[OldPart]:
    for kind, body in _records(book, 0):
        if kind == FILEPASS:
            raise Refused(Problem("password"))
        if kind == DATE_1904 and body[0]:
            raise Refused(Problem("dates_1904"))
        if kind == BOUNDSHEET:
            wide = body[7] & 1
            name = body[8:].decode("utf-16-le" if wide else "latin-1")
            is_shown = body[5] == WORKSHEET and not body[4] & 3
            yield OldPart(name, is_shown, _seen(book, struct.unpack_from("<I", body)[0]))


def _records(book: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of a sheet or of the book's own part, to its end."""
    while True:
        kind, length = struct.unpack_from("<HH", book, start)
        if kind == EOF:
            return
        yield kind, book[start + 4 : start + 4 + length]
        start += 4 + length


def _seen(book: bytes, start: int) -> Seen:
    seen = Seen()
    for kind, body in _records(book, start):
        if kind in VALUES:
            row, column = struct.unpack_from("<HH", body)
            seen.note_value(row, column)
            seen.formulas += kind == FORMULA
            if instead := _error(kind, body) or _lost(kind, body):
                seen.instead[row, column] = instead
        elif kind == MULRK:
            row, first = struct.unpack_from("<HH", body)
            seen.note_value(row, first)
            seen.note_value(row, struct.unpack_from("<H", body, len(body) - 2)[0])
        else:
            _note_other(seen, kind, body)
    return seen


def _note_other(seen: Seen, kind: int, body: bytes) -> None:
    if kind == MERGED:
        for top, bottom, left, right in struct.iter_unpack("<4H", body[2:]):
            seen.merged.append(Range(top, left, bottom, right))
    elif kind == ROW and struct.unpack_from("<H", body, 12)[0] & HIDDEN_ROW:
        seen.hidden_rows.append(struct.unpack_from("<H", body)[0])
    elif kind == COLINFO and body[8] & 1:
        seen.hidden_columns.append(struct.unpack_from("<HH", body))


def _error(kind: int, body: bytes) -> str:
    """The error that a cell shows, "" for none."""
    if kind == BOOLERR and body[7]:
        return CODES.get(body[6], "#N/A")
    if kind == FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        return CODES.get(body[8], "#N/A")
    return ""


def _lost(kind: int, body: bytes) -> str:
    """A number that lost digits, written so that it shows, "" for all others. Short records hold no such number."""
    if kind != NUMBER and (kind != FORMULA or body[12:14] == b"\xff\xff"):
        return ""
    number = struct.unpack_from("<d", body, 6)[0]
    return lost_digits(number) if abs(number) >= MOST_DIGITS else ""
