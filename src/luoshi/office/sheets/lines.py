"""The lines of a sheet: everybody something is asked about in a period, with what was entered and what is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db import connection
from psycopg import sql

from luoshi.office.registry.building import identifier
from luoshi.office.registry.entering import Cells, Value, entered
from luoshi.office.registry.filters import Filter, Sort, scope
from luoshi.office.registry.queries import MOST_ROWS, Row, page
from luoshi.office.registry.shape import AREA, RegisterTable, table_of
from luoshi.office.sheets.drafting import Rules
from luoshi.office.sheets.models import Entry

MISSING, ENTERED, CONFIRMED, WAITING, UNCLEAR = "missing", "entered", "confirmed", "waiting", "unclear"
"""How a line stands: nobody entered anything; entered and not confirmed; kept in the register; what it rests on is not
there yet; nobody can tell whether anything is asked, as facts are missing."""


@dataclass(frozen=True)
class Line:
    """One owner in one period. `row` is the row that is kept, `entry` the newest that was entered.

    `cells` are those of the row as it is or would be kept, with what follows from what was entered. `source` is the
    row that it rests on.
    """

    owner: int
    area: str
    state: str
    source: int | None = None
    row: Row | None = None
    entry: Entry | None = None
    cells: Cells = field(default_factory=dict)

    @property
    def number(self) -> int:
        """How often something was entered."""
        return self.entry.number if self.entry else 0


@dataclass(frozen=True)
class Lines:
    """Who could be asked about within an area, and what is kept of them in the period of the rules."""

    rules: Rules
    area: str

    def all(self, entries: Mapping[int, Entry]) -> list[Line]:
        """Every line, in the order of the areas; the newest entries are given by owner."""
        found = (self._line(owner, area, entries.get(owner)) for owner, area in self.owners)
        return [line for line in found if line is not None]

    def one(self, owner: int, entry: Entry | None) -> Line | None:
        """The line of an owner; None if there is none here."""
        area = dict(self.owners).get(owner)
        return None if area is None else self._line(owner, area, entry)

    def is_any_asked(self) -> bool:
        """Whether something is asked about anybody, or might be."""
        return any(self.rules.holds(owner) is not False for owner, _ in self.owners)

    def _line(self, owner: int, area: str, entry: Entry | None) -> Line | None:
        source, row = self._sources.get(owner), self._rows.get(owner)
        if row is not None and self.rules.is_whole(row.cells):
            return Line(owner, area, CONFIRMED, source, row, entry, row.cells)
        is_asked = self.rules.holds(owner)
        if is_asked is False:
            return None
        if self.rules.block.source is not None and source is None:
            return Line(owner, area, WAITING)
        if entry is None:
            return Line(owner, area, UNCLEAR if is_asked is None else MISSING, source, row)
        cells = self.rules.completed({**self.rules.placed(owner, source), **values_of(self.rules, entry)})
        return Line(owner, area, ENTERED, source, row, entry, cells)

    @cached_property
    def owners(self) -> Sequence[tuple[int, str]]:
        """Ids and areas of all rows that could be owners, in the order of their areas."""
        table = table_of(self.rules.pack, self.rules.owner_register)
        parts = (sql.Identifier(AREA), identifier(table.name), scope(self.area), sql.Identifier(AREA))
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("SELECT id, {} FROM {} WHERE {} ORDER BY {}, id").format(*parts))
            return [(int(row_id), area or "") for row_id, area in cursor.fetchall()]

    @cached_property
    def _rows(self) -> Mapping[int, Row]:
        """By owner the row of the period that is kept."""
        block, table = self.rules.block, self.rules.table
        if block.source is not None:
            wanted = {source: owner for owner, source in self._sources.items()}
            found = _rows_with(table, block.source.field, wanted.keys(), [])
        else:
            assert block.period is not None
            within = [Filter(block.period, "is", self.rules.period.start)]
            found = _rows_with(table, block.owner, [owner for owner, _ in self.owners], within)
        return {int(str(row.cells[block.owner])): row for row in found if not row.double}

    @cached_property
    def _sources(self) -> Mapping[int, int]:
        """By owner the row of the period on which its row rests."""
        rules, source = self.rules, self.rules.block.source
        if source is None:
            return {}
        block = rules.pack.sheets[source.sheet]
        assert block.period is not None
        led = {owner: rules.store.follow(rules.owner_register, owner, source.through) for owner, _ in self.owners}
        within = [Filter(block.period, "is", rules.period.start)]
        wanted = {each for each in led.values() if each is not None}
        found = _rows_with(table_of(rules.pack, block.register), block.owner, wanted, within)
        by_owner = {row.cells[block.owner]: int(row.id) for row in found if not row.double}
        return {owner: by_owner[each] for owner, each in led.items() if each in by_owner}


def values_of(rules: Rules, entry: Entry) -> dict[str, Value | None]:
    """What was entered, as the fields hold it."""
    return {name: entered(rules.table.columns[name], text) for name, text in entry.values.items()}


def _rows_with(table: RegisterTable, column: str, wanted: Iterable[int], within: Sequence[Filter]) -> Iterator[Row]:
    """The rows that refer to any of the wanted ones, as many as there are."""
    ids = tuple(sorted(set(wanted)))
    for start in range(0, len(ids), MOST_ROWS):
        asked = [Filter(column, "any", ids[start : start + MOST_ROWS]), *within]
        after = None
        while True:
            found = page(table, "", asked, Sort("id"), after, MOST_ROWS)
            yield from found.rows
            if found.after is None:
                break
            after = found.after
