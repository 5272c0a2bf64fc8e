"""Tables of a pack as nested choices: exact keys and bands by halving, so that long tables stay cheap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from luoshi.rulebook.engines.sql.meaning.expressions import Expr
from luoshi.rulebook.engines.sql.meaning.forging import Forge
from luoshi.rulebook.model.blocks import Band, TableRow
from luoshi.rulebook.model.nodes import Value

FEW = 4


@dataclass(frozen=True)
class KeyColumn:
    """A key of a lookup: its column, and its comparison with a written value."""

    expr: Expr
    compare: Callable[[str, Value], Expr]


def lookup(
    make: Forge, keys: Sequence[KeyColumn], rows: Sequence[TableRow], value: Callable[[Value], Expr], none: Expr
) -> Expr:
    """The value of the row that fits, unknown where none does or a key is unknown."""
    unknown = make.either(*[make.missing(key.expr) for key in keys])
    return make.case((unknown, none), otherwise=_Search(make, keys, value, none).among(list(rows), 0))


class _Search:
    def __init__(self, make: Forge, keys: Sequence[KeyColumn], value: Callable[[Value], Expr], none: Expr) -> None:
        self.make, self.keys, self.value, self.none = make, keys, value, none

    def among(self, rows: list[TableRow], level: int) -> Expr:
        """The value among rows that fit all keys before `level`."""
        if not rows:
            return self.none
        if len(rows) <= FEW or level == len(self.keys):
            return self.make.case(
                *[(self._fits(row, level), self.value(row.value)) for row in rows], otherwise=self.none
            )
        if isinstance(rows[0].keys[level], Band):
            return self._bands(rows, level)
        return self._exact(rows, level)

    def _exact(self, rows: list[TableRow], level: int) -> Expr:
        key, by_value = self.keys[level], _gathered(rows, level)
        if len(by_value) > FEW:
            middle = sorted(by_value)[len(by_value) // 2]
            below = [row for row in rows if row.keys[level] < middle]
            above = [row for row in rows if row.keys[level] >= middle]
            return self.make.case(
                (key.compare("<", middle), self._exact(below, level)), otherwise=self._exact(above, level)
            )
        arms = [(key.compare("=", item), self.among(found, level + 1)) for item, found in by_value.items()]
        return self.make.case(*arms, otherwise=self.none)

    def _bands(self, rows: list[TableRow], level: int) -> Expr:
        """Halved at the middle border; a row whose band lies across it is found on both sides."""
        borders = sorted({edge for row in rows for edge in _edges(row.keys[level])})
        if not borders:
            return self.among(rows, level + 1)
        middle = borders[len(borders) // 2]
        below = [cut for row in rows if (cut := _part_below(row, level, middle))]
        above = [cut for row in rows if (cut := _part_above(row, level, middle))]
        return self.make.case(
            (self.keys[level].compare("<", middle), self.among(below, level)), otherwise=self.among(above, level)
        )

    def _fits(self, row: TableRow, level: int) -> Expr:
        return self.make.every(
            *[self._cell(key, cell) for key, cell in zip(self.keys[level:], row.keys[level:], strict=True)]
        )

    def _cell(self, key: KeyColumn, cell: Value | Band) -> Expr:
        if not isinstance(cell, Band):
            return key.compare("=", cell)
        tests = [key.compare(">=", cell.start)] if cell.start is not None else []
        tests += [key.compare("<", cell.below)] if cell.below is not None else []
        return self.make.every(*tests)


def _gathered(rows: list[TableRow], level: int) -> dict[Any, list[TableRow]]:
    found: dict[Any, list[TableRow]] = {}
    for row in rows:
        found.setdefault(row.keys[level], []).append(row)
    return found


def _edges(cell: Any) -> list[Any]:
    return [edge for edge in (cell.start, cell.below) if edge is not None]


def _part_below(row: TableRow, level: int, border: Any) -> TableRow | None:
    """The row for keys below a border, its band open where the border already says so."""
    band = row.keys[level]
    assert isinstance(band, Band)
    if band.start is not None and band.start >= border:
        return None
    inside = band.below is not None and band.below < border
    return _with(row, level, Band(band.start, band.below if inside else None))


def _part_above(row: TableRow, level: int, border: Any) -> TableRow | None:
    """The row for keys from a border on, its band open where the border already says so."""
    band = row.keys[level]
    assert isinstance(band, Band)
    if band.below is not None and band.below <= border:
        return None
    inside = band.start is not None and band.start > border
    return _with(row, level, Band(band.start if inside else None, band.below))


def _with(row: TableRow, level: int, band: Band) -> TableRow:
    return replace(row, keys=(*row.keys[:level], band, *row.keys[level + 1 :]))
