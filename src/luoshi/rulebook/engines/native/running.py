"""Runs compiled code over registers, on several threads; any number of them gives the same cells."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import numpy as np

from luoshi.rulebook.engines.native.compiling import Function, Library, library
from luoshi.rulebook.engines.native.forging import WORD, Column, Expr
from luoshi.rulebook.engines.native.kernels import BLOCK, Kernel
from luoshi.rulebook.engines.native.lowering import Distinct
from luoshi.rulebook.engines.native.memory import NUMPY, Memory, different
from luoshi.rulebook.engines.native.planning import Gather, Pass, Plan
from luoshi.rulebook.engines.native.printing import Printed, module_text
from luoshi.rulebook.engines.native.workers import workers
from luoshi.rulebook.inputs.arrow import DIVISIONS

MANY = 2_000_000
"""Rows above which code pays that takes seconds to make."""
CHUNKS = 4
"""Pieces of work for each thread: whoever is done early takes another."""


class Running:
    """A plan with its code and its memory. Rows are gone through so many `times`, or fewer."""

    def __init__(self, plan: Plan, memory: Memory, threads: int, folder: Path | None = None, *, times: int = 1) -> None:
        self.plan, self.memory, self.threads, self.times = plan, memory, threads, times
        self._printed: dict[str, Printed] = {}
        self._functions: dict[str, Function] = {}
        self._rises: dict[Column, bool] = {}
        self._libraries = [self._compiled(fast, folder) for fast in (False, True)]

    def _compiled(self, fast: bool, folder: Path | None) -> Library:
        """The code for registers with many rows, which has to be fast, or for those with few, which has not."""
        kernels = [kernel for kernel, register in self.plan.kernels() if fast == self._is_worth(register)]
        text, printed = module_text(kernels, self.plan.layout)
        found = library(text, printed, folder, fast=fast)
        self._printed |= printed
        self._functions |= found.functions
        return found

    def _is_worth(self, register: str) -> bool:
        """Whether so many rows are gone through that fast code pays."""
        return self.memory.rows(register) * self.times > MANY

    def fill(self, told: Callable[[str], None]) -> None:
        """Carry out all passes; `told` hears of each piece of work that is done."""
        with workers(self.threads) as pool:
            for step in self.plan.passes:
                self._pass(step, pool, told)

    def refill(self) -> None:
        """Carry out the passes that rest on a setting again, now that it holds another value."""
        with workers(self.threads) as pool:
            for step in self.plan.passes:
                if step.is_later:
                    for record in (record for gather in step.gathers for record in gather.records):
                        self.memory.cells(record).fill(0)
                    self._pass(step, pool, lambda label: None)

    def _pass(self, step: Pass, pool: Executor, told: Callable[[str], None]) -> None:
        for register, kernel in step.kernels.items():
            self._each(pool, [(kernel, lo, hi, 0, 0) for lo, hi in self.pieces(self.memory.rows(register), BLOCK)])
            told(register)
        for gather in step.gathers:
            self._gather(gather, pool)
            told(gather.register)
        for item in step.distinct:
            self.memory.put(item.column, self._distinct(item))
            told(item.register)

    def pieces(self, rows: int, least: int) -> list[tuple[int, int]]:
        """Consecutive rows for the threads."""
        size = max(least, -(-rows // (self.threads * CHUNKS)))
        size = -(-size // BLOCK) * BLOCK
        return [(start, min(start + size, rows)) for start in range(0, rows, size)]

    def _each(self, pool: Executor, jobs: list[tuple[Kernel, int, int, int, int]]) -> None:
        for kernel in {job[0] for job in jobs}:
            self._addresses(kernel, {})  # memory is made before threads ask for it
        for done in [pool.submit(self.call, *job) for job in jobs]:
            done.result()

    def _gather(self, gather: Gather, pool: Executor) -> None:
        """Rows that stand in the order of their owners are cut where owners change; else every thread sees all rows."""
        rows, kernel = self.memory.rows(gather.register), gather.kernel
        owners = self._rising(gather.tally.owner)
        record = self.memory.cells(gather.tally.record)
        most = len(record) // max(1, self.plan.layout.sizes[gather.tally.record])
        jobs = []
        for start, end in self.pieces(most, 1):
            cut = (0, rows) if owners is None else np.searchsorted(owners, [start, end]).tolist()
            jobs.append((kernel, *cut, start, end))
        self._each(pool, jobs if owners is not None else self._few(jobs, rows, most))
        if gather.onward is not None:
            self.call(gather.onward, 0, len(self.memory.lineage[0]), 0, self.memory.rows(DIVISIONS))

    def _few(self, jobs: list[Any], rows: int, most: int) -> list[Any]:
        """One job for each thread, over a range of owners."""
        size = max(1, -(-most // self.threads))
        return [(jobs[0][0], 0, rows, start, min(start + size, most)) for start in range(0, most, size)] if jobs else []

    def _rising(self, owner: Expr) -> Any:
        """The owners of all rows, if they never fall from row to row."""
        if owner.op != "load" or owner.column is None:
            return None
        owners = self.memory.cells(owner.column)
        if owner.column not in self._rises:
            self._rises[owner.column] = owners.dtype == np.int32 and bool((owners[1:] >= owners[:-1]).all())
        return owners if self._rises[owner.column] else None

    def _distinct(self, item: Distinct) -> Any:
        owners, cells = (self._numbers(column) for column in (item.owner, item.cell))
        if item.subject == DIVISIONS:
            places, into = self.memory.lineage
            order = np.argsort(owners, kind="stable")
            starts = np.searchsorted(owners[order], places)
            counts = np.searchsorted(owners[order], places, side="right") - starts
            rows = order[np.repeat(starts - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())]
            owners, cells = np.repeat(into, counts), cells[rows]
        return different(owners, cells, item.blank, self.memory.rows(item.subject))

    def _numbers(self, column: Column) -> Any:
        """Cells as numbers."""
        rows = self.memory.rows(column.register)
        found = self.memory.cells(column)
        if column.width in NUMPY:
            return found.view(NUMPY[column.width])[:rows]
        words = found.view(np.int64).reshape(-1, column.width // WORD)[:rows]
        return np.array([int.from_bytes(row.tobytes(), "little", signed=True) for row in words], object)

    def _addresses(self, kernel: Kernel, own: Mapping[str | Column, int]) -> list[int]:
        buffers = self._printed[kernel.name].buffers
        return [own[item] if item in own else int(self.memory.cells(item).ctypes.data) for item in buffers]

    def call(
        self,
        kernel: Kernel,
        lo: int,
        hi: int,
        start: int = 0,
        end: int = 0,
        own: Mapping[str | Column, int] | None = None,
    ) -> None:
        """Go through rows from `lo` on and before `hi`, adding up for owners from `start` on and before `end`.

        `own` are addresses of buffers that only this call uses.
        """
        scratch = np.empty(self._printed[kernel.name].scratch + 64, np.uint8)
        listed = [scratch.ctypes.data, *self._addresses(kernel, own or {})]
        self._functions[kernel.name](lo, hi, start, end, (ctypes.c_void_p * len(listed))(*listed))
        self.memory.registers.release()
