"""What is kept of a block: what several loops share, guards, and what is added up."""

from __future__ import annotations

from luoshi.rulebook.engines.native.forging import NARROW, WORD, Column, Expr, Forge
from luoshi.rulebook.engines.native.kernels import (
    CHEAP,
    TOGETHER,
    Entry,
    Kernel,
    Store,
    Tally,
    Unit,
    laid_out,
    memory_width,
    together,
)

MAKE = Forge()
CELL = Column("thing", "size", NARROW)


def grown(expr: Expr, times: int) -> Expr:
    for at in range(times):
        expr = MAKE.op("add", MAKE.op("mul", expr, expr), MAKE.const(NARROW, at + 1))
    return expr


def unit(name: str, expr: Expr) -> Unit:
    return Unit((Store(Column("thing", name, expr.width), expr),))


def test_what_is_shared_is_kept() -> None:
    shared = grown(MAKE.load(CELL), 3)
    assert shared.cost > CHEAP
    one, two = (MAKE.op("xor", shared, MAKE.const(NARROW, at)) for at in (1, 2))
    assert Kernel("k", (unit("a", one),)).kept() == []
    assert Kernel("k", (unit("a", one), unit("b", two))).kept() == [shared]
    deeper = grown(MAKE.load(CELL), 2)
    kept = Kernel(
        "k", (unit("a", one), unit("b", two), unit("c", MAKE.op("xor", deeper, MAKE.const(NARROW, 5))))
    ).kept()
    assert kept == [deeper, shared], "what a kept part shares with another loop is kept before it"
    cheap = MAKE.op("add", MAKE.load(CELL), MAKE.const(NARROW, 9))
    assert Kernel("k", (unit("a", cheap), unit("b", MAKE.op("xor", cheap, MAKE.const(NARROW, 1))))).kept() == []


def test_guards_and_what_is_added_up_are_kept() -> None:
    guard = MAKE.compare("sgt", MAKE.load(CELL), MAKE.const(NARROW, 3))
    worth = grown(MAKE.load(CELL), 4)
    guarded = Unit(unit("a", worth).stores, guard, unit("a", MAKE.const(NARROW, 0)).stores)
    assert Kernel("k", (guarded,)).kept() == [guard]
    total = Column("firm", "total", WORD, 0, "record")
    kernel = Kernel("k", (), (Tally("record", MAKE.load(CELL), (Entry("sum", guard, worth, total),)),))
    assert kernel.kept() == [worth]
    assert kernel.buffers() == [CELL, "record"]


def test_records_have_the_widest_first() -> None:
    columns = [Column("firm", str(width), width, 0, "record") for width in (8, 128, 32)]
    layout = laid_out([*columns, CELL])
    assert [layout.offsets[column] for column in columns] == [20, 0, 16]
    assert layout.sizes == {"record": 24}


def test_a_bit_takes_a_byte() -> None:
    assert (memory_width(MAKE.truth(True)), memory_width(MAKE.load(CELL))) == (8, 32)


def test_what_is_equally_wide_shares_a_loop() -> None:
    cell = MAKE.load(CELL)
    narrow = [MAKE.op("add", cell, MAKE.const(NARROW, at)) for at in (1, 2, 3)]
    wide = MAKE.op("mul", MAKE.cast(cell, WORD), MAKE.const(WORD, 7))
    divided = MAKE.divide(cell, narrow[0])
    items = [unit(str(at), expr) for at, expr in enumerate([*narrow, wide, divided, narrow[0]])]
    guarded = Unit(items[0].stores, MAKE.compare("sgt", cell, MAKE.const(NARROW, 3)), items[0].stores)
    groups = together([*items, guarded, guarded, items[0]], Unit.unguarded, [])
    assert [len(group) for group in groups] == [3, 1, 1, 1, 1, 1, 1]
    long = [grown(MAKE.op("xor", cell, MAKE.const(NARROW, at)), TOGETHER // 4) for at in (5, 6)]
    assert together(long, lambda expr: [expr], long) == [[expr] for expr in long]
    assert together([], Unit.exprs, []) == []
