"""Decides whole registers with compiled code: tables in memory, or a folder of Parquet files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Unpack

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from luoshi.rulebook.bulk.asking import Asked, AskOptions, FactKeys, RunSummary
from luoshi.rulebook.bulk.parquet import ParquetWriter
from luoshi.rulebook.bulk.sizes import part_size
from luoshi.rulebook.bulk.wanted import Wanted
from luoshi.rulebook.bulk.writing import OutputFolder
from luoshi.rulebook.engines.native.budget import budget_table
from luoshi.rulebook.engines.native.forging import Column
from luoshi.rulebook.engines.native.kernels import Kernel, Tally
from luoshi.rulebook.engines.native.memory import Memory
from luoshi.rulebook.engines.native.planning import Plan, Question, planned
from luoshi.rulebook.engines.native.presenting import Presenting, as_read
from luoshi.rulebook.engines.native.registers import Registers
from luoshi.rulebook.engines.native.room import check_room
from luoshi.rulebook.engines.native.running import Running
from luoshi.rulebook.engines.native.shelf import Shelf
from luoshi.rulebook.engines.native.taking import Source, Wish, take
from luoshi.rulebook.engines.native.workers import workers
from luoshi.rulebook.inputs.arrow import DIVISIONS
from luoshi.rulebook.inputs.settings import LocalValue
from luoshi.rulebook.model.blocks import Pack

GROUP = 98_304
"""Rows that are decided, turned into columns and written at a time."""
Cells = dict[Column, Any]


class RunOptions(AskOptions, total=False):
    """What may be said about a run: how many `threads`, a `folder` in which compiled code is kept, and that it ends
    with a `MemoryError` before anything is computed if it would take more memory than a limit such as "4GB".
    """

    threads: int | None
    folder: Path | None
    memory_limit: str | None


@dataclass
class _Counted:
    """What threads have added up of a register; each has records of its own."""

    tally: Tally | None
    free: SimpleQueue[Any] = field(default_factory=SimpleQueue)
    records: list[Any] = field(default_factory=list)


class Answering:
    """Everything that is known once a question has been asked and its registers are there."""

    def __init__(
        self, asked: Asked, source: Source, threads: int, folder: Path | None = None, shelf: Shelf | None = None
    ) -> None:
        settings = asked.settings()
        self.asked, self.threads = asked, threads
        self.registers: Registers = take(Wish(asked.pack, asked.wanted, source), threads, shelf)
        kept = self.registers.kept()
        self.plan: Plan = planned(Question(asked.pack, asked.on, settings, kept, asked.wanted))
        self.memory = Memory(self.plan, self.registers, settings)
        self.running = Running(self.plan, self.memory, threads, folder)
        self.areas: list[str] = self.registers.domain(DIVISIONS).words().to_pylist()
        self.presenting = Presenting(self.registers)
        self.counted = {
            name: _Counted(kernel.tallies[0] if kernel.tallies else None)
            for name, (_, kernel) in self.plan.results.items()
        }

    def room(self, register: str, rows: int) -> Cells:
        """Memory for the results of so many rows, which may be used again and again."""
        result, _ = self.plan.results[register]
        return {of.column: np.empty(rows * of.column.width // 8, np.uint8) for of in result.outputs}

    def rows(self, register: str, lo: int, hi: int, room: Cells) -> pa.RecordBatch:
        """The results of the rows from `lo` on and before `hi`, in the order of their ids; they lie in the room."""
        result, kernel = self.plan.results[register]
        cells = {column: found[: (hi - lo) * column.width // 8] for column, found in room.items()}
        own: dict[str | Column, int] = {
            column: int(found.ctypes.data) - lo * column.width // 8 for column, found in cells.items()
        }
        self._decide(register, kernel, lo, hi, own)
        columns = {"id": self.registers.held[register].ids[lo:hi]}
        columns |= {of.name: self.presenting.column(of, cells[of.column]) for of in result.outputs}
        return pa.RecordBatch.from_pydict(columns)

    def _decide(self, register: str, kernel: Kernel, lo: int, hi: int, own: dict[str | Column, int]) -> None:
        counted = self.counted[register]
        if counted.tally is None:
            self.running.call(kernel, lo, hi, own=own)
            return
        record = self._record(counted, counted.tally)
        codes = len(self.areas) + 1
        self.running.call(kernel, lo, hi, 0, codes, {**own, counted.tally.record: int(record.ctypes.data)})
        counted.free.put(record)

    def _record(self, counted: _Counted, tally: Tally) -> Any:
        """Records that nobody else adds to just now."""
        if not counted.free.empty():
            return counted.free.get()
        record = np.zeros((len(self.areas) + 1) * self.plan.layout.sizes[tally.record], np.uint8)
        counted.records.append(record)
        return record

    def budget(self) -> pa.Table:
        """Persons and money by area and measure, of all rows decided so far."""
        counted = {
            name: (found.tally, found.records) for name, found in self.counted.items() if found.tally is not None
        }
        return budget_table(self.asked.pack, counted, self.plan.layout, self.areas)


def decide_tables(
    pack: Pack,
    tables: Mapping[str, pa.Table],
    on: date,
    *,
    local: Iterable[LocalValue] = (),
    facts: FactKeys = (),
    as_if_in_force: bool = False,
) -> dict[str, pa.Table]:
    """The results for registers in memory, by register, in the order of their ids."""
    answering = Answering(Asked(pack, on, tuple(local), Wanted(tuple(facts), as_if_in_force)), tables, 1)
    answering.running.fill(lambda label: None)
    return {register: _plain(answering, register) for register in answering.plan.results}


def _plain(answering: Answering, register: str) -> pa.Table:
    """All results of a register as one table, of the types that files have."""
    rows = answering.memory.rows(register)
    batch = answering.rows(register, 0, rows, answering.room(register, rows))
    return pa.table({item.name: as_read(cells) for item, cells in zip(batch.schema, batch.columns, strict=True)})


def run(pack: Pack, source: Source, on: date, out: Path, **options: Unpack[RunOptions]) -> RunSummary:
    """Decide whole registers and write the results to the folder `out`, all of them or nothing.

    `source` is a folder of `<register>.parquet`, or tables by register.
    """
    threads = options.get("threads") or os.cpu_count() or 1
    with OutputFolder(out) as folder:
        shelf = Shelf(folder.spill) if isinstance(source, Path) else None
        answering = Answering(Asked.by(pack, on, options), source, threads, options.get("folder"), shelf)
        check_room(answering.memory, options.get("memory_limit"))
        parts = [
            (name, file, lo, hi) for name in answering.plan.results for file, lo, hi in _parts(answering, name, folder)
        ]
        steps = sum(len(step.kernels) + len(step.gathers) + len(step.distinct) for step in answering.plan.passes)
        telling = _Telling(options, steps + len(parts) + 1)
        answering.running.fill(telling.done)
        _write(answering, parts, telling)
        answering.memory.clear()
        pq.write_table(answering.budget(), folder.files("budget")[0], compression="zstd", store_schema=False)
        telling.done("budget")
    rows = {name: answering.memory.rows(name) for name in answering.plan.results}
    return RunSummary(out, rows, len(answering.plan.kernels()))


def _parts(answering: Answering, register: str, folder: OutputFolder) -> Iterator[tuple[Path, int, int]]:
    """The files of a register, each with the rows that it holds."""
    rows = answering.memory.rows(register)
    size = part_size(rows)
    starts = range(0, max(rows, 1), size)
    for file, start in zip(folder.files(register, len(starts)), starts, strict=True):
        yield file, start, min(start + size, rows)


class _Telling:
    """Tells how far a run is."""

    def __init__(self, options: AskOptions, total: int) -> None:
        self._progress, self._total, self._done = options.get("progress"), total, 0

    def done(self, label: str) -> None:
        """One more piece of work is done."""
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total, label)


def _write(answering: Answering, parts: list[tuple[str, Path, int, int]], telling: _Telling) -> None:
    """Write all parts, some at once; whatever stops one stops them all."""
    with workers(answering.threads) as pool:
        writing = [pool.submit(_write_part, answering, *part) for part in parts]
        try:
            for (name, *_), done in zip(parts, writing, strict=True):
                done.result()
                telling.done(name)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _write_part(answering: Answering, register: str, file: Path, lo: int, hi: int) -> None:
    """Decide and write rows, a group at a time."""
    room = answering.room(register, min(GROUP, hi - lo))
    first = answering.rows(register, lo, min(lo + GROUP, hi), room)
    with ParquetWriter(file, first.schema) as writer:
        writer.write(first)
        for start in range(lo + GROUP, hi, GROUP):
            writer.write(answering.rows(register, start, min(start + GROUP, hi), room))
