"""Cells as columns of a result: masks and states, numbers, days, words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from luoshi.rulebook.engines.native.cells import NOWHERE, UNKNOWN_TRUTH, blank
from luoshi.rulebook.engines.native.deciding import Output
from luoshi.rulebook.engines.native.domains import Domain
from luoshi.rulebook.engines.native.forging import NARROW, WORD
from luoshi.rulebook.engines.native.registers import Registers
from luoshi.rulebook.inputs.arrow import DIVISIONS
from luoshi.rulebook.model.types import NARROW_DIGITS

BITS = {8: np.uint8, 16: np.uint16, 32: np.uint32, 64: np.uint64}


class Presenting:
    """Makes columns of cells; the words of keys are looked up once."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers
        self._words: dict[str, pa.Array] = {}

    def column(self, output: Output, cells: Any) -> pa.Array:
        """The cells of an output, given as bytes, as a column."""
        shape = output.shape
        if shape is None:
            return pa.array(cells.view(BITS[output.column.width]))
        if shape.kind == "truth":
            truths = cells.view(np.int8)
            return pa.array(truths == 1, mask=truths == UNKNOWN_TRUTH)
        if shape.kind == "day":
            days = cells.view(np.int32)
            return pa.array(days, pa.int32(), mask=days == blank(NARROW)).cast(pa.date32())
        if shape.kind == "key":
            return self._key(shape.domain, cells.view(np.int32))
        return _number(cells, output)

    def _key(self, domain: str, places: Any) -> pa.Array:
        if domain not in self._words:
            self._words[domain] = _words(domain, self._registers.domain(domain))
        words = self._words[domain]
        indices = pa.array(places, pa.int32(), mask=places == NOWHERE)
        found = pa.DictionaryArray.from_arrays(indices, words)
        return found.dictionary_decode() if pa.types.is_integer(words.type) else found


def _words(name: str, domain: Domain) -> pa.Array:
    """The keys as they are written; rows known by numbers stay so."""
    words = domain.words()
    whole = domain.ids is not None and pa.types.is_integer(domain.ids.type) and name != DIVISIONS
    return words.cast(pa.int64()) if whole and all(word.isdigit() for word in domain.others) else words


def _number(cells: Any, output: Output) -> pa.Array:
    """Scaled whole numbers as decimals; those without places stay whole if they are narrow."""
    width, places = output.column.width, 0 if output.shape is None else output.shape.places
    if width > WORD:
        words = cells.view(np.int64).reshape(-1, width // WORD)
        known = (words[:, -1] != blank(WORD)) | (words[:, :-1] != 0).any(axis=1)
        return _cells(pa.decimal128(output.digits, places), np.ascontiguousarray(words[:, :2]), known)
    whole = cells.view(np.int32 if width == NARROW else np.int64)
    known = whole != blank(width)
    if output.digits > NARROW_DIGITS:
        signs = whole >> (width - 1)
        return _cells(pa.decimal128(output.digits, places), np.stack([whole, signs], axis=1).astype(np.int64), known)
    return _cells(
        pa.decimal64(output.digits, places) if places else pa.int64(), whole.astype(np.int64, copy=False), known
    )


def _cells(kind: pa.DataType, cells: Any, known: Any) -> pa.Array:
    """A column of cells as they lie in memory."""
    valid = None if known.all() else pa.py_buffer(np.packbits(known, bitorder="little"))
    return pa.Array.from_buffers(kind, len(cells), [valid, pa.py_buffer(cells)])


def as_read(cells: pa.Array) -> pa.Array:
    """A column in the type in which it is read from a file."""
    if pa.types.is_decimal64(cells.type):
        return cells.cast(pa.decimal128(cells.type.precision, cells.type.scale))
    return cells.dictionary_decode() if pa.types.is_dictionary(cells.type) else cells
