"""Decides registers again and again, with another value of one setting each time: read once, compiled once.

What does not rest on the setting is computed once, too; nothing is written, only added up.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from luoshi.rulebook.bulk.asking import Asked
from luoshi.rulebook.engines.native.budget import budget_table
from luoshi.rulebook.engines.native.forging import Column
from luoshi.rulebook.engines.native.kernels import BLOCK, Kernel
from luoshi.rulebook.engines.native.lowering import Tried
from luoshi.rulebook.engines.native.memory import Memory
from luoshi.rulebook.engines.native.planning import Question, planned
from luoshi.rulebook.engines.native.presenting import Presenting
from luoshi.rulebook.engines.native.registers import Registers
from luoshi.rulebook.engines.native.running import Running
from luoshi.rulebook.engines.native.taking import Source, Wish, take
from luoshi.rulebook.engines.native.workers import workers
from luoshi.rulebook.inputs.arrow import DIVISIONS
from luoshi.rulebook.model.blocks import Measure


@dataclass(frozen=True)
class Outcomes:
    """What a value comes to: the budget, as a run writes it, and what single rows are paid."""

    budget: pa.Table
    trying: Trying

    def amounts(self, measure: Measure) -> pa.Table | None:
        """The area and the amount of every row that a measure pays; None where nobody keeps its register.

        It can be asked for until the next value is tried.
        """
        return self.trying.amounts(measure)


class Trying:
    """Registers in memory and code that decides them whatever value the setting has."""

    def __init__(self, asked: Asked, tried: Tried, source: Source, threads: int, folder: Path | None = None) -> None:
        self.asked, self.tried, self.threads = asked, tried, threads
        self.registers: Registers = take(Wish(asked.pack, asked.wanted, source), threads)
        first = tried.settings[0]
        self.plan = planned(Question(asked.pack, asked.on, first, self.registers.kept(), asked.wanted, tried))
        self.memory = Memory(self.plan, self.registers, first)
        self.running = Running(self.plan, self.memory, threads, folder, times=len(tried.settings))
        self.areas: list[str] = self.registers.domain(DIVISIONS).words().to_pylist()
        self.presenting = Presenting(self.registers)

    def outcomes(self) -> Iterator[Outcomes]:
        """What each value comes to, one after the other."""
        self.running.fill(lambda label: None)
        for settings in self.tried.settings:
            self.memory.hold(settings)
            self.running.refill()
            yield Outcomes(self._budget(), self)

    def _budget(self) -> pa.Table:
        """All rows decided and added up."""
        with workers(self.threads) as pool:
            counted = {
                name: (kernel.tallies[0], self._decided(name, kernel, pool))
                for name, (_, kernel) in self.plan.results.items()
                if kernel.tallies
            }
        return budget_table(self.asked.pack, counted, self.plan.layout, self.areas)

    def _decided(self, register: str, kernel: Kernel, pool: Executor) -> list[Any]:
        """The records in which the pieces of a register are added up, each by itself."""
        record, codes = kernel.tallies[0].record, len(self.areas) + 1
        for column in kernel.columns():
            self.memory.cells(column.record or column)
        records, working = [], []
        for lo, hi in self.running.pieces(self.memory.rows(register), BLOCK) or [(0, 0)]:
            records.append(np.zeros(codes * self.plan.layout.sizes[record], np.uint8))
            own: dict[str | Column, int] = {record: int(records[-1].ctypes.data)}
            working.append(pool.submit(self.running.call, kernel, lo, hi, 0, codes, own))
        for done in working:
            done.result()
        return records

    def amounts(self, measure: Measure) -> pa.Table | None:
        """The area and the amount of every row that a measure pays, of what was decided last."""
        if measure.register not in self.plan.results:
            return None
        result, _ = self.plan.results[measure.register]
        rows = self.memory.rows(measure.register)
        names, columns = {"area": "area", f"{measure.id}.amount": "amount"}, {}
        for output in result.outputs:
            if output.name in names:
                cells = self.memory.cells(output.column).view(np.uint8)[: rows * output.column.width // 8]
                columns[names[output.name]] = self.presenting.column(output, cells)
        table = pa.table(columns)
        return table.filter(table.column("amount").is_valid())
