"""Registers in memory: their columns as cells, in the order of their ids, with references as places in domains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from luoshi.rulebook.bulk.pages import numbers_of
from luoshi.rulebook.engines.native.cells import NOWHERE, UNKNOWN_TRUTH, Shape, blank
from luoshi.rulebook.engines.native.days import day_number
from luoshi.rulebook.engines.native.domains import Domain
from luoshi.rulebook.engines.native.forging import NARROW, WORD
from luoshi.rulebook.engines.native.lowering import ROWS, TEXTS, Held
from luoshi.rulebook.engines.native.numbers import outward
from luoshi.rulebook.engines.native.shelf import Shelf, as_cells, as_column
from luoshi.rulebook.model.types import MOST_DIGITS, Bool, Date, Number, Ref, Type
from luoshi.rulebook.values.calendar import NEVER

NUMPY = {NARROW: np.int32, WORD: np.int64}
WORDS = {4: np.int32, 8: np.int64}
MOST_SMALL = 10**18 - 1
"""What reaches further from zero is kept in two machine words."""


@dataclass
class Register:
    """One register: how many rows, and the cells of each column by name, with what they mean.

    `most_led` says of references how many rows lead to the same row at most.
    """

    rows: int
    ids: pa.Array
    shapes: dict[str, Shape] = field(default_factory=dict)
    cells: dict[str, Any] = field(default_factory=dict)
    most_led: dict[str, int] = field(default_factory=dict)


class Registers:
    """All registers of a run, and the domains of their keys; their columns lie on a shelf, if there is one."""

    def __init__(self, ids: Mapping[str, pa.Array], shelf: Shelf | None = None) -> None:
        self.shelf = shelf
        self.domains: dict[str, Domain] = {TEXTS: Domain(), **{name: Domain(held) for name, held in ids.items()}}
        self.held = {name: Register(len(held), held) for name, held in ids.items()}

    def domain(self, name: str) -> Domain:
        """The domain of keys; registers that nobody keeps have one too."""
        return self.domains.setdefault(name, Domain())

    def kept(self) -> dict[str, Held]:
        """What rules need to know of the registers."""
        return {name: Held(found.shapes, max(found.rows, 1), found.most_led) for name, found in self.held.items()}

    def take(self, register: str, name: str, kind: Type, cells: pa.Array, *, blank_never: bool) -> None:
        """Take in a column whose cells are all right."""
        if isinstance(kind, Bool):
            self._hold(register, name, *_truths(cells))
        elif isinstance(kind, Date):
            self._hold(register, name, *_days(cells, blank_never=blank_never))
        elif isinstance(kind, Number):
            self._hold(register, name, *_numbers(cells, kind))
        else:
            self._keys(register, name, kind, cells)

    def _hold(self, register: str, name: str, shape: Shape, cells: Any) -> None:
        if self.shelf is not None:
            cells = as_cells(self.shelf.put(f"{register}.{name}", as_column(cells)))
        self.held[register].shapes[name], self.held[register].cells[name] = shape, cells

    def _keys(self, register: str, name: str, kind: Type, cells: pa.Array) -> None:
        """Codes, texts and references are places; those of rows lead to the rows themselves."""
        domain = kind.register if isinstance(kind, Ref) else TEXTS
        places = self.domain(domain).places(cells)
        self._hold(register, name, Shape("key", not cells.null_count, domain=domain), places)
        if isinstance(kind, Ref):
            led = self.lead(register, name)
            self.held[register].most_led[name] = int(np.bincount(led[led > NOWHERE]).max(initial=0))

    def lead(self, register: str, name: str) -> Any:
        """The numbers of the rows that a reference leads to, which are known from now on."""
        held = self.held[register]
        places, rows = held.cells[name], self.domain(held.shapes[name].domain).rows
        led = places if places.max(initial=NOWHERE) < rows else np.where(places < rows, places, np.int32(NOWHERE))
        held.cells[f"{name} {ROWS}"] = led
        return led

    def settle(self) -> None:
        """Give back the memory that taking in has needed."""
        for domain in self.domains.values():
            domain.settle()
        pa.default_memory_pool().release_unused()
        self.release()

    def release(self) -> None:
        """Give back memory that the shelf can do without."""
        if self.shelf is not None:
            self.shelf.release()


def _truths(cells: pa.Array) -> tuple[Shape, Any]:
    filled = pc.fill_null(cells.cast(pa.int8()), UNKNOWN_TRUTH)
    return Shape("truth", not cells.null_count), filled.to_numpy(zero_copy_only=False)


def _days(cells: pa.Array, *, blank_never: bool) -> tuple[Shape, Any]:
    nothing = day_number(NEVER) if blank_never else blank(NARROW)
    filled = pc.fill_null(cells.cast(pa.date32()).cast(pa.int32()), nothing)
    return Shape("day", blank_never or not cells.null_count), filled.to_numpy(zero_copy_only=False)


def _numbers(cells: pa.Array, kind: Number) -> tuple[Shape, Any]:
    """Whole numbers × 10^places, no wider than they are."""
    if _is_small(cells.type, kind.places) or (pa.types.is_integer(cells.type) and kind.places == 0):
        small = _stored(cells) if pa.types.is_decimal(cells.type) else pc.fill_null(cells, 0).to_numpy()
        if _reach(small) <= MOST_SMALL:
            return _narrow(small, cells, kind)
    known = pc.is_valid(cells).to_numpy(zero_copy_only=False)
    words = np.where(known[:, None], _words(cells, kind.places), 0)
    if (words[:, 0] >> 63 == words[:, 1]).all() and _reach(words[:, 0]) <= MOST_SMALL:
        return _narrow(words[:, 0], cells, kind)
    most = 10 ** max(kind.digits, MOST_DIGITS) - 1
    words[~known, 1] = blank(WORD)
    return Shape("number", not cells.null_count, kind.places, -most, most), words


def _is_small(stored: pa.DataType, places: int) -> bool:
    """Whether numbers are stored as machine words of the places wanted."""
    return bool(pa.types.is_decimal32(stored) or pa.types.is_decimal64(stored)) and bool(stored.scale == places)


def _stored(cells: pa.Array) -> Any:
    """Decimals of machine words as those words, zero where they are blank."""
    words = numbers_of(cells, WORDS[cells.type.byte_width])
    return words * cells.is_valid().to_numpy(zero_copy_only=False) if cells.null_count else words


def _reach(words: Any) -> int:
    """How far from zero numbers are."""
    return max(-int(words.min(initial=0)), int(words.max(initial=0)))


def _narrow(filled: Any, cells: pa.Array, kind: Number) -> tuple[Shape, Any]:
    """Numbers that fit in a machine word, in as little as they need; those filled with zero become blank."""
    low, high = outward(int(filled.min(initial=0)), int(filled.max(initial=0)))
    shape = Shape("number", not cells.null_count, kind.places, low, high)
    narrow = filled.astype(NUMPY[shape.width])
    if cells.null_count:
        np.putmask(narrow, cells.is_null().to_numpy(zero_copy_only=False), blank(shape.width))
    return shape, narrow


def _words(cells: pa.Array, places: int) -> Any:
    """Numbers × 10^places, each as two machine words: the low one and the high one."""
    if pa.types.is_integer(cells.type):
        cells = cells.cast(pa.decimal128(19, 0))
    same = cells.cast(pa.decimal128(MOST_DIGITS, places))
    return np.frombuffer(same.buffers()[1], np.int64).reshape(-1, 2)[same.offset : same.offset + len(same)]
