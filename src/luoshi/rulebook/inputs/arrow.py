"""Registers as Arrow holds them: the type of each field, and decimals made from whole numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from luoshi.rulebook.model.types import Bool, Code, Date, Number, Ref, Type

DIVISIONS = "area"
MOST_DIGITS = 18


def arrow_type(kind: Type) -> Any:
    """The type of Arrow that a register's file has for a field.

    >>> from luoshi.rulebook.model.types import Number
    >>> arrow_type(Number(2))
    Decimal128Type(decimal128(18, 2))
    """
    if isinstance(kind, Number):
        return pa.decimal128(MOST_DIGITS, kind.places) if kind.places else pa.int64()
    if isinstance(kind, Bool):
        return pa.bool_()
    if isinstance(kind, Date):
        return pa.date32()
    if isinstance(kind, Code) or kind == Ref(DIVISIONS):
        return pa.dictionary(pa.int32(), pa.string())
    return pa.int64() if isinstance(kind, Ref) else pa.string()


def decimals(steps: Any, known: Any, kind: Number) -> Any:
    """Whole numbers of the smallest step of a number with places, as decimals of 128 bits; unknown where not `known`.

    `steps` are an array of int64 and `known` one of truths, or None when all are. Exact, and without a copy of a row.

    >>> decimals(np.array([150, -1]), np.array([True, False]), Number(2)).to_pylist()
    [Decimal('1.50'), None]
    """
    words = np.empty((len(steps), 2), dtype=np.int64)
    words[:, 0] = steps
    words[:, 1] = steps >> 63
    valid = None if known is None else pa.py_buffer(np.packbits(known, bitorder="little"))
    return pa.Array.from_buffers(arrow_type(kind), len(steps), [valid, pa.py_buffer(words)])
