"""Rows for the case engine, fetched from the database when a rule asks for them: a subject is decided as it is now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db import connection
from psycopg import sql

from luoshi.office.database.keys import secrecy
from luoshi.office.registry.building import identifier
from luoshi.office.registry.needs import kept_registers, texts_read
from luoshi.office.registry.shape import DIVISIONS, Column, RegisterTable, table_of
from luoshi.rulebook.inputs.store import Row, Store
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.types import Ref
from luoshi.rulebook.values.calendar import NEVER

MOST_MEMBERS = 20_000
"""Rows that one case reads at most, all registers together."""


class TooManyRows(RuntimeError):
    """A rule about the subject reads more rows than one case is decided on; a run decides it."""


class KeptStore(Store):
    """The registers of a pack as they are kept now. Rows that were read once stay as they were read."""

    def __init__(self, pack: Pack) -> None:
        super().__init__(pack, {})
        self._tables: dict[str, RegisterTable] = {}
        self._columns: dict[str, list[Column]] = {}
        self._read: dict[tuple[str, Any], Row | None] = {}
        self._awaited: dict[str, set[Any]] = defaultdict(set)
        self._found: dict[tuple[str, tuple[str, ...], Any], list[Any]] = {}
        self.unsealed: set[str] = set()
        """Encrypted texts that were opened for rules. Whoever shows a decision masks them."""

    def keeps(self, register: str) -> bool:
        """Whether somebody keeps a register for the pack's jurisdiction, or for a part of it."""
        name = self._table(register).name
        return (name.schema, name.name) in self._kept

    def row(self, register: str, row_id: Any) -> Row | None:
        """A row by id. All rows of its register that were referred to so far come with it: they are asked for next."""
        if (register, row_id) not in self._read:
            wanted = {row_id, *self._awaited.pop(register, ())}
            missing = [each for each in wanted if (register, each) not in self._read]
            self._take(register, sql.SQL("SELECT {} FROM {} AS r WHERE r.id = ANY({})"), sql.Literal(missing))
        return self._read.setdefault((register, row_id), None)

    def members(self, register: str, via: tuple[str, ...], subject: str, row_id: Any) -> list[Any]:
        """The ids of the rows whose path `via` leads to a subject; for an area, to anything within it.

        `TooManyRows` where these are more than a case is decided on.
        """
        key = (register, via, row_id)
        if key not in self._found:
            joins, last = self._path(register, via)
            within = subject == DIVISIONS
            form = "starts_with({}, {})" if within else "{} = {}"
            there = sql.SQL(form).format(last, sql.Literal(row_id))
            rest = sql.SQL("{} WHERE {} ORDER BY r.id LIMIT {}").format(joins, there, MOST_MEMBERS + 1)
            self._found[key] = self._take(register, sql.SQL("SELECT {} FROM {} AS r {}"), rest)
        return self._found[key]

    @cached_property
    def _kept(self) -> set[tuple[str, str]]:
        with connection.cursor() as cursor:
            cursor.execute(kept_registers(self.pack))
            return set(cursor.fetchall())

    def _path(self, register: str, via: tuple[str, ...]) -> tuple[sql.Composable, sql.Composable]:
        """The joins along a path of references, and the cell at its end."""
        joins: list[sql.Composable] = []
        here, alias = register, "r"
        for step, name in enumerate(via[:-1]):
            kind = self.pack.registers[here].fields[name].type
            assert isinstance(kind, Ref)
            here, following = kind.register, f"r{step}"
            parts = (identifier(self._table(here).name), sql.Identifier(following), sql.Identifier(alias, name))
            joins.append(sql.SQL("JOIN {0} AS {1} ON {1}.id = {2}").format(*parts))
            alias = following
        return sql.SQL(" ").join(joins), sql.Identifier(alias, via[-1] if via else "id")

    def _take(self, register: str, form: sql.SQL, rest: sql.Composable) -> list[Any]:
        """Read rows and keep them; their ids."""
        columns = self._columns_of(register)
        names = sql.SQL(", ").join(sql.Identifier("r", name) for name in ("id", *(c.name for c in columns)))
        with connection.cursor() as cursor:
            cursor.execute(form.format(names, identifier(self._table(register).name), rest))
            found = cursor.fetchall()
        if len(self._read) + len(found) > MOST_MEMBERS:
            raise TooManyRows(register)
        for row_id, *cells in found:
            self._read.setdefault((register, row_id), self._opened(register, columns, cells))
        for place, column in enumerate(columns, 1):
            if isinstance(column.type, Ref):
                self._awaited[column.type.register] |= {row[place] for row in found if row[place] is not None}
        return [row_id for row_id, *_ in found]

    def _opened(self, register: str, columns: list[Column], cells: list[Any]) -> Mapping[str, Any]:
        fields = self.pack.registers[register].fields
        row = {column.name: cell for column, cell in zip(columns, cells, strict=True) if cell is not None}
        row |= {name: NEVER for name, field in fields.items() if field.blank_never and name not in row}
        for column in columns:
            if column.encrypted and column.name in row:
                place = self._table(register).place_of(column.name)
                row[column.name] = secrecy().open(bytes(row[column.name]), place)
                self.unsealed.add(row[column.name])
        return row

    def _table(self, register: str) -> RegisterTable:
        if register not in self._tables:
            self._tables[register] = table_of(self.pack, register)
        return self._tables[register]

    def _columns_of(self, register: str) -> list[Column]:
        """The columns that rules may read: sealed ones only where a rule does."""
        if register not in self._columns:
            table = self._table(register)
            self._columns[register] = [
                column
                for column in table.columns.values()
                if not column.encrypted or (register, column.name) in self._opened_texts
            ]
        return self._columns[register]

    @cached_property
    def _opened_texts(self) -> frozenset[tuple[str, str]]:
        return texts_read(self.pack)
