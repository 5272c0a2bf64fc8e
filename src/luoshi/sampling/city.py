"""The city while it is sampled: its areas, the registers sampled so far, and the rows being drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from luoshi.rulebook.model.blocks import Register
from luoshi.rulebook.model.types import Bool, Code, Date, Number, Ref, Type
from luoshi.sampling.areas import Areas
from luoshi.sampling.columns import Array, Column, Table
from luoshi.sampling.streams import Streams
from luoshi.sampling.vocabulary import Check, Condition

AREA = "area"
MOST_EVEN = 20_000
MONTH = "_month"


@dataclass
class City:
    """Areas and registers. The register `area` is the list of divisions itself, in code order.

    `short` counts the rows, by register and field, that found nothing to refer to.
    """

    areas: Areas
    registers: Mapping[str, Register]
    tables: dict[str, Table] = field(default_factory=dict)
    short: Counter[str] = field(default_factory=Counter)

    def run_short(self, name: tuple[str, ...], rows: int) -> None:
        """Note that some rows of a field found nothing to refer to."""
        self.short[".".join(name[:2])] += rows

    def follow(self, table: Table, path: str) -> Column:
        """The values at the end of a path that begins at a table's rows."""
        head, _, rest = path.partition(".")
        column = table.columns[head]
        if not rest:
            return column
        assert isinstance(column.type, Ref)
        return self.follow(self.tables[column.type.register], rest).take(column.rows())

    def area_path(self, register: str) -> str | None:
        """The path from a register's row to its area, as the pack declares it."""
        definition = self.registers.get(register)
        return ".".join(definition.area) if definition and definition.area else None

    def areas_of(self, table: Table, path: str | None = None) -> Array:
        """The area of each row, as an index; -1 where unknown."""
        if table.register == AREA:
            return np.arange(table.count)
        path = path or self.area_path(table.register)
        return np.full(table.count, -1) if path is None else self.follow(table, path).rows()


@dataclass
class Scope:
    """The rows of a table for which something is drawn, and the name under which its random numbers run."""

    city: City
    table: Table
    streams: Streams
    name: tuple[str, ...]
    rows: Array | None = None
    first_serial: int = 1

    @property
    def count(self) -> int:
        """How many rows."""
        return self.table.count if self.rows is None else len(self.rows)

    def column(self, path: str) -> Column:
        """The values at the end of a path."""
        column = self.city.follow(self.table, path)
        return column if self.rows is None else column.take(self.rows)

    def areas(self, path: str | None) -> Array:
        """The areas of the rows."""
        areas = self.city.areas_of(self.table, path)
        return areas if self.rows is None else areas[self.rows]

    def serials(self) -> Array:
        """The number of each row in its table, in the order in which rows are drawn."""
        return self.first_serial + (np.arange(self.count) if self.rows is None else self.rows)

    def random(self, purpose: str = "") -> np.random.Generator:
        """The generator for a purpose within this draw."""
        return self.streams.of(*self.name, purpose)

    def luck(self, purpose: str = "") -> Array:
        """A number from 0 to 1 for each row; few rows are spread out evenly, so that small shares are met exactly."""
        random, count = self.random(purpose), self.count
        luck = random.random(count)
        if count <= MOST_EVEN:
            luck = (random.permutation(count) + luck) / max(count, 1)
        return luck

    def part(self, mask: Array, name: str) -> Scope:
        """Only the rows of a mask."""
        rows = np.flatnonzero(mask) if self.rows is None else self.rows[mask]
        return replace(self, rows=rows, name=(*self.name, name))

    def child(self, name: str) -> Scope:
        """The same rows under another name."""
        return replace(self, name=(*self.name, name))

    def fits(self, condition: Condition) -> Array:
        """Which rows fit a condition."""
        fits = np.ones(self.count, dtype=bool)
        for path, test in condition.items():
            fits &= passes(self.column(path), test, self.city.areas)
        return fits


def passes(column: Column, test: Check, areas: Areas) -> Array:
    """Which values pass a test. An unknown value passes only `known: false`."""
    if test.known is not None:
        asked: Array = column.mask() == test.known
        return asked
    passed = column.mask().copy()
    if test.any_of is not None:
        passed &= _among(column, test.any_of, areas)
    if test.none_of is not None:
        passed &= ~_among(column, test.none_of, areas)
    if test.least is not None:
        passed &= column.values >= internal(column.type, test.least, areas)
    if test.most is not None:
        passed &= column.values <= internal(column.type, test.most, areas)
    if test.below is not None:
        passed &= column.values < internal(column.type, test.below, areas)
    return passed


def _among(column: Column, texts: list[str], areas: Areas) -> Array:
    if column.type == Ref(AREA):
        starts = [areas.index[text] for text in texts]
        parts = [(column.values >= start) & (column.values < areas.ends[start]) for start in starts]
        inside: Array = np.logical_or.reduce(parts)
        return inside
    if column.words is not None:
        wanted = [index for index, word in enumerate(column.words) if word in set(texts)]
        return np.isin(column.values, wanted)
    return np.isin(column.values, [internal(column.type, text, areas) for text in texts])


def internal(kind: Type, text: str, areas: Areas) -> int:
    """A written value as columns hold it."""
    if isinstance(kind, Bool):
        return int(text == "true")
    if isinstance(kind, Number):
        return round(float(text) * 10.0**kind.places)
    if isinstance(kind, Date):
        return int(np.datetime64(text, "D").astype(np.int64))
    if isinstance(kind, Code):
        return kind.codes.index(text)
    return areas.index[text]
