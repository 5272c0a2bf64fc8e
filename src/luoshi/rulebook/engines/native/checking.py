"""What is wrong with the cells of given registers: every finding before anything is computed.

Findings made here and in `taking` are those of every engine, `DATA-001` to `DATA-011`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from luoshi.rulebook.inputs.arrow import DIVISIONS
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Findings, Where
from luoshi.rulebook.model.types import MOST_DIGITS, Bool, Code, Date, Number, Ref, Type
from luoshi.rulebook.values.calendar import FIRST, LAST, NEVER

SHOWN = 5
MOST_WORD = 19
WORDS = {4: np.int32, 8: np.int64}


@dataclass(frozen=True)
class Given:
    """A column of a given register that means something to the pack, with the ids of its rows."""

    register: str
    name: str
    type: Type
    silent: bool
    cells: pa.Array
    ids: pa.Array

    @property
    def where(self) -> Where:
        """Where findings about it stand."""
        return Where(file=self.register, column=self.name)


def type_of(pack: Pack, register: str, name: str) -> Type:
    """The type of a column: an id, a field, or a fact that may be given."""
    if name == "id":
        return Ref(register)
    fields = pack.registers[register].fields
    return fields[name].type if name in fields else pack.facts[register, name].type


def is_usable(kind: Type, stored: pa.DataType) -> bool:
    """Whether a stored column can be used for a type."""
    if pa.types.is_dictionary(stored):
        stored = stored.value_type
    if isinstance(kind, Number):
        return _is_whole(stored) or (pa.types.is_decimal(stored) and stored.precision <= MOST_DIGITS)
    if isinstance(kind, Bool):
        return bool(pa.types.is_boolean(stored))
    if isinstance(kind, Date):
        return bool(pa.types.is_date(stored))
    text = pa.types.is_string(stored) or pa.types.is_large_string(stored) or pa.types.is_string_view(stored)
    return bool(text) or (isinstance(kind, Ref) and _is_whole(stored))


def _is_whole(stored: pa.DataType) -> bool:
    return bool(pa.types.is_integer(stored)) and stored != pa.uint64()


def as_used(kind: Type, cells: pa.Array) -> pa.Array:
    """Cells in the one form in which values of their type are used; areas are always known by a text."""
    stored = cells.type
    if isinstance(kind, Ref) and _is_whole(stored):
        return cells.cast(pa.string() if kind.register == DIVISIONS else pa.int64())
    if pa.types.is_dictionary(stored):
        return cells.cast(pa.dictionary(pa.int32(), pa.string()))
    is_text = not isinstance(kind, Number | Bool | Date)
    return cells.cast(pa.string()) if is_text else cells


def check_ids(register: str, ids: pa.Array, findings: Findings) -> None:
    """Note rows without an id, and ids of several rows."""
    where = Where(file=register, column="id")
    if ids.null_count:
        findings.add("DATA-009", where, register=register, column="id", count=ids.null_count)
        return
    if rises(ids):
        return
    counts = pc.value_counts(ids)
    several = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    if len(several):
        shown = several.take(pc.sort_indices(several)[:SHOWN])
        told = [str(found) for found in shown.to_pylist()]
        findings.add("DATA-010", where, register=register, column="id", count=len(several), ids=told)


def rises(ids: pa.Array) -> bool:
    """Whether ids rise from row to row."""
    return bool(pc.all(pc.less(ids[:-1], ids[1:])).as_py() is not False)


def check_cells(given: Given, findings: Findings) -> None:
    """Note every cell that cannot be used."""
    kind = given.type
    if isinstance(kind, Number):
        _check_numbers(given, kind, findings)
    elif isinstance(kind, Date):
        days = given.cells.cast(pa.date32()).cast(pa.int32())
        first, last, never = (_ordinal(day) for day in (FIRST, LAST, NEVER))
        late = pc.and_(pc.greater(days, last), pc.not_equal(days, never))
        _note("DATA-007", given, pc.or_(pc.less(days, first), late), findings)
    elif isinstance(kind, Code):
        _note("DATA-008", given, _strange(given.cells, kind), findings, expected=list(kind.codes))


def _ordinal(day: date) -> pa.Scalar:
    return pa.scalar(day, pa.date32()).cast(pa.int32())


def _strange(cells: pa.Array, kind: Code) -> pa.Array:
    """Which cells hold anything but a code; every word is looked at once."""
    encoded = cells if pa.types.is_dictionary(cells.type) else cells.dictionary_encode()
    strange = pc.invert(pc.is_in(encoded.dictionary, value_set=pa.array(kind.codes, pa.string())))
    if not pc.any(strange).as_py():
        return pa.array([], pa.bool_())
    return pc.fill_null(strange.take(encoded.indices), False)


def _check_numbers(given: Given, kind: Number, findings: Findings) -> None:
    stored = given.cells.type
    places = stored.scale if pa.types.is_decimal(stored) else 0
    digits = {"digits": kind.digits, "places": kind.places}
    border = 10 ** (kind.digits - kind.places + places)
    if _reach(given.cells, places) >= border:
        _note("DATA-005", given, _reaches(given.cells, border, places), findings, **digits)
    if places > kind.places:
        wide = given.cells.cast(pa.decimal128(stored.precision, places))
        finer = pc.not_equal(pc.round(wide, kind.places, "towards_zero"), wide)
        _note("DATA-006", given, finer, findings, places=kind.places)


def _reach(cells: pa.Array, places: int) -> int:
    """How far from zero numbers are, in steps of 10^-places."""
    if pa.types.is_decimal(cells.type) and cells.type.byte_width in WORDS:
        words = np.frombuffer(cells.buffers()[1], WORDS[cells.type.byte_width])[
            cells.offset : cells.offset + len(cells)
        ]
        known = words[pc.is_valid(cells).to_numpy(zero_copy_only=False)] if cells.null_count else words
        return max(-int(known.min(initial=0)), int(known.max(initial=0)))
    return max(abs(int(Decimal(found or 0).scaleb(places))) for found in pc.min_max(cells).as_py().values())


def _reaches(cells: pa.Array, border: int, places: int) -> pa.Array:
    """Which numbers are as far from zero as border × 10^-places."""
    digits = cells.type.precision if pa.types.is_decimal(cells.type) else MOST_WORD
    wide = cells.cast(pa.decimal128(digits, places))
    words = np.frombuffer(wide.buffers()[1], np.int64).reshape(-1, 2)[wide.offset : wide.offset + len(wide)]
    if border < 2**63:
        far = np.where(words[:, 0] >> 63 == words[:, 1], _far(words[:, 0], border), True)
    else:
        far = np.array([abs((int(high) << 64) + (int(low) % 2**64)) >= border for low, high in words], bool)
    return pa.array(far & pc.is_valid(cells).to_numpy(zero_copy_only=False))


def _far(words: Any, border: int) -> Any:
    return (words >= border) | (words <= -border)


def _note(code: str, given: Given, wrong: pa.Array, findings: Findings, **facts: object) -> None:
    """A finding for the cells that are wrong, if there are any. Sensitive values are not shown."""
    places = np.flatnonzero(pc.fill_null(wrong, False).to_numpy(zero_copy_only=False))
    if not len(places):
        return
    text: Callable[[pa.Array], list[str]] = lambda cells: [str(cell) for cell in cells.to_pylist()]  # noqa: E731  short
    shown = sorted(zip(text(given.ids.take(pa.array(places))), text(given.cells.take(pa.array(places))), strict=True))
    seen = [] if given.silent else [cell for _, cell in shown[:SHOWN]]
    common = {"register": given.register, "column": given.name, "count": len(places)}
    findings.add(code, given.where, **common, ids=[row_id for row_id, _ in shown[:SHOWN]], seen=seen, **facts)
