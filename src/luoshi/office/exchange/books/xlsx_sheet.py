"""A walk through one sheet of an .xlsx: everything that matters about its cells beside their values.

A sheet of a hundred thousand rows has millions of cells, so little is done for each: what a cell was is looked at when
the next one begins, and signs are gathered without a function of ours.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import IO

from luoshi.office.exchange.books.places import column_of, range_of
from luoshi.office.exchange.books.raw import MOST_DIGITS, Seen, lost_digits
from luoshi.office.exchange.books.sheets import NO_VALUE
from luoshi.office.exchange.books.xml_parts import Attributes, new_parser, parse

DAY_ZERO = date(1899, 12, 30)
LAST_SERIAL = 2_958_465
SHOWN_DIGITS = 15
DIGITS = "0123456789"
NUMBER, ERROR, FORMULA_TEXT = "n", "e", "str"
TRUE = frozenset({"1", "true"})


def walk(file: IO[bytes], dayless: frozenset[int]) -> Seen:
    """What is seen in the sheet; `dayless` are the styles that show a date without its day."""
    walker = _Walker(frozenset(map(str, dayless)))
    parser = new_parser()

    def first(name: str, _: Attributes) -> None:
        prefix, colon, _rest = name.rpartition(":")
        walker.know(prefix + colon)
        parser.StartElementHandler = walker.start

    parser.StartElementHandler = first
    parser.CharacterDataHandler = walker.signs.append
    parse(parser, file)
    walker.end_cell()
    return walker.seen


class _Walker:
    """Keeps the cell that is being read. The names of elements get the prefix that the file gives them."""

    def __init__(self, dayless: frozenset[str]) -> None:
        self.seen = Seen()
        self.signs: list[str] = []
        self._dayless = dayless
        self._columns: dict[str, int] = {}
        self._row = self._column = -1
        self._kind, self._style = "", ""
        self._formula = self._has_value = False
        self._cell, self._value = "c", "v"
        self._others = {"f": self._note_formula, "is": self._inline, "row": self._new_row}
        self._others |= {"col": self._hidden_columns, "mergeCell": self._merged}

    def know(self, prefix: str) -> None:
        """The first element told the prefix of all others."""
        self._cell, self._value = f"{prefix}c", f"{prefix}v"
        self._others = {f"{prefix}{name}": take for name, take in self._others.items()}

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        if name == self._cell:
            self.end_cell()
            self._begin_cell(attributes)
        elif name == self._value:
            self.signs.clear()
            self._has_value = True
        elif name in self._others:
            self._others[name](attributes)
        else:
            self.end_cell()

    def end_cell(self) -> None:
        """What the last cell was is noted."""
        if not self._kind:
            return
        kind = self._kind
        instead = ""
        if kind in {NUMBER, ERROR} or self._formula:
            text = "".join(self.signs).strip() if self._has_value else ""
            self._has_value = bool(text) or (self._has_value and kind == FORMULA_TEXT)
            instead = self._instead(text)
        if self._has_value or instead:
            self.seen.note_value(self._row, self._column)
        if instead:
            self.seen.instead[self._row, self._column] = instead
        self._kind = ""

    def _begin_cell(self, attributes: Attributes) -> None:
        place = attributes.get("r")
        if place is None:
            self._column += 1
        else:
            letters = place.rstrip(DIGITS)
            column = self._columns.get(letters)
            self._column = self._columns.setdefault(letters, column_of(letters)) if column is None else column
        self.signs.clear()
        self._kind, self._style = attributes.get("t", NUMBER), attributes.get("s", "0")
        self._formula = self._has_value = False

    def _instead(self, text: str) -> str:
        """The text for a cell whose value alone would hide what it is, "" for all others."""
        if not self._has_value:
            return NO_VALUE if self._formula else ""
        if self._kind == ERROR:
            return text
        if self._kind != NUMBER:
            return ""
        if len(text) > SHOWN_DIGITS and abs(float(text)) >= MOST_DIGITS:
            return lost_digits(float(text))
        return _month(float(text)) if self._style in self._dayless else ""

    def _new_row(self, attributes: Attributes) -> None:
        self.end_cell()
        self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
        self._column = -1
        if attributes.get("hidden") in TRUE:
            self.seen.hidden_rows.append(self._row)

    def _inline(self, _: Attributes) -> None:
        self._has_value = True

    def _note_formula(self, _: Attributes) -> None:
        self._formula = True
        self.seen.formulas += 1

    def _hidden_columns(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in TRUE:
            self.seen.hidden_columns.append((int(attributes["min"]) - 1, int(attributes["max"]) - 1))

    def _merged(self, attributes: Attributes) -> None:
        merged = range_of(attributes.get("ref", ""))
        if merged:
            self.seen.merged.append(merged)


def _month(serial: float) -> str:
    """The month of a day's number, "" for a number that is no day."""
    return f"{DAY_ZERO + timedelta(days=int(serial)):%Y-%m}" if 1 <= serial <= LAST_SERIAL else ""
