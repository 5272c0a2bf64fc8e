"""The account behind a statement: what rows bring in, what is spent of it, and who may enter that.

The registers say what has happened; the ledger holds it, once for each row. What was corrected in a register is taken
back by a counter-entry and entered anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db import transaction

from luoshi.office.accounts.persons import is_same_person
from luoshi.office.registry.queries import MOST_ROWS, Row, page
from luoshi.office.registry.shape import table_of
from luoshi.office.registry.store import KeptStore, TooManyRows
from luoshi.office.runs import local
from luoshi.office.sheets.desks import Actor, sits_at
from luoshi.office.sheets.errors import SheetError
from luoshi.office.sheets.recording import Moment
from luoshi.office.sheets.stating import years_of
from luoshi.office.treasury import rows
from luoshi.office.treasury.errors import Short
from luoshi.office.treasury.models import RowEntry
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.sheets import Account, Movement, Statement

OPENING, COMES, GOES = "opening", "comes", "goes"
READY, ENTERED, LATER, UNKNOWN, REFUSED, DIFFERS = "ready", "entered", "later", "unknown", "refused", "differs"
"""How a row stands: to be entered; entered; its day has not come; a fact is missing; the policy does not allow it yet;
entered otherwise than the register has it now."""
CORRECTED = "台账已更正"
"""Why what a corrected row has moved is taken back."""


@dataclass(frozen=True)
class Item:
    """A row that moves money. `amount` is what it should move as the register has it, below zero where it spends.

    `anew` is how it would stand once what was entered is taken back.
    """

    way: str
    register: str
    row_id: int
    owner: int | None
    area: str
    amount: Decimal | None
    on: date | None
    state: str
    anew: str
    recorded_by: str = ""
    entry: RowEntry | None = None


@dataclass(frozen=True)
class Facts:
    """What a row says: whose account, how much, when; `is_blank` where the day is yet to come."""

    owner: int | None
    amount: Decimal | None
    on: date | None
    is_blank: bool = False
    movement: Movement | None = None

    def has_come(self, today: date) -> bool:
        """Whether the day has come."""
        return self.on is not None and self.on <= today


@dataclass(frozen=True)
class Book:
    """The account of a statement within an area, as of a day."""

    pack: Pack
    statement: Statement
    area: str
    today: date

    @property
    def account(self) -> Account:
        """What the policy says of the account."""
        assert self.statement.account is not None
        return self.statement.account

    @cached_property
    def items(self) -> list[Item]:
        """Every row that moves money, or has moved it."""
        found = [*self._openings(), *self._moving(COMES), *self._moving(GOES)]
        known = {(one.register, one.row_id) for one in found}
        gone = [entry for row, entry in self._alive.items() if row not in known]
        return found + [self._gone(entry) for entry in gone]

    def find(self, register: str, row_id: int) -> Item | None:
        """What there is of a row."""
        return next((one for one in self.items if (one.register, one.row_id) == (register, row_id)), None)

    def may_enter(self, actor: Actor) -> bool:
        """Whether somebody sits at an office that enters what is spent."""
        return sits_at(self.pack, self.account.by, self.area, actor)

    @cached_property
    def _alive(self) -> dict[rows.RowKey, RowEntry]:
        return dict(rows.list_alive(self.pack.policy.id, self.account.fund, self.area))

    def _openings(self) -> Iterator[Item]:
        """What the first row of each place had brought forward when it began."""
        if self.account.opening is None:
            return
        name, _years = years_of(self.pack, self.statement, self.area)
        first: dict[str, Row] = {}
        for row in _all(self.pack, self.statement.register, self.area):
            code, year = row.area_code or "", row.cells.get(name)
            if code and year is not None and (code not in first or year < first[code].cells[name]):
                first[code] = row
        for row in first.values():
            amount = row.cells[self.account.opening]
            if amount:
                day = date(int(row.cells[name]), 1, 1)
                yield self._item(OPENING, self.statement.register, row, Facts(int(row.id), amount, day))

    def _moving(self, way: str) -> Iterator[Item]:
        movement = self.account.comes if way == COMES else self.account.goes
        fields = self.pack.registers[movement.register].fields
        for row in _all(self.pack, movement.register, self.area):
            owner, amount, on = (row.cells[name] for name in (movement.through, movement.amount, movement.day))
            if amount == 0 and (movement.register, row.id) not in self._alive:
                continue
            signed = amount if amount is None or way == COMES else -amount
            is_blank = on is None and fields[movement.day].blank_never
            yield self._item(way, movement.register, row, Facts(owner, signed, on, is_blank, movement))

    def _item(self, way: str, register: str, row: Row, facts: Facts) -> Item:
        entry, area = self._alive.get((register, int(row.id))), row.area_code or ""
        moves = facts.amount if facts.has_come(self.today) and not row.double else None
        if entry is not None and (entry.amount, entry.area) == (moves, area):
            state = anew = ENTERED
        else:
            anew = self._state(row, facts, moves)
            state = anew if entry is None else DIFFERS
        about = (int(row.id), facts.owner, area, facts.amount, facts.on)
        return Item(way, register, *about, state, anew, row.changed_by, entry)

    def _gone(self, entry: RowEntry) -> Item:
        way = COMES if entry.amount > 0 else GOES
        return Item(way, entry.register, entry.row_id, None, entry.area, None, None, DIFFERS, UNKNOWN, "", entry)

    def _state(self, row: Row, facts: Facts, moves: Decimal | None) -> str:
        """How a row stands of which nothing is entered."""
        if facts.is_blank or (facts.on is not None and facts.on > self.today):
            return LATER
        if not moves or not row.area_code or facts.owner is None:
            return UNKNOWN
        return self._allowed(facts.movement, int(row.id))

    def _allowed(self, movement: Movement | None, row_id: int) -> str:
        """What the policy says of entering a row."""
        if movement is None or movement.when is None:
            return READY
        store = KeptStore(self.pack)
        try:
            (step,) = self._engine.values(self._engine.start(store), movement.register, row_id, [movement.when])
        except TooManyRows:
            return UNKNOWN
        return {True: READY, False: REFUSED}.get(step.truth, UNKNOWN)  # type: ignore[arg-type] # None is unknown

    @cached_property
    def _engine(self) -> CaseEngine:
        return CaseEngine(self.pack, self.today, local.settings_of(self.pack, self.today))


def books_of(pack: Pack, register: str, area: str, today: date) -> list[Book]:
    """The accounts within an area into which rows of a register bring money."""
    statements = [one for one in pack.statements.values() if one.account and one.account.comes.register == register]
    return [Book(pack, one, area, today) for one in statements]


@transaction.atomic
def enter_income(book: Book, moment: Moment) -> int:
    """All that has come in is in the account as the registers have it; how many rows changed.

    What should be taken back and is spent already stays, and is seen to differ.
    """
    wanted = [one for one in book.items if one.way != GOES and one.state in (READY, DIFFERS)]
    return sum(_follow(book, one, moment) for one in wanted)


def _follow(book: Book, item: Item, moment: Moment) -> bool:
    try:
        with transaction.atomic():
            _write(book, item, moment)
    except Short:
        return False
    return True


def enter_spending(book: Book, register: str, row_id: int, moment: Moment) -> None:
    """A row that spends has spent. `SheetError` where the policy does not allow it yet, another office enters it, or
    whoever recorded it is the one; `Short` where less is left."""
    item = _get(book, register, row_id, moment)
    if item.state not in (READY, DIFFERS):
        raise SheetError("state")
    if is_same_person(moment.actor.name, item.recorded_by):
        raise SheetError("hand")
    with transaction.atomic():
        _write(book, item, moment)


def take_back(book: Book, register: str, row_id: int, reason: str, moment: Moment) -> None:
    """What a row has spent is back in the account, by a counter-entry."""
    item = _get(book, register, row_id, moment)
    if item.entry is None:
        raise SheetError("state")
    rows.take_back(item.entry.id, reason, by=moment.actor.name, now=moment.now, origin=moment.origin)


def _get(book: Book, register: str, row_id: int, moment: Moment) -> Item:
    if not book.may_enter(moment.actor):
        raise SheetError("desk")
    found = book.find(register, row_id)
    if found is None or found.way != GOES:
        raise SheetError("state")
    return found


def _write(book: Book, item: Item, moment: Moment) -> None:
    """What the row has moved before is taken back, and what it moves now is entered."""
    by, now, origin = moment.actor.name, moment.now, moment.origin
    if item.entry is not None:
        rows.take_back(item.entry.id, CORRECTED, by=by, now=now, origin=origin)
    if item.anew != READY:
        return
    assert item.amount is not None and item.on is not None
    pack, statement = book.pack, book.statement
    money = rows.RowMoney(
        pack.policy.id, pack.hash, book.account.fund, statement.clause, item.register, item.row_id, item.area,
        item.amount, item.on, f"{statement.title.zh} {item.on}",
    )  # fmt: skip
    rows.enter(money, by=by, now=now, origin=origin)


def _all(pack: Pack, register: str, area: str) -> Iterator[Row]:
    """Every row of a register within an area."""
    table, after = table_of(pack, register), None
    while True:
        found = page(table, area, after=after, size=MOST_ROWS)
        yield from found.rows
        if found.after is None:
            return
        after = found.after
