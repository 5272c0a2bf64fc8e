"""The container of old Office files: a stream of it by name."""

from __future__ import annotations

import struct

from luoshi.office.exchange.books.problems import Problem, Refused

SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
LARGEST_SECTOR = 0xFFFFFFFA
ENTRY = 128
STREAM, ROOT = 2, 5


def streams(data: bytes) -> dict[str, bytes]:
    """The streams of a container by their name. `Refused` when it is damaged."""
    try:
        return _streams(data)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Refused(Problem("damaged")) from error


def _streams(data: bytes) -> dict[str, bytes]:
    size = 1 << struct.unpack_from("<H", data, 0x1E)[0]
    small_size = 1 << struct.unpack_from("<H", data, 0x20)[0]
    directory_start, cutoff, small_start = (struct.unpack_from("<I", data, place)[0] for place in (0x30, 0x38, 0x3C))
    table = _table(data, size)
    directory = _chain(data, table, directory_start, size, size)
    small_chain = _chain(data, table, small_start, size, size)
    small = struct.unpack(f"<{len(small_chain) // 4}I", small_chain)
    found: dict[str, bytes] = {}
    inner = b""
    for place in range(0, len(directory), ENTRY):
        length, kind = struct.unpack_from("<HB", directory, place + 64)
        start, bytes_of = struct.unpack_from("<II", directory, place + 116)
        name = directory[place : place + max(length - 2, 0)].decode("utf-16-le")
        if kind == ROOT:
            inner = _chain(data, table, start, size, size)[:bytes_of]
        elif kind == STREAM:
            is_small = bytes_of < cutoff
            where = (inner, small, start, small_size, 0) if is_small else (data, table, start, size, size)
            found[name] = _chain(*where)[:bytes_of]
    return found


def _table(data: bytes, size: int) -> tuple[int, ...]:
    """Which sector follows which."""
    sectors = list(struct.unpack_from("<109I", data, 0x4C))
    following, count = struct.unpack_from("<II", data, 0x44)
    for _ in range(min(count, len(data) // size)):
        more = struct.unpack_from(f"<{size // 4}I", data, (following + 1) * size)
        sectors += more[:-1]
        following = more[-1]
    raw = b"".join(data[(s + 1) * size : (s + 2) * size] for s in sectors if s < LARGEST_SECTOR)
    return struct.unpack(f"<{len(raw) // 4}I", raw)


def _chain(data: bytes, table: tuple[int, ...], start: int, size: int, offset: int) -> bytes:
    """The sectors from `start` on, one after the other. A ring ends with an IndexError."""
    pieces = []
    while start < LARGEST_SECTOR:
        pieces.append(data[offset + start * size : offset + (start + 1) * size])
        if len(pieces) > len(table):
            raise IndexError(start)
        start = table[start]
    return b"".join(pieces)
