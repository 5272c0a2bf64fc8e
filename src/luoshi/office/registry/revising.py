"""Writing single rows: a row is put right, added, or given back what it held before. Never without a reason.

Each change is a new version of the row; what it was stays in its history. What is wrong with a change is found before
anything is written, all of it at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from luoshi.office.database.keys import secrecy
from luoshi.office.registry.entering import Cells, Value, misfits
from luoshi.office.registry.errors import ChangedMeanwhile, NotHere, Problem, Refused
from luoshi.office.registry.grounding import key_holder, lost_references, place_of
from luoshi.office.registry.placing import place
from luoshi.office.registry.shape import AREA, DOUBLE, VERSION, RegisterTable, Tables
from luoshi.office.registry.storing import (
    Basis,
    RowId,
    basis_problems,
    insert,
    key_problem,
    locked,
    record,
    stored,
    update,
)
from luoshi.office.registry.tracing import cells_of_version


@dataclass(frozen=True)
class Revision:
    """A row as it would be stored: the `cells` it would have, those that are `new`, and who may see what around it."""

    table: RegisterTable
    tables: Tables
    row_id: RowId | None
    cells: Mapping[str, Any]
    new: Cells
    scope_prefix: str

    def key(self) -> dict[str, Any]:
        """The key as it is compared, by stored column."""
        found = {}
        for name in self.table.key_columns:
            found[name] = self.cells.get(name)
        for name in self.table.key:
            column = self.table.columns.get(name)
            if column is not None and name in self.new:
                value = self.new[name]
                is_sealed = column.encrypted and value is not None
                found[column.found_by] = secrecy().index(str(value)) if is_sealed else value
        return found

    def area(self, problems: list[Problem], *, may_be_double: bool = False) -> str | None:
        """The area that the row will belong to; `Refused` with every problem, those found before among them."""
        wrong = {problem.column for problem in problems}
        sound = {name: value for name, value in self.new.items() if name not in wrong}
        problems += lost_references(self.table, sound, self.scope_prefix)
        area = None if problems else place_of(self.table, self.tables, {**self.cells, **self.new}, self.row_id)
        if not problems and not self._covers(area):
            problems.append(Problem("place", self.table.register, self.table.area[0] if self.table.area else ""))
        if set(self.table.key) & sound.keys() and not wrong & set(self.table.key) and not may_be_double:
            holder = key_holder(self.table, self.key(), self.row_id)
            if holder is not None:
                problems.append(key_problem(self.table, holder.id if self._covers(holder.area) else None))
        if problems:
            raise Refused(problems)
        return area

    def _covers(self, area: str | None) -> bool:
        return (area or "").startswith(self.scope_prefix)


@transaction.atomic
def correct(
    table: RegisterTable,
    tables: Tables,
    row_id: RowId,
    changes: Cells,
    basis: Basis,
    *,
    scope_prefix: str,
    expected_version: int,
) -> int:
    """The row holds the changed cells, as a new version with its reason; the number of that version.

    Encrypted cells are given in clear. Cells that hold the same already are no change; where all do, nothing is
    written, whatever the version: sending the same twice is harmless.

    `NotHere` for a row outside the area, `ChangedMeanwhile` when it is not the expected version any more, `Refused`
    with every problem: values that do not fit, references that lead nowhere or beyond the area, a place outside it, a
    key that another row has, no reason, no source.
    """
    revision = _revised(table, tables, row_id, changes, scope_prefix)
    now, new = revision.cells, revision.new
    if not new:
        return int(now[VERSION])
    if now[VERSION] != expected_version:
        raise ChangedMeanwhile(now[VERSION])
    problems = [*basis_problems(table, basis), *misfits(table, new)]
    area = revision.area(problems, may_be_double=now[DOUBLE])
    is_double = now[DOUBLE] and key_holder(table, revision.key(), row_id) is not None
    update(table, row_id, {**stored(table, new), AREA: area, DOUBLE: is_double}, basis)
    if isinstance(row_id, int):
        place(tables, table.name, [row_id], by=basis.by)
    version = int(now[VERSION]) + 1
    record("register.correct", table, row_id, area, basis, {"columns": sorted(new), "version": version})
    return version


@transaction.atomic
def add(table: RegisterTable, tables: Tables, cells: Cells, basis: Basis, *, scope_prefix: str) -> int:
    """A new row is in the register; its id. `Refused` with every problem, as for a correction.

    Divisions are not added: their codes are given by the state.
    """
    known = {name: value for name, value in cells.items() if value is not None}
    problems = [*basis_problems(table, basis), *misfits(table, known)]
    if table.of_divisions or not known:
        problems.append(Problem("id" if table.of_divisions else "empty", table.register))
    area = Revision(table, tables, None, {}, known, scope_prefix).area(problems)
    row_id = insert(table, {**stored(table, known), AREA: area}, basis)
    record("register.add", table, row_id, area, basis, {"columns": sorted(known)})
    return row_id


def restore(
    table: RegisterTable,
    tables: Tables,
    row_id: RowId,
    version: int,
    basis: Basis,
    *,
    scope_prefix: str,
    expected_version: int,
) -> int:
    """The row holds again what it held in a former version, as a new version; its number.

    Refused as a correction is; `NotHere` if there is no such version.
    """
    former = cells_of_version(table, scope_prefix, row_id, version)
    if former is None:
        raise NotHere(f"{table.register}:{row_id} version {version}")
    return correct(
        table, tables, row_id, former, basis, scope_prefix=scope_prefix, expected_version=expected_version
    )  # fmt: skip


def preview(
    table: RegisterTable, tables: Tables, row_id: RowId | None, changes: Cells, scope_prefix: str
) -> list[Problem]:
    """Every problem that writing these cells would meet but for its reason and source; nothing is written."""
    with transaction.atomic():
        if row_id is None:
            known = {name: value for name, value in changes.items() if value is not None}
            revision = Revision(table, tables, None, {}, known, scope_prefix)
        else:
            revision = _revised(table, tables, row_id, changes, scope_prefix)
        try:
            revision.area(misfits(table, revision.new), may_be_double=bool(revision.cells.get(DOUBLE)))
        except Refused as refused:
            return list(refused.problems)
    return []


@transaction.atomic
def differing(table: RegisterTable, tables: Tables, row_id: RowId, changes: Cells, scope_prefix: str) -> Cells:
    """Those of the given cells that are another than what a row holds."""
    return _revised(table, tables, row_id, changes, scope_prefix).new


def _revised(table: RegisterTable, tables: Tables, row_id: RowId, changes: Cells, scope_prefix: str) -> Revision:
    now = locked(table, row_id, scope_prefix)
    new = {name: value for name, value in changes.items() if not _holds(table, now, name, value)}
    return Revision(table, tables, row_id, now, new, scope_prefix)


def _holds(table: RegisterTable, now: Mapping[str, Any], name: str, value: Value | None) -> bool:
    """Whether a row holds a value already; encrypted ones are compared by their index."""
    column = table.columns.get(name)
    if column is None:
        return False
    held = now[column.found_by]
    if column.encrypted and held is not None and value is not None:
        return bytes(held) == secrecy().index(str(value))
    return bool(held == value) and isinstance(held, bool) == isinstance(value, bool)
