"""Periodic sheets, what is recorded of every owner in every period; and statements, what a row comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from luoshi.rulebook.model.bases import Bilingual, Block, given
from luoshi.rulebook.model.nodes import Node


@dataclass(frozen=True)
class Source:
    """That a row rests on one of another sheet: `field` refers to it, `through` leads to it from the owner."""

    sheet: str
    field: str
    through: tuple[str, ...]


@dataclass(frozen=True)
class Paid:
    """What a sheet lets be paid: the `amount` of each row, under whichever of these measures the owner is entitled."""

    measures: tuple[str, ...]
    amount: str


@dataclass(frozen=True)
class Sheet(Block):
    """The rows of a register that are filled in anew `every` period, one for each owner.

    An owner is asked for where `when` holds on the last day of the period. People enter the fields that are `asked`;
    those that are `filled` follow from them, and those `found` refer to the row with this key. `period` is the field
    with the first day of the period; a row that rests on a `source` is of the period of that. The sum of a field of
    `adds_up` over the rows of one source is held against its expression.

    The offices of `by` enter, those of `confirmed_by` confirm, `within` so many days from the end of the period.
    """

    register: str
    owner: str
    period: str | None
    source: Source | None
    every: str
    when: Node | None
    asked: tuple[str, ...]
    filled: Mapping[str, Node]
    found: Mapping[str, Mapping[str, Node]]
    adds_up: Mapping[str, Node]
    by: tuple[str, ...]
    confirmed_by: tuple[str, ...]
    within: int | None
    days: str
    pays: Paid | None
    stated: bool

    def expressions(self) -> Iterator[Node]:
        """The expressions the block holds, in the order they are written."""
        yield from given(self.when)
        yield from self.filled.values()
        for key in self.found.values():
            yield from key.values()
        yield from self.adds_up.values()


@dataclass(frozen=True)
class Line:
    """A figure of a statement; `adds_up` where the figures of several rows may be summed."""

    id: str
    title: Bilingual
    value: Node
    adds_up: bool


@dataclass(frozen=True)
class Movement:
    """Rows that move money of an account: each its `amount` on its `day`, where `when` holds about it.

    `through` refers from the row to that of the statement.
    """

    register: str
    through: str
    amount: str
    day: str
    when: Node | None


@dataclass(frozen=True)
class Account:
    """The money behind a statement, of a `fund`: rows that bring it in, rows that spend it. Runs on from year to year.

    `opening` is the field with what the first row of a place brought forward. The offices of `by` enter what is spent.
    """

    fund: str
    opening: str | None
    comes: Movement
    goes: Movement
    by: tuple[str, ...]


@dataclass(frozen=True)
class Statement(Block):
    """The figures by which people look at the rows of a register, in order: a year's account, a village's posts."""

    register: str
    lines: tuple[Line, ...]
    account: Account | None = None

    def expressions(self) -> Iterator[Node]:
        """The expressions the block holds, in the order they are written."""
        yield from (line.value for line in self.lines)
        if self.account is not None:
            yield from given(self.account.comes.when, self.account.goes.when)
