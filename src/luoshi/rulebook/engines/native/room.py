"""How much memory a run takes at least, and whether it may."""

from __future__ import annotations

import re
from decimal import Decimal

from luoshi.rulebook.engines.native.memory import Memory
from luoshi.rulebook.engines.native.planning import Pass

UNITS = {"MB": 10**6, "GB": 10**9, "MiB": 2**20, "GiB": 2**30}
BASE = 300 * 10**6
"""What the program itself takes, and the groups of rows that are just being read or written."""


def check_room(memory: Memory, limit: str | None) -> None:
    """`MemoryError` if what passes make does not fit in a limit such as "4GB"."""
    if limit is None:
        return
    needed = BASE + sum(_made(step, memory) for step in memory.plan.passes)
    if needed > _bytes(limit):
        raise MemoryError(f"{-(-needed // UNITS['MB']):,} MB")


def _bytes(limit: str) -> Decimal:
    found = re.fullmatch(rf"(\d+(?:\.\d+)?)\s*({'|'.join(UNITS)})", limit)
    if found is None:
        raise ValueError(limit)
    return Decimal(found[1]) * UNITS[found[2]]


def _made(step: Pass, memory: Memory) -> int:
    """The bytes of the columns and records that a pass fills."""
    stores = [store for kernel in step.kernels.values() for unit in kernel.units for store in unit.stores]
    columns = [*(store.column for store in stores), *(item.column for item in step.distinct)]
    records = {record for gather in step.gathers for record in gather.records}
    rows = sum(memory.rows(column.register) * column.width // 8 for column in columns)
    return rows + sum(memory.size(record) for record in records)
