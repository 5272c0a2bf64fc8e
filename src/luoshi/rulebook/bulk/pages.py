"""Columns as pages of Parquet. Numbers that are small are their own places in a dictionary, so that none is looked up.

A general writer hashes every cell to find such a dictionary, which took half of a run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from luoshi.rulebook.bulk.compact import Part, short, varint

PLAIN, RLE, RLE_DICTIONARY = 0, 3, 8
BOOLEAN, INT32, INT64, BYTE_ARRAY, FIXED = 0, 1, 2, 6, 7
UTF8, DECIMAL, DATE, UINT_8, UINT_16, UINT_32, UINT_64 = 0, 5, 6, 11, 12, 13, 14
MOST_SMALL = 4_096
"""Whole numbers below it are their own places."""
WHOLE = {
    pa.uint8(): (INT32, UINT_8),
    pa.uint16(): (INT32, UINT_16),
    pa.uint32(): (INT32, UINT_32),
    pa.uint64(): (INT64, UINT_64),
    pa.int64(): (INT64, None),
    pa.date32(): (INT32, DATE),
}
WIDTHS = (1, 2, 4, 8, 16, 32)
BYTE = GROUP = 8
SMALL = {pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()}
CELLS: dict[int, Any] = {INT32: np.dtype("<i4"), INT64: np.dtype("<i8")}


@dataclass(frozen=True)
class Pages:
    """The cells of a column in a group of rows: the page of data, and the dictionary of `words` that it refers to.

    `bounds` are the smallest and the largest cell, as readers compare them; None where they do not.
    """

    body: bytes
    words: bytes | None = None
    count: int = 0
    bounds: tuple[bytes, bytes] | None = None


@dataclass(frozen=True)
class Kind:
    """How columns of a type are stored: Parquet's number of the type, and the fields that say what it means."""

    physical: int
    meaning: dict[int, Part]


def kind_of(stored: pa.DataType) -> Kind:
    """How columns of a type of Arrow are stored."""
    if pa.types.is_decimal(stored):
        narrow = pa.types.is_decimal64(stored)
        length = {} if narrow else {2: short(stored.byte_width)}
        scaled = {6: short(DECIMAL), 7: short(stored.scale), 8: short(stored.precision)}
        return Kind(INT64 if narrow else FIXED, length | scaled)
    if stored in WHOLE:
        physical, meant = WHOLE[stored]
        return Kind(physical, {} if meant is None else {6: short(meant)})
    return Kind(BOOLEAN, {}) if pa.types.is_boolean(stored) else Kind(BYTE_ARRAY, {6: short(UTF8)})


def pages_of(cells: pa.Array) -> Pages:
    """The cells of a column as pages."""
    there = cells.drop_null() if cells.null_count else cells
    found = _encoding(cells.type)(there)
    return replace(found, body=_levels(cells) + found.body)


def _levels(cells: pa.Array) -> bytes:
    """Which cells hold anything."""
    if cells.null_count:
        runs = varint(-(-len(cells) // GROUP) << 1 | 1) + _validity(cells)
    else:
        runs = _repeated(1, len(cells), 1)
    return len(runs).to_bytes(4, "little") + runs


def _validity(cells: pa.Array) -> bytes:
    """A bit for each cell, the first lowest, as Arrow and Parquet both have them; nothing behind the last."""
    if cells.offset % BYTE:
        return np.packbits(cells.is_valid().to_numpy(zero_copy_only=False), bitorder="little").tobytes()
    start, size = cells.offset // BYTE, -(-len(cells) // BYTE)
    bits = bytearray(memoryview(cells.buffers()[0])[start : start + size])
    bits[-1] &= 0xFF >> (-len(cells) % BYTE)
    return bytes(bits)


def _repeated(number: int, count: int, bits: int) -> bytes:
    """One run of the same number."""
    return varint(count << 1) + number.to_bytes(-(-bits // 8), "little")


def _packed(cells: Any, bits: int) -> bytes:
    """One run of numbers of so many bits each, in groups of eight."""
    groups = -(-len(cells) // GROUP)
    body: bytes = (_squeezed(cells, bits) if bits < BYTE else cells.astype(f"<u{bits // BYTE}", copy=False)).tobytes()
    return varint(groups << 1 | 1) + body + bytes(groups * bits - len(body))


def _squeezed(cells: Any, bits: int) -> Any:
    """Numbers of less than a byte, several to a byte, the first lowest.

    As many bytes as share one are seen as one word: shifted by what each has too much, they meet in its lowest byte.

    >>> _squeezed(np.array([1, 2, 3, 0, 2], np.uint8), 2).tolist()
    [57, 2]
    """
    share = BYTE // bits
    whole = np.zeros(-(-len(cells) // share) * share, np.uint8)
    whole[: len(cells)] = cells
    words = whole.view(f"<u{share}")
    found = words.copy()
    for place in range(1, share):
        found |= words >> place * (BYTE - bits)
    return found.astype(np.uint8)


def _encoding(stored: pa.DataType) -> Callable[[pa.Array], Pages]:
    if pa.types.is_dictionary(stored):
        return _words
    if pa.types.is_string(stored):
        return lambda cells: Pages(_texts(cells), bounds=_bounds(cells))
    if pa.types.is_boolean(stored):
        return lambda cells: Pages(np.packbits(cells.to_numpy(zero_copy_only=False), bitorder="little").tobytes())
    return _decimals if pa.types.is_decimal(stored) else _numbers


def numbers_of(cells: pa.Array, like: Any) -> Any:
    """The cells as they lie in memory."""
    if not len(cells):
        return np.empty(0, like)
    size = np.dtype(like).itemsize * (2 if pa.types.is_decimal128(cells.type) else 1)
    return np.frombuffer(cells.buffers()[1], np.uint8)[cells.offset * size :][: len(cells) * size].view(like)


def _decimals(cells: pa.Array) -> Pages:
    """Narrow ones as they are, wide ones with the highest byte first."""
    words = numbers_of(cells, "<i8")
    if pa.types.is_decimal128(cells.type):
        words = words.reshape(-1, 2)[:, ::-1].astype(">i8")
    return Pages(words.tobytes())


def _numbers(cells: pa.Array) -> Pages:
    numbers, like = _whole(cells), CELLS[WHOLE[cells.type][0]]
    if not len(numbers):
        return Pages(b"")
    bounds = numbers.min(), numbers.max()
    told = bounds[0].astype(like).tobytes(), bounds[1].astype(like).tobytes()
    if cells.type in SMALL and bounds[1] < MOST_SMALL:
        count = int(bounds[1]) + 1
        return _placed(numbers, count, np.arange(count, dtype=like).tobytes(), told)
    return Pages(numbers.astype(like).tobytes(), bounds=told)


def _whole(cells: pa.Array) -> Any:
    return numbers_of(cells, "<i4") if pa.types.is_date(cells.type) else cells.to_numpy()


def _words(cells: pa.Array) -> Pages:
    """Words once each, in the order in which they are met."""
    encoded = cells.indices.dictionary_encode()
    words = cells.dictionary.take(encoded.dictionary)
    return _placed(encoded.indices.to_numpy(), len(words), _texts(words), _bounds(words))


def _placed(places: Any, count: int, words: bytes, bounds: tuple[bytes, bytes] | None) -> Pages:
    """Places in a dictionary, in as few bits as there are words; one place for all is said once."""
    bits = next(bits for bits in WIDTHS if count <= 1 << bits)
    same = bounds is not None and bounds[0] == bounds[1]
    body = _repeated(int(places[0]), len(places), bits) if same else _packed(places, bits)
    return Pages(bytes([bits]) + body, words, count, bounds)


def _texts(cells: pa.Array) -> bytes:
    """Each text behind its length."""
    lengths = pc.binary_length(cells).to_numpy().astype("<i4")
    heads = pa.Array.from_buffers(pa.binary(4), len(cells), [None, pa.py_buffer(lengths)]).cast(pa.binary())
    whole = pc.binary_join_element_wise(heads, cells.cast(pa.binary()), b"")
    return b"" if not len(whole) else whole.buffers()[2].to_pybytes()


def _bounds(texts: pa.Array) -> tuple[bytes, bytes] | None:
    found = pc.min_max(texts).as_py()
    return None if found["min"] is None else (found["min"].encode(), found["max"].encode())
