"""The register of winners: which of its fields says what, who has won before, and the rows of new winners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.office.awards.models import Nomination, Round
from luoshi.office.awards.rules import Rules
from luoshi.office.registry import queries as registers
from luoshi.office.registry.entering import Value, entered, written
from luoshi.office.registry.filters import Filter, Sort
from luoshi.office.registry.queries import MOST_ROWS, Row
from luoshi.office.registry.shape import DIVISIONS, Column, RegisterTable, table_of
from luoshi.rulebook.model.types import Code, Date, Number, Ref

MONEY = "CNY"


@dataclass(frozen=True)
class Winners:
    """The register of winners of an award. `winner` refers to who has won, `place` says where, `prize` its worth.

    `asked` are the other fields, the same for all winners of a round: the office fills them in.
    """

    table: RegisterTable
    winner: Column
    place: Column | None
    prize: Column | None
    asked: tuple[Column, ...]

    def proposals(self, rules: Rules, found: Round, today: date) -> dict[str, str]:
        """What the fields probably hold, for the office to look at: texts as they are entered."""
        guessed = ((column, self._proposal(column, rules, found, today)) for column in self.asked)
        return {column.name: text for column, text in guessed if text}

    def cells(self, one: Nomination, amount: Decimal | None, given: Mapping[str, str]) -> dict[str, Value | None]:
        """The row of a winner. `Unfit` where a given text means no value of its field."""
        found = {column.name: entered(column, given.get(column.name, "")) for column in self.asked}
        if self.place is not None and one.area:
            found[self.place.name] = one.area
        if self.prize is not None:
            found[self.prize.name] = amount
        assert isinstance(self.winner.type, Ref)
        found[self.winner.name] = one.row_id if self.winner.type.register == DIVISIONS else int(one.row_id)
        return found

    def of_award(self, rules: Rules) -> list[Filter]:
        """What the rows of the award have in common: a winner of its kind, and its code where the register has one."""
        named = rules.award.id.replace("-", "_")
        codes = [one for one in self.asked if isinstance(one.type, Code) and named in one.type.codes]
        return [Filter(self.winner.name, "known"), *(Filter(one.name, "is", named) for one in codes)]

    def _proposal(self, column: Column, rules: Rules, found: Round, today: date) -> str:
        if isinstance(column.type, Code):
            named = rules.award.id.replace("-", "_")
            return named if named in column.type.codes else ""
        if isinstance(column.type, Date):
            return written(today)
        is_year = isinstance(column.type, Number) and column.name in self.table.key
        return str(found.year) if is_year else ""


def find_winners(rules: Rules) -> Winners | None:
    """The register in which the procedure keeps who has won; None where none of its registers refers to them."""
    for register in rules.procedure.registers:
        table = table_of(rules.pack, register)
        winners = [column for column in table.references() if _refers(column, rules.award.register)]
        if winners:
            return _winners(table, winners[0])
    return None


def wins_before(found: Winners, nominations: Iterable[Nomination], scope_prefix: str) -> dict[str, list[Row]]:
    """By row the awards that nominees have won, whatever the award, within an area; the oldest first."""
    ids = tuple(dict.fromkeys(one.row_id for one in nominations))[:MOST_ROWS]
    if not ids:
        return {}
    assert isinstance(found.winner.type, Ref)
    wanted = ids if found.winner.type.register == DIVISIONS else tuple(map(int, ids))
    filters = [Filter(found.winner.name, "any", wanted)]
    rows = registers.page(found.table, scope_prefix, filters, Sort("id"), size=MOST_ROWS).rows
    won: dict[str, list[Row]] = {}
    for row in rows:
        won.setdefault(str(row.cells[found.winner.name]), []).append(row)
    return won


def _winners(table: RegisterTable, winner: Column) -> Winners:
    where = table.columns.get(table.area[0]) if len(table.area) == 1 else None
    money = [column for column in table.columns.values() if _is_money(column)]
    prize = money[0] if len(money) == 1 else None
    asked = tuple(column for column in table.columns.values() if not isinstance(column.type, Ref) and column != prize)
    return Winners(table, winner, None if where == winner else where, prize, asked)


def _refers(column: Column, register: str) -> bool:
    return isinstance(column.type, Ref) and column.type.register == register


def _is_money(column: Column) -> bool:
    return isinstance(column.type, Number) and str(column.type.unit) == MONEY
