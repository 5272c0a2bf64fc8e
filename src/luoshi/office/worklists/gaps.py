"""What the undetermined subjects of a run wait for, worked out for whole registers at a time, and kept as files.

A cell counts as missing where it is blank and stands in a condition that could not be decided. It may turn out not to
matter, when another cell decides the condition first; so all figures are what is waiting at most.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from luoshi.office.registry.shape import DIVISIONS
from luoshi.office.worklists.leaves import Cell, Leaf, Leaves, Ledger, Setting
from luoshi.office.worklists.snapshots import Snapshot, numbers
from luoshi.rulebook.engines.sql import result_files
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model.blocks import Measure, Pack
from luoshi.rulebook.model.outcomes import Outcome, amount_bit

SCHEMA = pa.schema([("row", pa.int64()), ("area", pa.string()), ("subject", pa.int64()), ("measure", pa.string())])
OTHER = "other"


class Name(NamedTuple):
    """One missing thing, as in `Gap`."""

    kind: str
    register: str
    name: str


def gap_file(folder: Path, name: Name) -> Path:
    """The file of everything that waits for one missing thing: row to fill in, area, subject, measure."""
    return folder / f"{name.kind}~{name.register}~{name.name}.parquet"


@dataclass
class GapFiles:
    """Writes the files of one run. To be used in `with`; the folder appears when it is whole."""

    folder: Path
    _writers: dict[Name, pq.ParquetWriter] = field(default_factory=dict)

    @cached_property
    def _half(self) -> Path:
        return self.folder.with_name(f".{self.folder.name}.half")

    def __enter__(self) -> GapFiles:
        shutil.rmtree(self._half, ignore_errors=True)
        self._half.mkdir(parents=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for writer in self._writers.values():
            writer.close()
        if kind is None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self._half.rename(self.folder)
        else:
            shutil.rmtree(self._half, ignore_errors=True)

    def add(self, name: Name, rows: Any, found: Any, measure: str) -> None:
        """Add what waits: the row to fill in for each subject of `found` (id and area)."""
        if len(rows) == 0:
            return
        if name not in self._writers:
            self._writers[name] = pq.ParquetWriter(gap_file(self._half, name), SCHEMA, compression="zstd")
        measures = pa.repeat(pa.scalar(measure), len(rows))
        self._writers[name].write_table(
            pa.Table.from_arrays([rows, found["area"], found["id"], measures], SCHEMA.names)
        )


@dataclass(frozen=True)
class Gaps:
    """Finds what one measure after another waits for."""

    snapshot: Snapshot
    settings: Settings
    results: Path
    files: GapFiles

    @property
    def pack(self) -> Pack:
        """The policy as it was decided."""
        return self.snapshot.pack

    def of(self, measure: Measure) -> None:
        """Write what the undetermined subjects of a measure wait for."""
        open_ones = self._undetermined(measure)
        if open_ones is None or open_ones.num_rows == 0:
            return
        explained = pa.array([False] * open_ones.num_rows)
        for bit, leaves in enumerate(self._leaves(measure)):
            mask = open_ones["unknown"].combine_chunks().cast(pa.uint64())
            waits = pc.not_equal(pc.bit_wise_and(mask, pa.scalar(1 << bit, pa.uint64())), pa.scalar(0, pa.uint64()))
            asked = open_ones.filter(waits)
            if asked.num_rows:
                told = pc.is_in(open_ones["id"], value_set=self._missing(measure, leaves, asked))
                explained = pc.or_(explained, pc.and_(waits, told.combine_chunks()))
        rest = open_ones.filter(pc.invert(explained))
        self.files.add(Name(OTHER, measure.register, measure.id), rest["id"], rest, measure.id)

    def _leaves(self, measure: Measure) -> Iterator[tuple[Leaf, ...]]:
        """The leaves behind every bit of the mask: of each condition, then of the amount."""
        found = Leaves(self.pack)
        for condition in measure.conditions:
            yield found.of(condition.test, measure.register)
        if measure.amount is not None:
            assert amount_bit(measure) == len(measure.conditions)
            yield found.of(measure.amount, measure.register)

    def _undetermined(self, measure: Measure) -> Any:
        files = result_files(self.results, measure.register)
        if not files:
            return None
        columns = {"id": pc.field("id"), "area": pc.field("area"), "unknown": pc.field(f"{measure.id}.unknown")}
        there = pc.field(f"{measure.id}.outcome") == pa.scalar(int(Outcome.UNDETERMINED), pa.uint8())
        found = ds.dataset(files).to_table(columns=columns, filter=there)
        ids = pa.chunked_array([numbers(found["id"].combine_chunks())])
        return found.set_column(0, "id", ids).set_column(1, "area", pc.fill_null(found["area"], ""))

    def _missing(self, measure: Measure, leaves: tuple[Leaf, ...], asked: Any) -> Any:
        """Write what is missing among leaves; the ids of the subjects for which something is."""
        explained: list[Any] = []
        for leaf in leaves:
            for name, rows, found in self._found(measure, leaf, asked):
                self.files.add(name, rows, found, measure.id)
                explained.append(found["id"].combine_chunks())
        return pa.concat_arrays(explained) if explained else pa.array([], pa.int64())

    def _found(self, measure: Measure, leaf: Leaf, asked: Any) -> Iterator[tuple[Name, Any, Any]]:
        if isinstance(leaf, Setting):
            yield self._unset(leaf, asked)
        elif isinstance(leaf, Ledger):
            if not self.snapshot.keeps(leaf.register):
                yield Name("fact", leaf.register, ""), asked["id"], asked
        elif self.snapshot.has(leaf.register, leaf.name):
            blank = self._blank_members if leaf.members else self._blank
            yield blank(measure, leaf, asked)

    def _unset(self, leaf: Setting, asked: Any) -> tuple[Name, Any, Any]:
        """The subjects in whose area nobody has set a parameter."""
        areas = pc.unique(asked["area"]).to_pylist()
        unset = [code for code in areas if self.settings.value(leaf.name, code or None) is None]
        found = asked.filter(pc.is_in(asked["area"], value_set=pa.array(unset, pa.string())))
        return Name("parameter", "", leaf.name), found["id"], found

    def _blank(self, measure: Measure, leaf: Cell, asked: Any) -> tuple[Name, Any, Any]:
        """The subjects of whom, or of a row they lead to, a cell is blank."""
        rows = self.snapshot.rows_at(measure.register, asked["id"].combine_chunks(), leaf.path)
        blank = self._is_blank(leaf, rows)
        return Name(leaf.kind, leaf.register, leaf.name), rows.filter(blank), asked.filter(blank)

    def _blank_members(self, measure: Measure, leaf: Cell, asked: Any) -> tuple[Name, Any, Any]:
        """The subjects to whom a row leads of which, or of a row that it leads to, a cell is blank."""
        name = Name(leaf.kind, leaf.register, leaf.name)
        members = self.snapshot.column(leaf.members, "id") if self.snapshot.keeps(leaf.members) else None
        if members is None or measure.register == DIVISIONS:
            return name, pa.array([], pa.int64()), asked.slice(0, 0)
        owners = self.snapshot.rows_at(leaf.members, members, leaf.via)
        rows = self.snapshot.rows_at(leaf.members, members, leaf.path)
        places = pc.index_in(owners, value_set=asked["id"].combine_chunks())
        blank = pc.and_(self._is_blank(leaf, rows), places.is_valid())
        return name, rows.filter(blank), asked.take(places.filter(blank))

    def _is_blank(self, leaf: Cell, rows: Any) -> Any:
        """Where a row is there and its cell is not; a reference that leads nowhere is a blank of its own."""
        known = self.snapshot.cells(leaf.register, leaf.name, rows)
        there = pc.is_in(rows, value_set=self.snapshot.column(leaf.register, "id"))
        if pa.types.is_boolean(known.type):
            return pc.and_(there, pc.invert(pc.fill_null(known, False)))
        return pc.and_(there, known.is_null())


class Waiting(NamedTuple):
    """What waits in an area for one missing thing, as in `Gap`."""

    rows: int
    subjects: int
    decisions: Mapping[str, int]


def waiting(file: Path) -> dict[str, Waiting]:
    """What waits for one missing thing, by area; decisions by measure."""
    table = pq.read_table(file)
    table = table.set_column(1, "area", table["area"].cast(pa.string()))
    distinct = table.group_by("area").aggregate([("row", "count_distinct"), ("subject", "count_distinct")])
    found = {
        row["area"]: Waiting(row["row_count_distinct"], row["subject_count_distinct"], {})
        for row in distinct.to_pylist()
    }
    by_measure = table.group_by(["area", "measure"]).aggregate([("subject", "count_distinct")])
    for row in by_measure.to_pylist():
        assert isinstance(decisions := found[row["area"]].decisions, dict)
        decisions[row["measure"]] = row["subject_count_distinct"]
    return found
