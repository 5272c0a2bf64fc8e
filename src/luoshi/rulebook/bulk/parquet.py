"""Parquet files of what results are made of, written faster than by a writer that has to expect anything."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import pyarrow as pa

from luoshi.rulebook.bulk.compact import Part, binary, long, several, short, struct
from luoshi.rulebook.bulk.pages import PLAIN, RLE, RLE_DICTIONARY, Kind, kind_of, pages_of

MAGIC = b"PAR1"
DATA_PAGE, DICTIONARY_PAGE = 0, 2
OPTIONAL, SNAPPY = 1, 1
VERSION = 2


class ParquetWriter:
    """A file that takes groups of rows, one after the other. It can be read once the writer is closed."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._schema, self._kinds = schema, [kind_of(item.type) for item in schema]
        self._codec = pa.Codec("snappy")
        self._file: BinaryIO = path.open("wb")
        self._at = self._file.write(MAGIC)
        self._groups: list[Part] = []
        self._rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._file:
            if kind is None:
                footer = self._footer()
                self._file.write(footer + len(footer).to_bytes(4, "little") + MAGIC)

    def write(self, batch: pa.RecordBatch) -> None:
        """Put a group of rows behind those that are there."""
        start, chunks, whole = self._at, [], 0
        for item, kind, cells in zip(self._schema, self._kinds, batch.columns, strict=True):
            chunk, size = self._chunk(item.name, kind, cells)
            chunks.append(chunk)
            whole += size
        packed = {5: long(start), 6: long(self._at - start)}
        self._groups.append(struct({1: several(chunks), 2: long(whole), 3: long(len(batch)), **packed}))
        self._rows += len(batch)

    def _chunk(self, name: str, kind: Kind, cells: pa.Array) -> tuple[Part, int]:
        """Write one column of a group; what the footer says about it, and its size before it was compressed."""
        start, size, pages = self._at, 0, pages_of(cells)
        if pages.words is not None:
            size += self._page(DICTIONARY_PAGE, pages.words, {7: struct({1: short(pages.count), 2: short(PLAIN)})})
        data, encoding = self._at, PLAIN if pages.words is None else RLE_DICTIONARY
        coded = {1: short(len(cells)), 2: short(encoding), 3: short(RLE), 4: short(RLE)}
        size += self._page(DATA_PAGE, pages.body, {5: struct(coded)})
        about = {
            1: short(kind.physical),
            2: several([short(number) for number in sorted({PLAIN, RLE, encoding})]),
            3: several([binary(name.encode())]),
            4: short(SNAPPY),
            5: long(len(cells)),
            6: long(size),
            7: long(self._at - start),
            9: long(data),
            11: None if pages.words is None else long(start),
            12: _statistics(cells.null_count, pages.bounds),
        }
        return struct({2: long(start), 3: struct(about)}), size

    def _page(self, kind: int, body: bytes, about: dict[int, Part]) -> int:
        """Write one page; its size before it was compressed."""
        packed = self._codec.compress(body, asbytes=True)
        head = struct({1: short(kind), 2: short(len(body)), 3: short(len(packed)), **about})[1]
        self._at += self._file.write(head) + self._file.write(packed)
        return len(head) + len(body)

    def _footer(self) -> bytes:
        columns = zip(self._schema, self._kinds, strict=True)
        root = struct({4: binary(b"schema"), 5: short(len(self._schema))})
        leaves = [
            struct({1: short(kind.physical), 3: short(OPTIONAL), 4: binary(item.name.encode()), **kind.meaning})
            for item, kind in columns
        ]
        in_order = struct({1: struct({})})
        fields: dict[int, Part] = {
            1: short(VERSION),
            2: several([root, *leaves]),
            3: long(self._rows),
            4: several(self._groups) if self._groups else (9, bytes([12])),
            6: binary(b"luoshi"),
            7: several([in_order] * len(leaves)),
        }
        return struct(fields)[1]


def _statistics(blank: int, bounds: tuple[bytes, bytes] | None) -> Part:
    """What lets a reader pass over a group: how many cells are blank, and the bounds of the others."""
    told = {} if bounds is None else {6: binary(bounds[0]), 5: binary(bounds[1])}
    return struct({3: long(blank), **told})
