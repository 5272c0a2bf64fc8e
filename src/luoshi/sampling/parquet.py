"""Writes a sampled register as Parquet, row group by row group; the same rows give the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from luoshi.rulebook.inputs.arrow import arrow_type, decimals
from luoshi.rulebook.model.types import Code, Number, Ref
from luoshi.sampling.areas import Areas
from luoshi.sampling.city import AREA
from luoshi.sampling.columns import Column

ROW_GROUP = 131_072


def write_table(path: Path, columns: dict[str, Column], count: int, areas: Areas) -> None:
    """One file with a dense id and the columns. The id of an area is its code."""
    schema = pa.schema([("id", pa.string() if path.stem == AREA else pa.int64())])
    for name, column in columns.items():
        schema = schema.append(pa.field(name, arrow_type(column.type)))
    with pq.ParquetWriter(path, schema, compression="zstd", compression_level=1, store_decimal_as_integer=True) as file:
        for start in range(0, max(count, 1), ROW_GROUP):
            rows = np.arange(start, min(start + ROW_GROUP, count))
            ids = pa.array([areas.codes[row] for row in rows]) if path.stem == AREA else pa.array(rows)
            arrays = [ids, *(_array(column.take(rows), areas) for column in columns.values())]
            file.write_table(pa.table(arrays, schema=schema), row_group_size=ROW_GROUP)


def _array(column: Column, areas: Areas) -> Any:
    kind, unknown = column.type, None if column.known is None else ~column.known
    if isinstance(kind, Number) and kind.places:
        return decimals(column.values, column.known, kind)
    if isinstance(kind, Code):
        return _indexed(column, kind.codes)
    if kind == Ref(AREA):
        return _indexed(column, areas.codes)
    if column.words is not None:
        return _indexed(column, column.words).cast(pa.string())
    if column.values.ndim == 2:
        return _texts(column)
    return pa.array(column.values, type=arrow_type(kind), mask=unknown)


def _indexed(column: Column, words: Any) -> Any:
    mask = None if column.known is None else ~column.known
    indices = pa.array(column.values.astype(np.int32), mask=mask)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(words), type=pa.string()))


def _validity(column: Column) -> Any:
    if column.known is None:
        return None
    return pa.py_buffer(np.packbits(column.known, bitorder="little"))


def _texts(column: Column) -> Any:
    width = column.values.shape[1]
    offsets = np.arange(len(column) + 1, dtype=np.int32) * width
    data = np.ascontiguousarray(column.values)
    return pa.Array.from_buffers(
        pa.string(), len(column), [_validity(column), pa.py_buffer(offsets), pa.py_buffer(data)]
    )
