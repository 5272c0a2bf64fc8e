"""Columns of the snapshot of a run, read once, and the rows that references lead to."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from luoshi.office.registry.shape import DIVISIONS
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.types import Ref

MOST_KEPT = 24
"""Columns that are kept in memory at a time."""


@dataclass
class Snapshot:
    """The registers as a run has read them. Ids are whole numbers, division codes too: they are all digits."""

    pack: Pack
    folder: Path
    _columns: dict[tuple[str, str], Any] = field(default_factory=dict)

    def keeps(self, register: str) -> bool:
        """Whether somebody keeps a register."""
        return self._file(register).exists()

    def has(self, register: str, name: str) -> bool:
        """Whether a column is there: sealed ones that no rule reads are not."""
        return self.keeps(register) and name in pq.read_schema(self._file(register)).names

    def column(self, register: str, name: str) -> Any:
        """A column in the order of ids: references as numbers, of anything else whether it is known."""
        key = (register, name)
        if key not in self._columns:
            if len(self._columns) >= MOST_KEPT:
                del self._columns[next(iter(self._columns))]
            cells = pq.read_table(self._file(register), columns=[name])[name].combine_chunks()
            self._columns[key] = numbers(cells) if self._leads_on(register, name) else cells.is_valid()
        return self._columns[key]

    def rows_at(self, register: str, ids: Any, path: tuple[str, ...]) -> Any:
        """The ids that a path of references leads to from rows of a register; null where it breaks off."""
        for name in path:
            ids = self.cells(register, name, ids)
            kind = self.pack.registers[register].fields[name].type
            assert isinstance(kind, Ref)
            register = kind.register
        return ids

    def cells(self, register: str, name: str, ids: Any) -> Any:
        """The cells of a column for rows by their ids; null where there is no such row."""
        places = pc.index_in(ids, value_set=self.column(register, "id"))
        return self.column(register, name).take(places)

    def _leads_on(self, register: str, name: str) -> bool:
        fields = self.pack.registers[register].fields
        return name == "id" or (name in fields and isinstance(fields[name].type, Ref))

    def _file(self, register: str) -> Path:
        return self.folder / f"{register}.parquet"


def numbers(ids: Any) -> Any:
    """Ids as whole numbers.

    >>> numbers(pa.array(["3311", None])).to_pylist()
    [3311, None]
    """
    return ids.cast(pa.int64())


def written(register: str, row_id: int) -> int | str:
    """An id as its register writes it.

    >>> written("area", 3311), written("person", 7)
    ('3311', 7)
    """
    return str(row_id) if register == DIVISIONS else row_id
