"""Compiled kernels do what they say: guarded stores, kept parts, rows added up for their owners."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from luoshi.rulebook.engines.native.forging import BYTE, NARROW, WIDE, WORD, Column, Expr, Forge
from luoshi.rulebook.engines.native.kernels import BLOCK, Entry, Kernel, Store, Tally, Unit, laid_out
from luoshi.rulebook.engines.native.memory import cells_of
from tests.unit.rulebook.engines.native.computing import call, numbers

MAKE = Forge()
ROWS = 2 * BLOCK + 5
SIZE, OWNER = Column("part", "size", NARROW), Column("part", "owner", NARROW)
SIZES = [(at * 37) % 101 - 50 for at in range(ROWS)]
OWNERS = [(at * 13) % 9 - 1 for at in range(ROWS)]


def number(value: int, width: int = NARROW) -> Expr:
    return MAKE.const(width, value)


@pytest.mark.parametrize("fast", [False, True])
def test_a_guarded_store(fast: bool) -> None:
    out, also = Column("part", "out", WORD), Column("part", "also", NARROW)
    size = MAKE.load(SIZE)
    guard = MAKE.compare("sgt", size, number(0))
    costly = MAKE.cast(MAKE.op("mul", MAKE.op("add", size, size), MAKE.op("mul", size, size)), WORD)
    guarded = Unit((Store(out, costly),), guard, (Store(out, number(-1, WORD)),))
    plain = Unit((Store(also, MAKE.select(guard, number(1), number(0))),))
    memory: dict[str | Column, Any] = {SIZE: cells_of(SIZES, NARROW)}
    memory |= {column: np.zeros(ROWS * column.width // 8, np.uint8) for column in (out, also)}
    call(Kernel("k", (guarded, plain)), memory, ROWS, fast=fast)
    assert numbers(memory[out], WORD) == [2 * size**3 if size > 0 else -1 for size in SIZES]
    assert numbers(memory[also], NARROW) == [int(size > 0) for size in SIZES]


@pytest.mark.parametrize("fast", [False, True])
@pytest.mark.parametrize("owners", [(0, 8), (2, 5)])
def test_rows_added_up(fast: bool, owners: tuple[int, int]) -> None:
    def column(name: str, width: int) -> Column:
        return Column("thing", name, width, 1, "record")

    size, picked = MAKE.load(SIZE), MAKE.compare("ne", MAKE.load(SIZE), number(7))
    count, total, wide, least, most, seen = (
        column(*of)
        for of in (("count", NARROW), ("sum", WORD), ("wide", WIDE), ("min", NARROW), ("max", NARROW), ("some", BYTE))
    )
    entries = (
        Entry("count", picked, None, count),
        Entry("sum", picked, size, total),
        Entry("sum", picked, MAKE.cast(size, 256), wide),
        Entry("min", picked, size, least, seen),
        Entry("max", picked, size, most, seen),
        Entry("some", picked, None, seen),
    )
    kernel = Kernel("k", (), (Tally("record", MAKE.load(OWNER), entries),))
    layout = laid_out([entry.column for entry in entries])
    memory = {SIZE: cells_of(SIZES, NARROW), OWNER: cells_of(OWNERS, NARROW)}
    record = np.zeros(8 * layout.sizes["record"], np.uint8)
    call(kernel, {**memory, "record": record}, ROWS, owners, fast=fast)
    for owner in range(8):
        cells = record.reshape(8, -1)[owner]
        said = {
            of.name: numbers(cells[layout.offsets[of] : layout.offsets[of] + of.width // 8], of.width)[0]
            for of in (count, total, wide, least, most, seen)
        }
        mine = [size for size, of in zip(SIZES, OWNERS, strict=True) if of == owner and size != 7]
        if not owners[0] <= owner < owners[1]:
            assert not any(said.values())
        else:
            assert said == {
                "count": len(mine), "sum": sum(mine), "wide": sum(mine), "min": min(mine), "max": max(mine), "some": 1,
            }  # fmt: skip


def test_cells_of_records_and_of_other_rows_are_read() -> None:
    count = Column("part", "count", NARROW, 1, "record")
    beside = Column("part", "flag", WORD, 1, "record")
    out = Column("part", "out", NARROW)
    rows = MAKE.select(MAKE.compare("sgt", MAKE.load(OWNER), number(0)), MAKE.load(OWNER), number(0))
    value = MAKE.op("add", MAKE.gather(SIZE, rows), MAKE.op("add", MAKE.load(count), MAKE.gather(count, rows)))
    entries = tuple(Entry("sum", MAKE.truth(True), number(0), column) for column in (count, beside))
    record = np.zeros((ROWS, 4), np.int32)
    record[:, 2] = np.arange(ROWS)
    memory: dict[str | Column, Any] = {
        SIZE: cells_of(SIZES, NARROW), OWNER: cells_of(OWNERS, NARROW), "record": record.view(np.uint8).reshape(-1),
        out: np.zeros(ROWS * 4, np.uint8),
    }  # fmt: skip
    call(Kernel("k", (Unit((Store(out, value),)),), (Tally("record", number(-1), entries),)), memory, ROWS)
    at = [max(owner, 0) for owner in OWNERS]
    assert numbers(memory[out], NARROW) == [SIZES[row] + own + row for own, row in enumerate(at)]
