"""Columns of a register while it is sampled: plain arrays with a mask of what is known.

Numbers are integers scaled by the places of their type, dates are days since 1970, codes and words are indexes,
references are row numbers (of areas: indexes into the list of divisions), other texts are rows of bytes.
An unknown value keeps the value it would have: a citizen id fits a birthday that nobody wrote down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from luoshi.rulebook.model.types import Bool, Code, Date, Number, Ref, Text, Type

Array = NDArray[Any]


@dataclass(frozen=True)
class Column:
    """Values of one type. `known` None: all are known. `words`: the texts that the values are indexes of."""

    type: Type
    values: Array
    known: Array | None = None
    words: tuple[str, ...] | None = None

    def __len__(self) -> int:
        return len(self.values)

    def take(self, rows: Array) -> Column:
        """The values of some rows; row -1 is unknown."""
        known = None if self.known is None else self.known[rows]
        absent = rows < 0
        if absent.any():
            known = ~absent if known is None else known & ~absent
        if not len(self.values):
            return replace(self, values=np.zeros((len(rows), *self.values.shape[1:]), self.values.dtype), known=known)
        return replace(self, values=self.values[rows], known=known)

    def mask(self) -> Array:
        """Which values are known."""
        return np.ones(len(self), dtype=bool) if self.known is None else self.known

    def hide(self, hidden: Array) -> Column:
        """The column with some more values unknown."""
        return replace(self, known=self.mask() & ~hidden) if hidden.any() else self

    def rows(self) -> Array:
        """Row numbers that references point at; -1 where unknown."""
        return self.values if self.known is None else np.where(self.known, self.values, -1)

    def floats(self) -> Array:
        """Numbers unscaled; truths as one and zero."""
        places = self.type.places if isinstance(self.type, Number) else 0
        numbers: Array = self.values.astype(np.float64) / 10.0**places
        return numbers


@dataclass
class Table:
    """The rows of one register."""

    register: str
    count: int
    columns: dict[str, Column] = field(default_factory=dict)

    def take(self, rows: Array) -> Table:
        """The table with only these rows, in this order."""
        return Table(self.register, len(rows), {name: column.take(rows) for name, column in self.columns.items()})


def numbers(kind: Number, values: Array, known: Array | None = None) -> Column:
    """A column of numbers from floats, rounded to the places of the type."""
    scaled = np.rint(values * 10.0**kind.places)
    most = float(10 ** min(kind.digits, 15)) - 1
    return Column(kind, np.clip(scaled, -most, most).astype(np.int64), known)


def constant(kind: Type, value: int, count: int, words: tuple[str, ...] | None = None) -> Column:
    """A column with one internal value everywhere."""
    return Column(kind, np.full(count, value, dtype=dtype_of(kind)), None, words)


def dtype_of(kind: Type) -> type[np.generic]:
    """The dtype of the values of a type."""
    kinds: Mapping[type, type[np.generic]] = {
        Bool: np.bool_, Number: np.int64, Date: np.int32, Code: np.int16, Ref: np.int64, Text: np.int32,
    }  # fmt: skip
    return kinds[type(kind)]


def joined(columns: list[Column]) -> Column:
    """Columns of one type, one below the other."""
    first = columns[0]
    known = None if all(column.known is None for column in columns) else np.concatenate([c.mask() for c in columns])
    if first.type != Text():
        return replace(first, values=np.concatenate([column.values for column in columns]), known=known)
    columns = _same_layout(columns)
    return replace(columns[0], values=np.concatenate([column.values for column in columns]), known=known)


def _same_layout(columns: list[Column]) -> list[Column]:
    """Texts either all as indexes of one list of words, or all as bytes of one width."""
    if len({None if c.words is not None else c.values.shape[1] for c in columns}) == 1 and columns[0].words is None:
        return columns
    texts = [as_texts(column) for column in columns]
    words = tuple(dict.fromkeys(text for part in texts for text in part))
    index = {word: position for position, word in enumerate(words)}
    return [
        replace(column, values=np.array([index[text] for text in part], dtype=np.int32), words=words)
        for column, part in zip(columns, texts, strict=True)
    ]


def as_texts(column: Column) -> list[str]:
    """The texts of a column, one by one."""
    if column.words is not None:
        return [column.words[index] for index in column.values.tolist()]
    return [bytes(row).decode() for row in column.values]
