"""Arrow columns of one batch of rows, with blanks sprinkled in."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

MONEY = pa.decimal64(18, 2)
RATE = pa.decimal32(9, 4)


class Batch:
    """Columns of `rows` rows, drawn from one random stream; `blank` is the probability of an empty cell."""

    def __init__(self, rows: int, stream: tuple[int, ...]) -> None:
        self.rows = rows
        self.random = np.random.default_rng(stream)
        self.columns: dict[str, pa.Array] = {}

    def table(self) -> pa.Table:
        """The columns as a table, in the order they were added."""
        return pa.table(self.columns)

    def ids(self, first: int) -> None:
        """The dense identifier."""
        self.columns["id"] = pa.array(np.arange(first, first + self.rows, dtype=np.int64))

    def chance(self, share: float | np.ndarray) -> np.ndarray:
        """True with the given probability."""
        return self.random.random(self.rows, dtype=np.float32) < share

    def between(self, low: int, high: int) -> np.ndarray:
        """Whole numbers from `low` to `high`, both included."""
        return self.random.integers(low, high + 1, self.rows)

    def amounts(self, mean: float, most: float) -> np.ndarray:
        """Sums in fen: many small, few large."""
        drawn = self.random.standard_exponential(self.rows, dtype=np.float32) * (mean * 100)
        return np.minimum(drawn, most * 100).astype(np.int64)

    def _blanks(self, blank: float, empty: np.ndarray | None) -> np.ndarray | None:
        if blank:
            sprinkled = self.chance(blank)
            return sprinkled if empty is None else sprinkled | empty
        return empty

    def plain(
        self,
        name: str,
        values: np.ndarray,
        blank: float = 0.0,
        empty: np.ndarray | None = None,
        kind: pa.DataType | None = None,
    ) -> None:
        """Truths, whole numbers, references or dates. `empty` marks rows that are blank for a reason."""
        self.columns[name] = pa.array(values, type=kind, mask=self._blanks(blank, empty))

    def dates(self, name: str, days: np.ndarray, blank: float = 0.0, empty: np.ndarray | None = None) -> None:
        """Dates given as days since 1970."""
        self.plain(name, days.astype("datetime64[D]"), blank, empty, pa.date32())

    def decimals(self, name: str, scaled: np.ndarray, blank: float = 0.0, kind: pa.DataType = MONEY) -> None:
        """Decimals given as scaled whole numbers."""
        blanks = self._blanks(blank, None)
        width = np.int64 if kind.bit_width == 64 else np.int32
        known = None if blanks is None else pa.array(~blanks).buffers()[1]
        values = pa.py_buffer(np.ascontiguousarray(scaled, dtype=width))
        self.columns[name] = pa.Array.from_buffers(kind, self.rows, [known, values])

    def codes(self, name: str, codes: tuple[str, ...], chances: tuple[float, ...], blank: float = 0.0) -> np.ndarray:
        """Codes drawn with the given chances; returns the places in `codes`."""
        limits = np.cumsum(chances)[:-1].astype(np.float32)
        places = np.searchsorted(limits, self.random.random(self.rows, dtype=np.float32), side="right")
        self.chosen(name, codes, places, blank)
        return places

    def chosen(self, name: str, codes: tuple[str, ...] | list[str], places: np.ndarray, blank: float = 0.0) -> None:
        """Codes given by their places in `codes`."""
        blanks = self._blanks(blank, None)
        indices = pa.array(places.astype(np.int32), mask=blanks)
        self.columns[name] = pa.DictionaryArray.from_arrays(indices, pa.array(list(codes)))
