"""Takes the registers of a run in, checked: nothing is computed from data that cannot be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from luoshi.rulebook.bulk.needs import columns_read
from luoshi.rulebook.bulk.wanted import Wanted, nodes_wanted, subjects
from luoshi.rulebook.engines.native.checking import (
    Given,
    as_used,
    check_cells,
    check_ids,
    is_usable,
    rises,
    type_of,
)
from luoshi.rulebook.engines.native.kept import KeptFolder, describe, find_kept, forget_others, place_of
from luoshi.rulebook.engines.native.registers import Registers
from luoshi.rulebook.engines.native.shelf import Shelf
from luoshi.rulebook.engines.native.workers import workers
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Findings, Refused, Where
from luoshi.rulebook.model.types import Share

Source = Path | Mapping[str, pa.Table]
UNREADABLE = (pa.ArrowException, OSError)


class _Table:
    """A given register, read column by column, by several threads."""

    def __init__(self, given: pa.Table | Path) -> None:
        self._given = given
        schema = given.schema if isinstance(given, pa.Table) else pq.read_schema(given)
        self.types: dict[str, pa.DataType] = {item.name: item.type for item in schema}

    def column(self, name: str) -> pa.Array:
        """One column as a whole; texts that occur again and again are read once each."""
        given = self._given
        if not isinstance(given, pa.Table):
            again = [name] if name != "id" and pa.types.is_string(self.types[name]) else []
            given = pq.ParquetFile(given, read_dictionary=again).read([name], use_threads=False)
        chunks = given.column(name).combine_chunks()
        return pa.concat_arrays(chunks.chunks) if isinstance(chunks, pa.ChunkedArray) else chunks


@dataclass(frozen=True)
class Wish:
    """What is to be taken in: for which pack, what is wanted of it, and from where."""

    pack: Pack
    wanted: Wanted
    source: Source


def take(wish: Wish, threads: int, shelf: Shelf | None = None) -> Registers:
    """Every register that a run reads, or `Refused` with every finding.

    What a folder keeps of its files is mapped. Else columns are put on the shelf; without one they are all in memory.
    """
    taking = _Taking(wish, threads, shelf)
    return taking.kept() or taking.anew()


def ingest(wish: Wish, threads: int) -> Path:
    """Take registers in from a folder and keep them there, so that `take` finds them until the files change."""
    assert isinstance(wish.source, Path)
    pack_id = wish.pack.policy.id
    place = place_of(wish.source, pack_id, _opened(wish.pack, wish.source, Findings()))
    with KeptFolder(place) as folder:
        taking = _Taking(wish, threads, Shelf(folder.result))
        describe(taking.anew(), taking.columns())
    forget_others(place, pack_id)
    return place


def _refuse(findings: Findings) -> None:
    if findings:
        raise Refused(findings.sorted())


def _opened(pack: Pack, source: Source, findings: Findings) -> dict[str, _Table]:
    """The registers of the pack that the source has. A folder may hold files of other packs too."""
    if isinstance(source, Mapping):
        for name in source.keys() - pack.registers.keys():
            findings.add("DATA-002", Where(file=name), register=name, known=sorted(pack.registers))
        return {name: _Table(source[name]) for name in pack.registers if name in source}
    found = {}
    for name in pack.registers:
        path = Path(source) / f"{name}.parquet"
        if path.is_file():
            with _Damage(name, findings):
                found[name] = _Table(path)
    return found


class _Damage:
    """Makes a finding of what goes wrong when a file is read."""

    def __init__(self, register: str, findings: Findings) -> None:
        self.register, self.findings = register, findings

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, problem: BaseException | None, trace: object) -> bool:
        if not isinstance(problem, UNREADABLE):
            return False
        told = str(problem).splitlines()[0]
        self.findings.add("DATA-011", Where(file=self.register), register=self.register, problem=told)
        return True


class _Taking:
    """Reads, checks and takes in columns."""

    def __init__(self, wish: Wish, threads: int, shelf: Shelf | None) -> None:
        self.pack, self.source, self.threads, self.shelf = wish.pack, wish.source, threads, shelf
        self.findings = Findings()
        self.tables = _opened(wish.pack, wish.source, self.findings)
        if not self.tables and not self.findings:
            self.findings.add("DATA-001", Where(), known=sorted(wish.pack.registers))
        _refuse(self.findings)
        about = subjects(wish.pack, self.tables, wish.wanted)
        read = columns_read(wish.pack, nodes_wanted(wish.pack, self.tables, wish.wanted), about)
        self.read = {name: read[name] for name in self.tables if name in read}
        self.ids: dict[str, pa.Array] = {}
        self.order: dict[str, Any] = {}

    def columns(self) -> dict[str, dict[str, str]]:
        """The columns that are read and there, each with what it is."""
        found: dict[str, dict[str, str]] = {}
        for name, columns in self.read.items():
            there = [column for column in sorted(columns) if column in self.tables[name].types]
            taken = [column for column in there if not self._is_left_out(name, column)]
            found[name] = {column: self._told(name, column) for column in taken}
        return found

    def _told(self, register: str, column: str) -> str:
        """What a column is: its type, and what a blank says."""
        never = " blank is never" if self._is_never(register, column) else ""
        return f"{type_of(self.pack, register, column)!r}{never}"

    def _is_never(self, register: str, column: str) -> bool:
        """Whether a blank says that something has not ended."""
        field = self.pack.registers[register].fields.get(column)
        return field is not None and field.blank_never

    def kept(self) -> Registers | None:
        """The registers as the folder keeps them."""
        if not isinstance(self.source, Path):
            return None
        return find_kept(place_of(self.source, self.pack.policy.id, self.tables), self.columns())

    def anew(self) -> Registers:
        """The columns that are read, of the registers that have them."""
        for name in self.read:
            with _Damage(name, self.findings):
                self._take_ids(name)
        found = Registers({} if self.findings else {name: self._kept_ids(name) for name in self.ids}, self.shelf)
        columns = {name: of for name, of in self.columns().items() if name in self.ids}
        there = [(name, column) for name, of in columns.items() for column in of if column != "id"]
        with workers(self.threads) as pool:
            for done in [pool.submit(self._take, found, register, column) for register, column in there]:
                self.findings += done.result()
        _refuse(self.findings)
        found.settle()
        return found

    def _kept_ids(self, register: str) -> pa.Array:
        """The ids of a register in their order."""
        found = self._in_order(register, self.ids[register])
        if self.shelf is not None:
            found = self.shelf.put(f"{register}.id", found)
            self.ids[register] = self.ids[register] if register in self.order else found
        return found

    def _is_left_out(self, register: str, column: str) -> bool:
        """Whether a column counts as not there: one of nothing, and a share."""
        return self._is_nothing(register, column) or isinstance(type_of(self.pack, register, column), Share)

    def _in_order(self, register: str, cells: pa.Array) -> pa.Array:
        order = self.order.get(register)
        return cells if order is None else cells.take(order)

    def _is_nothing(self, register: str, column: str) -> bool:
        return bool(pa.types.is_null(self.tables[register].types[column]))

    def _usable(self, register: str, column: str, findings: Findings) -> bool:
        """Whether a column is of a type that can be used, with a finding if not."""
        kind, stored = type_of(self.pack, register, column), self.tables[register].types[column]
        if is_usable(kind, stored):
            return True
        facts = {"register": register, "column": column, "seen": str(stored), "expected": str(kind)}
        findings.add("DATA-004", Where(file=register, column=column), **facts)
        return False

    def _take_ids(self, register: str) -> None:
        table = self.tables[register]
        if "id" not in table.types or self._is_nothing(register, "id"):
            self.findings.add("DATA-003", Where(file=register, column="id"), register=register, column="id")
            return
        if not self._usable(register, "id", self.findings):
            return
        ids = as_used(type_of(self.pack, register, "id"), table.column("id"))
        ids = ids.cast(pa.string()) if pa.types.is_dictionary(ids.type) else ids
        check_ids(register, ids, self.findings)
        if not ids.null_count and not rises(ids):
            self.order[register] = pc.sort_indices(ids)
        self.ids[register] = ids

    def _take(self, found: Registers, register: str, column: str) -> Findings:
        """Take a column in, if nothing is wrong with the ids, or say what is wrong with it."""
        kind, findings = type_of(self.pack, register, column), Findings()
        cells = None
        if self._usable(register, column, findings):
            with _Damage(register, findings):
                cells = as_used(kind, self.tables[register].column(column))
        if cells is not None:
            field = self.pack.registers[register].fields.get(column)
            silent = field is not None and field.sensitive
            check_cells(Given(register, column, kind, silent, cells, self.ids[register]), findings)
            if not findings and register in found.held:
                never = self._is_never(register, column)
                found.take(register, column, kind, self._in_order(register, cells), blank_never=never)
        return findings
