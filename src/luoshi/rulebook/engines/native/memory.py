"""The memory that compiled code works on: the cells of every column and record of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from threading import Lock
from typing import Any

import numpy as np

from luoshi.rulebook.engines.native.cells import NOWHERE, Shape, blank_of
from luoshi.rulebook.engines.native.days import day_number
from luoshi.rulebook.engines.native.deciding import CODE_LENGTH
from luoshi.rulebook.engines.native.forging import BYTE, NARROW, WORD, Column
from luoshi.rulebook.engines.native.lowering import LATER, WRITTEN
from luoshi.rulebook.engines.native.numbers import scaled
from luoshi.rulebook.engines.native.planning import BY_CODE, FROM, INTO, LINEAGE, Plan
from luoshi.rulebook.engines.native.registers import Registers
from luoshi.rulebook.inputs.arrow import DIVISIONS
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model.nodes import Value
from luoshi.rulebook.values.area_code import lineage

NUMPY = {BYTE: np.int8, NARROW: np.int32, WORD: np.int64}


def cells_of(values: Iterable[int], width: int) -> Any:
    """Whole numbers as cells of so many bits."""
    if width in NUMPY:
        return np.array(list(values), NUMPY[width])
    return np.frombuffer(b"".join(value.to_bytes(width // 8, "little", signed=True) for value in values), np.uint8)


class Memory:
    """The cells of a run. What is given is there from the start; the rest is made when it is first asked for."""

    def __init__(self, plan: Plan, registers: Registers, settings: Settings) -> None:
        self.plan, self.registers, self.settings = plan, registers, settings
        places = [registers.domain(domain).place(word) for domain, word in plan.asked.written]
        self._codes: list[str] = registers.domain(DIVISIONS).words().to_pylist()
        self._cells: dict[str | Column, Any] = {}
        self._making = Lock()
        self._made = {("", WRITTEN): lambda: np.array(places, np.int32), (DIVISIONS, CODE_LENGTH): self._lengths}
        self.lineage: tuple[Any, Any] = self._lineage()
        self._made |= {(LINEAGE, FROM): lambda: self.lineage[0], (LINEAGE, INTO): lambda: self.lineage[1]}

    def rows(self, register: str) -> int:
        """How many rows a register has."""
        return len(self.lineage[0]) if register == LINEAGE else self.registers.held[register].rows

    def cells(self, item: str | Column) -> Any:
        """The cells of a column, or the records of a name. There is always one row, so that it may be read.

        They are made once, whichever thread asks first: code goes on using the address.
        """
        with self._making:
            if item not in self._cells:
                found = self._column(item) if isinstance(item, Column) else self._records(item)
                self._cells[item] = np.ascontiguousarray(found) if len(found) else np.zeros(64, np.uint8)
            return self._cells[item]

    def put(self, column: Column, cells: Any) -> None:
        """Give a column the cells that were found for it."""
        self._cells[column] = cells

    def clear(self) -> None:
        """Give all cells back: everything has been decided."""
        self._cells.clear()

    def _records(self, record: str) -> Any:
        """Empty records."""
        return np.zeros(self.size(record), np.uint8)

    def size(self, record: str) -> int:
        """The bytes of all records of a name: one for every row of their register, or every code of an area."""
        subject = record.split(" of ")[0]
        rows = len(self._codes) if record.endswith(BY_CODE) else self.registers.held[subject].rows
        return rows * self.plan.layout.sizes[record]

    def _column(self, column: Column) -> Any:
        key = column.register, column.name
        if key in self._made:
            return self._made[key]()
        held = self.registers.held.get(column.register)
        if held is not None and column.name in held.cells:
            return held.cells[column.name]
        if column.register == DIVISIONS and column.name.startswith("$"):
            return self._regional(column.name[1:])
        return np.empty(self.rows(column.register) * (column.width // 8), np.uint8)

    def _lengths(self) -> Any:
        return np.array([len(code) for code in self._codes], np.int8)

    def _lineage(self) -> tuple[Any, Any]:
        """Every code that occurs beside every row of an area that it lies in."""
        rows = {code: row for row, code in enumerate(self._codes[: self.registers.domain(DIVISIONS).rows])}
        pairs = [
            (place, rows[area]) for place, code in enumerate(self._codes) for area in lineage(code) if area in rows
        ]
        listed = np.array(pairs, np.int32).reshape(-1, 2)
        return listed[:, 0].copy(), listed[:, 1].copy()

    def _regional(self, name: str) -> Any:
        """A setting as it holds where no area is known, and in every area that occurs."""
        _, shape = self.plan.asked.regional[name]
        if not self.settings.areas(name):
            everywhere = self._cell(self.settings.value(name, None), shape)
            return np.tile(cells_of([everywhere], shape.width), len(self._codes) + 1)
        codes = (None, *self._codes)
        return cells_of((self._cell(self.settings.value(name, code), shape) for code in codes), shape.width)

    def hold(self, settings: Settings) -> None:
        """Settings that are tried hold these values from now on: what rests on them has to be computed again."""
        self.settings = settings
        for column, _ in self.plan.asked.regional.values():
            if column.stage == LATER:
                self._cells.pop(column, None)

    def _cell(self, value: Value | None, shape: Shape) -> int:
        if value is None:
            return blank_of(shape)
        if isinstance(value, bool):
            return int(value)
        if isinstance(value, date):
            return day_number(value)
        if isinstance(value, str):
            return self.registers.domain(shape.domain).place(value)
        return scaled(value, shape.places)


def different(owners: Any, cells: Any, nothing: int, rows: int) -> Any:
    """How many different cells each row owns, not counting those that hold nothing."""
    there = (owners > NOWHERE) & (owners < rows) & (cells != nothing)
    owners, cells = owners[there], cells[there]
    if cells.dtype.itemsize <= NARROW // 8:  # a pair is one machine word, and words are sorted quickly
        pairs = np.sort(owners.astype(np.int64) << NARROW | cells.astype(np.int64) & 0xFFFF_FFFF)
        owners, cells = pairs >> NARROW, pairs
    else:
        order = np.lexsort((cells, owners))
        owners, cells = owners[order], cells[order]
    first = np.ones(len(owners), bool)
    first[1:] = (owners[1:] != owners[:-1]) | (cells[1:] != cells[:-1])
    return np.bincount(owners[first], minlength=rows).astype(np.int32)
