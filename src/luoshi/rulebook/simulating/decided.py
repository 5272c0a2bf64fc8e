"""The results of two runs side by side, in batches of the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from luoshi.rulebook.engines.sql import result_files
from luoshi.rulebook.model.blocks import Measure
from luoshi.rulebook.model.outcomes import Outcome
from luoshi.rulebook.model.types import MOST_DIGITS, Number

ROWS = 250_000
"""Rows looked at in one go: enough for the machine, few enough for its memory."""
CENTS = 2
DIGITS = MOST_DIGITS - 1  # one less than there is room for: a difference may have one more
BITS = pa.uint64()
"""The stored type of outcomes and masks while they are compared."""


@dataclass(frozen=True)
class Decided:
    """What a measure comes to for the rows of a batch; amounts are there for those eligible."""

    outcome: pa.Array
    amount: pa.Array
    unmet: pa.Array
    unknown: pa.Array

    @property
    def eligible(self) -> pa.Array:
        """Which rows are eligible."""
        return pc.equal(self.outcome, int(Outcome.ELIGIBLE))

    @property
    def undetermined(self) -> pa.Array:
        """Which rows are undetermined."""
        return pc.equal(self.outcome, int(Outcome.UNDETERMINED))


@dataclass(frozen=True)
class Batch:
    """The same rows of a register as two runs decided them."""

    sides: tuple[pa.Table, pa.Table]

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return int(self.sides[0].num_rows)

    def column(self, name: str) -> pa.ChunkedArray:
        """What both runs say alike: the id, or the area as it is afterwards."""
        return self.sides[1].column(name)

    def decided(self, side: int, measure: Measure | None, places: int) -> Decided:
        """What a measure comes to on a side; not in force where the side does not have it."""
        if measure is None:
            nothing = pa.repeat(pa.scalar(0, BITS), self.rows)
            return Decided(nothing, pa.nulls(self.rows, money(places)), nothing, nothing)
        table = self.sides[side]
        outcome, amount, unmet, unknown = (
            table.column(f"{measure.id}.{name}").combine_chunks() for name in ("outcome", "amount", "unmet", "unknown")
        )
        return Decided(outcome.cast(BITS), amount.cast(money(places)), unmet.cast(BITS), unknown.cast(BITS))


def money(places: int) -> pa.DataType:
    """The stored type of amounts."""
    return pa.decimal128(DIGITS, places)


def places_of(measures: Sequence[Measure]) -> int:
    """The decimal places that hold the amounts of all these measures."""
    return max([CENTS, *(_places(measure) for measure in measures)])


def _places(measure: Measure) -> int:
    if measure.rounding is not None:
        return measure.rounding.places
    return measure.amount.type.places if measure.amount is not None and isinstance(measure.amount.type, Number) else 0


def batches(folders: tuple[Path, Path], register: str, columns: tuple[list[str], list[str]]) -> Iterator[Batch]:
    """The results for a register in both folders, row beside row. Both runs keep the order of the ids.

    A run that decides nothing about the register lends the rows of the other.
    """
    found = [result_files(folder, register) for folder in folders]
    files = found[0] or found[1], found[1] or found[0]
    before, after = (_tables(list_, ["id", "area", *names]) for list_, names in zip(files, columns, strict=True))
    for tables in zip(before, after, strict=True):
        assert tables[0].column("id").equals(tables[1].column("id")), register
        yield Batch(tables)


def _tables(files: list[Path], columns: list[str]) -> Iterator[pa.Table]:
    for file in files:
        with pq.ParquetFile(file) as opened:
            for batch in opened.iter_batches(ROWS, columns=columns):
                yield pa.Table.from_batches([batch])
