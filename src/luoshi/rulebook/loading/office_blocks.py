"""Blocks that say who acts: departments and offices."""

from __future__ import annotations

from luoshi.rulebook.loading.reading import Entry
from luoshi.rulebook.loading.scope import Names
from luoshi.rulebook.loading.shapes.offices import DepartmentShape, OfficeShape
from luoshi.rulebook.model.offices import Department, Office


def make_department(entry: Entry, shape: DepartmentShape, names: Names) -> Department:
    """A department."""
    return Department(entry.id, shape.title.text(), entry.place)


def make_office(entry: Entry, shape: OfficeShape, names: Names) -> Office:
    """An office; whether its department and the one that records for it exist is seen later."""
    return Office(
        entry.id,
        shape.title.text(),
        entry.place,
        kind=shape.kind,
        level=shape.level,
        department=shape.department,
        recorded_by=shape.recorded_by,
    )
