"""Rows as they are kept, with some cells as somebody tries them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luoshi.office.registry.store import KeptStore
from luoshi.rulebook.inputs.store import Row
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.values.calendar import NEVER

Changes = Mapping[tuple[str, Any], Mapping[str, Any]]
"""Other cells of rows, by register and id; None is unknown, or not ended where a blank says so."""


class OverlayStore(KeptStore):
    """The registers as they are kept now, but for the changes. Which rows lead to which stays as it is.

    What another store has read is not read again.
    """

    def __init__(self, pack: Pack, changes: Changes, read_by: OverlayStore | None = None) -> None:
        super().__init__(pack)
        if read_by is not None:
            self.__dict__.update(read_by.__dict__)
        self._changes = changes

    def row(self, register: str, row_id: Any) -> Row | None:
        """A row by id, with its changes."""
        kept, changed = super().row(register, row_id), self._changes.get((register, row_id))
        if kept is None or changed is None:
            return kept
        fields = self.pack.registers[register].fields
        row = {**kept, **changed}
        ended = {
            name: NEVER for name, cell in row.items() if cell is None and name in fields and fields[name].blank_never
        }
        return {name: cell for name, cell in (row | ended).items() if cell is not None}
