"""Cells of registers as a list shows them: in words, with the names of the rows that they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from luoshi.office.desk.naming import Names, RowId
from luoshi.office.desk.wording import RATE, worded
from luoshi.office.registry.areas import area
from luoshi.office.registry.queries import Row
from luoshi.office.registry.shape import DIVISIONS, Column, RegisterTable
from luoshi.rulebook.model.types import Number, Ref


@dataclass(frozen=True)
class Cells:
    """Says the cells of some rows. `called` are the names of the rows they refer to, by register."""

    names: Names
    table: RegisterTable
    called: Mapping[str, Mapping[RowId, str]]

    @classmethod
    def of(cls, names: Names, table: RegisterTable, columns: Iterable[Column], rows: Iterable[Row]) -> Cells:
        """For these columns of these rows, with every name that they need."""
        wanted: dict[str, list[RowId]] = {}
        rows = list(rows)
        for column in columns:
            if isinstance(column.type, Ref):
                found = (row.cells[column.name] for row in rows)
                wanted.setdefault(column.type.register, []).extend(cell for cell in found if cell is not None)
        return cls(names, table, {register: names.of(register, ids) for register, ids in wanted.items()})

    def words(self, column: Column, cell: Any) -> str:
        """A cell in words; nothing for one that is not known."""
        if isinstance(column.type, Ref) and cell is not None:
            return self._name(column.type.register, cell)
        field = self.names.pack.registers[self.table.register].fields.get(column.name)
        if cell is None:
            return _("空白") if field and field.blank_never else ""
        unit = RATE if field is not None and field.unit_label == RATE else ""
        return worded(cell, column.type, unit, self.names.lang, dict(field.codes) if field else {})

    def plain(self, column: Column, cell: Any) -> Any:
        """A cell for a sheet: numbers and days as such, anything else in words."""
        is_number = isinstance(column.type, Number) and cell is not None
        return cell if is_number else self.words(column, cell)

    def _name(self, register: str, row_id: RowId) -> str:
        name = self.called.get(register, {}).get(row_id)
        if name is not None:
            return name
        place = area(str(row_id)) if register == DIVISIONS else None
        return place.name if place else self.names.plain(register, row_id)
