"""Compares two runs: every subject and measure whose outcome or amount changed, with the cause, and counts of them.

Rows are never looked at one by one: whole columns are compared, and causes are worked out once for each of the few
different ways in which verdicts differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from luoshi.rulebook.engines.sql import result_files
from luoshi.rulebook.model.blocks import Award, Measure
from luoshi.rulebook.model.outcomes import Outcome
from luoshi.rulebook.simulating.causes import Causes, Verdict, Why
from luoshi.rulebook.simulating.decided import BITS, Batch, Decided, batches, money, places_of
from luoshi.rulebook.simulating.side import Side

BETWEEN = "|"
"""Stands between several names in one cell."""
WORDS = pa.array([outcome.word for outcome in Outcome])
COUNTED = ("measure", "area", "before", "after", "conditions", "causes", "clauses")
OPEN = pa.schema([("measure", pa.string()), ("side", pa.int64()), ("unknown", BITS), ("count", pa.int64())])


def changes_schema(id_type: pa.DataType, places: int) -> pa.Schema:
    """The columns of a file of changes."""
    amounts = [(name, money(places)) for name in ("amount_before", "amount_after", "difference")]
    texts = [(name, pa.string()) for name in ("conditions", "causes", "clauses")]
    head = [("id", id_type), ("area", pa.string()), ("measure", pa.string()), ("is_award", pa.bool_())]
    return pa.schema([*head, ("before", pa.string()), ("after", pa.string()), *amounts, *texts])


@dataclass(frozen=True)
class Counts:
    """What changed, counted: by measure, area, outcomes and cause; and undetermined rows by mask before and after."""

    changes: pa.Table
    open: pa.Table


class Comparison:
    """The comparison of two runs, given the folders of their results."""

    def __init__(self, before: Side, after: Side, causes: Causes, folders: tuple[Path, Path]) -> None:
        self._sides, self._causes, self._folders = (before, after), causes, folders
        self._places = places_of([item for name in causes.touched() for item in self._measures(name) if item])
        self._changes: list[pa.Table] = []
        self._open: list[pa.Table] = []

    def registers(self) -> list[str]:
        """The registers about which something was decided that can change."""
        found = {item.register: None for name in self._causes.touched() for item in self._measures(name) if item}
        return [name for name in found if any(result_files(folder, name) for folder in self._folders)]

    def write(self, register: str, path: Path) -> int:
        """Write every change in a register to a Parquet file; how many there are."""
        names = [name for name in self._causes.touched() if self._about(name, register)]
        pairs = {name: self._measures(name) for name in names}
        columns = tuple([column for pair in pairs.values() for column in _columns(pair[side])] for side in (0, 1))
        count, writer = 0, None
        try:
            for batch in batches(self._folders, register, (columns[0], columns[1])):
                table = self._changed(batch, pairs)
                if writer is None:
                    writer = pq.ParquetWriter(path, table.schema, compression="zstd")
                writer.write_table(table)
                count += table.num_rows
        finally:
            if writer is not None:
                writer.close()
        return count

    def counts(self) -> Counts:
        """The counts over everything written."""
        sums = [("count", "sum"), ("difference", "sum")]
        gathered = pa.concat_tables([self._counted.empty_table(), *self._changes])
        changes = gathered.group_by(list(COUNTED)).aggregate(sums)
        found = pa.concat_tables([OPEN.empty_table(), *self._open])
        return Counts(
            changes.rename_columns([*COUNTED, "count", "difference"]),
            found.group_by(["measure", "side", "unknown"]).aggregate([("count", "sum")]).rename_columns(OPEN.names),
        )

    @property
    def _counted(self) -> pa.Schema:
        """The columns of counts."""
        texts = [(name, pa.string()) for name in COUNTED]
        return pa.schema([*texts, ("count", pa.int64()), ("difference", money(self._places))])

    def _measures(self, name: str) -> tuple[Measure | None, Measure | None]:
        before, after = (side.pack.measures.get(name) for side in self._sides)
        return before, after

    def _about(self, name: str, register: str) -> bool:
        return register in {item.register for item in self._measures(name) if item is not None}

    def _changed(self, batch: Batch, pairs: dict[str, tuple[Measure | None, Measure | None]]) -> pa.Table:
        """The changes in a batch: by row, then in the order of the measures."""
        schema = changes_schema(batch.column("id").type, self._places)
        tables, order = [schema.empty_table()], [np.empty(0, np.int64)]
        for name, pair in pairs.items():
            decided = [batch.decided(side, item, self._places) for side, item in enumerate(pair)]
            self._count_open(name, decided)
            rows = _rows_changed(*decided)
            tables.append(self._table(batch, name, [_taken(item, rows) for item in decided], rows).cast(schema))
            order.append(rows.to_numpy())
        table = pa.concat_tables(tables).take(np.argsort(np.concatenate(order), kind="stable"))
        counted = table.group_by(list(COUNTED)).aggregate([([], "count_all"), ("difference", "sum")])
        self._changes.append(counted.rename_columns([*COUNTED, "count", "difference"]).cast(self._counted))
        return table

    def _count_open(self, name: str, decided: list[Decided]) -> None:
        for side, item in enumerate(decided):
            masks = pc.value_counts(item.unknown.filter(item.undetermined))
            values, counts = masks.field("values"), masks.field("counts")
            head = [pa.repeat(name, len(masks)), pa.repeat(pa.scalar(side, pa.int64()), len(masks))]
            self._open.append(pa.table([*head, values, counts], schema=OPEN))

    def _table(self, batch: Batch, name: str, decided: list[Decided], rows: pa.Array) -> pa.Table:
        before, after = decided
        nothing = pa.scalar(0, before.amount.type)
        amounts = [pc.fill_null(item.amount, nothing) for item in (after, before)]
        ways, which = _ways(before, after)
        told = [self._why(name, way) for way in ways]
        measure = next(item for item in self._measures(name)[::-1] if item is not None)
        return pa.table(
            {
                "id": batch.column("id").take(rows),
                "area": batch.column("area").take(rows),
                "measure": pa.repeat(name, len(rows)),
                "is_award": pa.repeat(isinstance(measure, Award), len(rows)),
                "before": WORDS.take(before.outcome),
                "after": WORDS.take(after.outcome),
                "amount_before": before.amount,
                "amount_after": after.amount,
                "difference": pc.subtract(*amounts),
                "conditions": _texts([BETWEEN.join(why.conditions) for why in told], which),
                "causes": _texts([BETWEEN.join(change.name for change in why.changes) for why in told], which),
                "clauses": _texts([BETWEEN.join(why.clauses) for why in told], which),
            }
        )

    def _why(self, name: str, way: tuple[int, ...]) -> Why:
        *masks, differs = way
        return self._causes.why(name, Verdict(*masks[:3]), Verdict(*masks[3:]), amount_differs=bool(differs))


def _columns(measure: Measure | None) -> Iterator[str]:
    if measure is not None:
        yield from (f"{measure.id}.{name}" for name in ("outcome", "amount", "unmet", "unknown"))


def _rows_changed(before: Decided, after: Decided) -> pa.Array:
    """The places of the rows whose outcome or amount differs."""
    return pc.indices_nonzero(pc.or_(pc.not_equal(before.outcome, after.outcome), _amounts_differ(before, after)))


def _amounts_differ(before: Decided, after: Decided) -> pa.Array:
    """Which rows are eligible on both sides, for another amount."""
    nothing = pa.scalar(0, before.amount.type)
    differ = pc.not_equal(pc.fill_null(before.amount, nothing), pc.fill_null(after.amount, nothing))
    return pc.and_(pc.and_(before.eligible, after.eligible), differ)


def _taken(decided: Decided, rows: pa.Array) -> Decided:
    columns = (decided.outcome, decided.amount, decided.unmet, decided.unknown)
    return Decided(*(column.take(rows) for column in columns))


def _ways(before: Decided, after: Decided) -> tuple[list[tuple[int, ...]], np.ndarray]:
    """The different ways in which verdicts differ, and which of them each row takes."""
    columns = [before.outcome, before.unmet, before.unknown, after.outcome, after.unmet, after.unknown]
    columns.append(_amounts_differ(before, after).cast(pa.int64()))
    which = np.zeros(len(before.outcome), np.int64)
    for column in columns:
        values, places = np.unique(column.to_numpy(), return_inverse=True)
        which = np.unique(which * max(len(values), 1) + places, return_inverse=True)[1]
    _, firsts = np.unique(which, return_index=True)
    return list(zip(*(column.take(pa.array(firsts)).to_pylist() for column in columns), strict=True)), which


def _texts(texts: list[str], which: np.ndarray) -> pa.Array:
    return pa.array(texts, pa.string()).take(pa.array(which, pa.int64()))
