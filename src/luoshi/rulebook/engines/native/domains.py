"""Domains: everything that keys of one kind refer to, each in its place. Rows come first, in the order of their ids."""

from __future__ import annotations

from threading import Lock
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from luoshi.rulebook.engines.native.cells import NOWHERE

SPREAD = 8
"""Ids that are whole numbers are found by their number while there is no more room between them than this."""


class Domain:
    """The places of keys: those of rows by their ids, then whatever else occurs, in the order in which it is met."""

    def __init__(self, ids: pa.Array | None = None) -> None:
        self.ids = ids
        self.rows = 0 if ids is None else len(ids)
        self.others: dict[str, int] = {}
        self._by_number: tuple[int, Any] | None = None
        self._lock = Lock()

    def __len__(self) -> int:
        return self.rows + len(self.others)

    def places(self, keys: pa.Array) -> Any:
        """The place of each key as int32; what is blank is nowhere. Keys not met before get places of their own."""
        if self.ids is not None and pa.types.is_integer(self.ids.type) and pa.types.is_integer(keys.type):
            found = self._numbers(keys)
            if found is not None:
                return found
        encoded = keys if pa.types.is_dictionary(keys.type) else keys.dictionary_encode()
        by_key = self._found(encoded.dictionary)
        indices = pc.fill_null(encoded.indices, len(by_key)).to_numpy(zero_copy_only=False)
        return np.append(by_key, np.int32(NOWHERE))[indices]

    def place(self, key: str) -> int:
        """The place of one key."""
        return int(self.places(pa.array([key]))[0])

    def _numbers(self, keys: pa.Array) -> Any:
        """The places of whole numbers, if ids are close enough together and all keys are ids."""
        first, table = self._table()
        if table is None:
            return None
        numbers = pc.fill_null(keys.cast(pa.int64()), first - 1).to_numpy(zero_copy_only=False)
        inside = (numbers >= first) & (numbers < first + len(table))
        found = np.where(inside, table[np.where(inside, numbers - first, 0)], np.int32(NOWHERE))
        strangers = (found < 0) & pc.is_valid(keys).to_numpy(zero_copy_only=False)
        return None if strangers.any() else found

    def _table(self) -> tuple[int, Any]:
        """The place of every number from the first id to the last."""
        if self._by_number is None:
            assert self.ids is not None
            ids = self.ids.to_numpy(zero_copy_only=False)
            first, last = (int(ids[0]), int(ids[-1])) if self.rows else (0, 0)
            table = None
            if last - first < SPREAD * max(self.rows, 1_000):
                table = np.full(last - first + 1, NOWHERE, np.int32)
                table[ids - first] = np.arange(self.rows, dtype=np.int32)
            self._by_number = first, table
        return self._by_number

    def _found(self, keys: pa.Array) -> Any:
        """The places of different keys."""
        found = np.full(len(keys), NOWHERE, np.int32)
        if self.ids is not None and self.rows:
            alike = keys.type == self.ids.type
            given, ids = (keys, self.ids) if alike else (_as_text(keys), _as_text(self.ids))
            found = pc.fill_null(pc.index_in(given, value_set=ids), NOWHERE).to_numpy(zero_copy_only=False).copy()
        missing = np.flatnonzero(found < 0)
        with self._lock:  # columns are taken in by several threads
            for at, key in zip(missing.tolist(), _as_text(keys.take(pa.array(missing))).to_pylist(), strict=True):
                if key is not None:
                    found[at] = self.others.setdefault(key, len(self))
        return found

    def settle(self) -> None:
        """Give back the memory that finding many places has needed."""
        self._by_number = None

    def words(self) -> pa.Array:
        """Every key as text, in its place."""
        ids = pa.array([], pa.string()) if self.ids is None else _as_text(self.ids)
        return pa.concat_arrays([ids, pa.array(self.others, pa.string())])


def _as_text(keys: pa.Array) -> pa.Array:
    return keys.cast(pa.string())
