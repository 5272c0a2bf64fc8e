"""Values in Thrift's compact protocol: the headers of a Parquet file are written in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, pairwise

LONG_LIST = 15
Part = tuple[int, bytes]
"""The number of a type, and a value as bytes."""


def varint(value: int) -> bytes:
    """A number from zero on, seven bits to a byte.

    >>> varint(300).hex()
    'ac02'
    """
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])


def _zigzag(value: int) -> bytes:
    return varint(value << 1 if value >= 0 else (-value << 1) - 1)


def short(value: int) -> Part:
    """A whole number of 32 bits."""
    return 5, _zigzag(value)


def long(value: int) -> Part:
    """A whole number of 64 bits."""
    return 6, _zigzag(value)


def binary(value: bytes) -> Part:
    """Bytes, or a text in UTF-8."""
    return 8, varint(len(value)) + value


def several(parts: Sequence[Part]) -> Part:
    """A list of values of one type; there is at least one."""
    kind, size = parts[0][0], len(parts)
    head = bytes([size << 4 | kind]) if size < LONG_LIST else bytes([0xF0 | kind]) + varint(size)
    return 9, head + b"".join(value for _, value in parts)


def struct(fields: Mapping[int, Part | None]) -> Part:
    """Fields by their numbers; those that are None are left out.

    >>> struct({1: short(3), 4: binary(b"a"), 2: None})[1].hex()
    '150638016100'
    """
    there = [(number, *part) for number, part in sorted(fields.items()) if part is not None]
    steps = [after - before for before, after in pairwise(chain([0], (number for number, _, _ in there)))]
    parts = [bytes([step << 4 | kind]) + value for step, (_, kind, value) in zip(steps, there, strict=True)]
    return 12, b"".join(parts) + b"\0"
