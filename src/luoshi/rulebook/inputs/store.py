"""Rows of registers in memory: the facts a case is decided on.

A row is a mapping from field name to value; a missing key or None is unknown. The name of a derived fact or of a
judgement may be a key too: then its value is given. A register that is absent from the store is kept by nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.types import Ref
from luoshi.rulebook.values.area_code import lineage

Row = Mapping[str, Any]
Rows = Mapping[Any, Row]


class Store:
    """The rows of the registers, by id, and which rows point at which."""

    def __init__(self, pack: Pack, rows: Mapping[str, Rows]) -> None:
        self.pack, self.rows = pack, rows
        self._members: dict[tuple[str, tuple[str, ...]], dict[Any, list[Any]]] = {}

    def keeps(self, register: str) -> bool:
        """Whether somebody keeps a register."""
        return register in self.rows

    def row(self, register: str, row_id: Any) -> Row | None:
        """A row by id."""
        rows = self.rows.get(register)
        return rows.get(row_id) if rows is not None else None

    def members(self, register: str, via: tuple[str, ...], subject: str, row_id: Any) -> list[Any]:
        """The ids of the rows whose path `via` leads to a subject; for an area, to anything within it."""
        key = (register, via)
        if key not in self._members:
            self._members[key] = self._index(register, via, within=subject == "area")
        return self._members[key].get(row_id, [])

    def _index(self, register: str, via: tuple[str, ...], *, within: bool) -> dict[Any, list[Any]]:
        index: dict[Any, list[Any]] = defaultdict(list)
        for row_id in self.rows[register]:
            target = self.follow(register, row_id, via)
            if target is not None:
                for owner in lineage(target) if within else (target,):
                    index[owner].append(row_id)
        return index

    def follow(self, register: str, row_id: Any, path: tuple[str, ...]) -> Any:
        """The id that a path of references leads to, None where it breaks off."""
        for name in path:
            row = self.row(register, row_id)
            if row is None:
                return None
            row_id = row.get(name)
            if row_id is None:
                return None
            kind = self.pack.registers[register].fields[name].type
            register = kind.register if isinstance(kind, Ref) else register
        return row_id

    def area(self, register: str, row_id: Any) -> str | None:
        """The division code a row lies in."""
        if register == "area":
            code: str | None = row_id
            return code
        path = self.pack.registers[register].area
        return self.follow(register, row_id, path) if path else None
