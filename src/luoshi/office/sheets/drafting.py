"""Rows that are not kept yet, as rules see them beside the ones that are: what follows from what was entered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.office.registry.entering import Cells, Value
from luoshi.office.registry.grounding import key_holder
from luoshi.office.registry.shape import DIVISIONS, RegisterTable, table_of
from luoshi.office.registry.store import KeptStore, TooManyRows
from luoshi.office.runs import local
from luoshi.office.sheets.periods import Period
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.inputs.store import Row
from luoshi.rulebook.model.blocks import Limit, Pack
from luoshi.rulebook.model.nodes import Node, exact
from luoshi.rulebook.model.sheets import Sheet as Block
from luoshi.rulebook.model.types import Number, Ref, Type
from luoshi.rulebook.values.calendar import NEVER

DRAFT = -1
"""The id of the row that is drafted; no row that is kept has one below nought."""


class DraftStore(KeptStore):
    """The registers as they are kept, and one row more of one of them."""

    def __init__(self, pack: Pack) -> None:
        super().__init__(pack)
        self.draft: tuple[str, Row] | None = None

    def row(self, register: str, row_id: Any) -> Row | None:
        """A row by id; the drafted one among them."""
        if self.draft is not None and (register, row_id) == (self.draft[0], DRAFT):
            return self.draft[1]
        return super().row(register, row_id)

    def members(self, register: str, via: tuple[str, ...], subject: str, row_id: Any) -> list[Any]:
        """The ids of the rows that lead to a subject; the drafted one among them."""
        found = super().members(register, via, subject, row_id)
        if self.draft is None or register != self.draft[0]:
            return found
        led = self.follow(register, DRAFT, via)
        is_there = str(led or "-").startswith(str(row_id)) if subject == DIVISIONS else led == row_id
        return [*found, DRAFT] if is_there else found


@dataclass
class Rules:
    """The rules of a sheet for one period, over the rows as they are kept now."""

    pack: Pack
    block: Block
    period: Period
    engine: CaseEngine
    store: DraftStore

    def holds(self, owner: int) -> bool | None:
        """Whether something is asked about an owner in the period; None where that is not known."""
        if self.block.when is None:
            return True
        (step,) = self.engine.values(self.engine.start(self.store), self.owner_register, owner, [self.block.when])
        return step.truth

    def placed(self, owner: int, source: int | None) -> dict[str, Value | None]:
        """The cells that say which row it is."""
        if self.block.source is not None:
            return {self.block.owner: owner, self.block.source.field: source}
        assert self.block.period is not None
        return {self.block.owner: owner, self.block.period: self.period.start}

    def is_whole(self, cells: Cells) -> bool:
        """Whether everything that is asked is known of a row; a date that may be blank is."""
        fields = self.pack.registers[self.block.register].fields
        return all(cells.get(name) is not None or fields[name].blank_never for name in self.block.asked)

    def completed(self, cells: Cells) -> dict[str, Value | None]:
        """Cells with those that follow from them; what cannot be said yet is left unknown."""
        found = dict(cells)
        fields = self.pack.registers[self.block.register].fields
        for name, node in self.block.filled.items():
            found[name] = fitting(self.value(found, node), fields[name].type)
        for name, key in self.block.found.items():
            kind = fields[name].type
            assert isinstance(kind, Ref)
            found[name] = self._row_with(kind.register, {part: self.value(found, node) for part, node in key.items()})
        return found

    def value(self, cells: Cells, node: Node) -> Any:
        """What an expression over a row with these cells comes to."""
        self.store.draft = (self.block.register, _known(self.pack, self.block.register, cells))
        (step,) = self.engine.values(self.engine.start(self.store), self.block.register, DRAFT, [node])
        return step.value

    @property
    def owner_register(self) -> str:
        """The register of the owners."""
        kind = self.pack.registers[self.block.register].fields[self.block.owner].type
        assert isinstance(kind, Ref)
        return kind.register

    @property
    def table(self) -> RegisterTable:
        """The table that is filled."""
        return table_of(self.pack, self.block.register)

    def _row_with(self, register: str, key: Mapping[str, Any]) -> Value | None:
        table = table_of(self.pack, register)
        held = {name: fitting(cell, table.columns[name].type) for name, cell in key.items()}
        if None in held.values():
            return None
        holder = key_holder(table, held, None)
        return holder.id if holder else None


def broken_limits(pack: Pack, register: str, cells: Cells, on: date) -> list[Limit]:
    """The limits of the policy that a row with these cells would break, were it kept with all others."""
    store = DraftStore(pack)
    store.draft = (register, _known(pack, register, cells))
    engine = CaseEngine(pack, on, local.settings_of(pack, on))
    try:
        checks = engine.decide(store, register, DRAFT).checks
    except TooManyRows:
        return []
    return [check.block for check in checks if check.state == "unmet" and isinstance(check.block, Limit)]


def _known(pack: Pack, register: str, cells: Cells) -> Row:
    """Cells as rules read them: unknown ones left out, and dates that may be blank never."""
    fields = pack.registers[register].fields
    row = {name: cell for name, cell in cells.items() if cell is not None}
    return row | {name: NEVER for name, field in fields.items() if field.blank_never and name not in row}


def rules_of(pack: Pack, block: Block, period: Period) -> Rules:
    """The rules of a sheet as of the last day of a period."""
    engine = CaseEngine(pack, period.end, local.settings_of(pack, period.end))
    return Rules(pack, block, period, engine, DraftStore(pack))


def fitting(value: Any, kind: Type) -> Any:
    """A value as its field holds it: a number with the places of the field, where that loses nothing."""
    if isinstance(value, date | bool | str) or value is None or not isinstance(kind, Number):
        return value
    number = Decimal(exact(value))
    shortened = number.quantize(Decimal(kind.step))
    if shortened != number:
        return value
    return shortened if kind.places else int(shortened)
