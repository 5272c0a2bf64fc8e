"""Parquet registers as NumPy arrays: whole numbers, truths, small codes, days; known flags stand apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.rules.reading import rules

NEVER = np.iinfo(np.int32).max
Arrays = dict[str, np.ndarray]


def read_register(folder: Path, register: str) -> Arrays:
    """All columns of a register. `name__known` is there for columns that may be blank.

    An unknown truth is False, an unknown number 0, an unknown reference -1.
    """
    file = pq.ParquetFile(folder / f"{register}.parquet")
    arrays: Arrays = {"rows": np.array(file.metadata.num_rows)}
    for name, feature in rules().fields[register].items():
        if feature.kind == "text" or name in {"area", "level"}:
            continue
        column = file.read(columns=[name]).column(0)
        if feature.nullable:
            arrays[f"{name}__known"] = _joined([_known(chunk) for chunk in column.chunks])
        arrays[name] = _values(register, name, column)
    return arrays


def area_codes(folder: Path) -> list[str]:
    """All division codes, in the order of the file."""
    return pq.read_table(folder / "area.parquet", columns=["id"])["id"].to_pylist()


def _joined(parts: list[np.ndarray]) -> np.ndarray:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _known(chunk: pa.Array) -> np.ndarray:
    if chunk.null_count == 0:
        return np.ones(len(chunk), bool)
    return chunk.is_valid().to_numpy(zero_copy_only=False)


def _values(register: str, name: str, column: pa.ChunkedArray) -> np.ndarray:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _joined([_coded(rules().codes[register][name], chunk) for chunk in column.chunks])
    if pa.types.is_decimal(kind):
        return _joined([_scaled(chunk) for chunk in column.chunks])
    if pa.types.is_date32(kind):
        days = column.cast(pa.int32())
        return _joined([chunk.fill_null(NEVER).to_numpy() for chunk in days.chunks])
    if pa.types.is_boolean(kind):
        return _joined([chunk.fill_null(False).to_numpy(zero_copy_only=False) for chunk in column.chunks])
    blank = -1 if rules().fields[register][name].kind == "ref" else 0
    parts = [chunk.fill_null(blank).to_numpy().astype(np.int64, copy=False) for chunk in column.chunks]
    return _joined(parts)


def _scaled(chunk: pa.Array) -> np.ndarray:
    """Decimals as whole numbers: the raw words of the column."""
    width = np.int64 if chunk.type.bit_width == 64 else np.int32
    raw = np.frombuffer(chunk.buffers()[1], width)[chunk.offset : chunk.offset + len(chunk)].astype(np.int64)
    if chunk.null_count:
        raw[~_known(chunk)] = 0
    return raw


def _coded(codes: tuple[str, ...], chunk: pa.DictionaryArray) -> np.ndarray:
    """Codes as places in the pack's list of codes."""
    words = chunk.dictionary.to_pylist()
    places = chunk.indices.fill_null(0).to_numpy()
    return np.array([codes.index(word) for word in words] or [0], np.int8)[places]


def area_places(folder: Path, register: str, codes: list[str]) -> np.ndarray:
    """For each row of a register the place of its village in `codes`."""
    column = pq.ParquetFile(folder / f"{register}.parquet").read(columns=["area"]).column(0)
    place = {code: number for number, code in enumerate(codes)}
    parts = []
    for chunk in column.chunks:
        places = np.array([place[word] for word in chunk.dictionary.to_pylist()], np.int32)
        parts.append(places[chunk.indices.to_numpy()])
    return _joined(parts)
