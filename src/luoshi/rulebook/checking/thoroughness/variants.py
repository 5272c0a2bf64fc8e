"""Cases near a worked case: one value of one row changed, to a neighbour of itself or of a figure of the pack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.rulebook.cases.case_file import Case
from luoshi.rulebook.inputs.store import Row, Store
from luoshi.rulebook.loading.typed_values import typed_value
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.nodes import Value
from luoshi.rulebook.model.types import Bool, Code, Date, Number, Type
from luoshi.rulebook.values.calendar import NEVER, add_days, add_months

MOST_VARIED = 8
"""Rows of one register that are varied: the rest are mostly repetitions."""
MOST_ROWS = 60
"""Of larger cases only the rows of the subject's register are varied."""
MOST_ROWS_OF_SUBJECT = 400
"""Of larger cases only the day is varied, and rows are left out or repeated."""


@dataclass(frozen=True)
class Variant:
    """A case near another. `changed` is the one value of the subject that differs; None when more than that does."""

    case: Case
    on: date
    changed: tuple[str, Any] | None


class Variants:
    """Makes the cases near one case; the figures to try are gathered from the pack once."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._figures = _figures(pack)

    def near(self, case: Case, on: date) -> Iterator[Variant]:
        """Cases on a day near by, with one value changed, with one row left out, or with one row twice."""
        yield from (Variant(case, day, None) for day in _days(on))
        count = sum(map(len, case.store.rows.values()))
        for register in sorted(case.store.rows, key=lambda register: register != case.subject):
            rows = case.store.rows[register]
            if count <= (MOST_ROWS_OF_SUBJECT if register == case.subject else MOST_ROWS):
                for row_id in list(rows)[:MOST_VARIED]:
                    yield from self._varied(case, on, register, row_id)
            if register != case.subject and rows:
                yield from (Variant(other, on, None) for other in _fewer_and_more(case, register, rows))

    def _varied(self, case: Case, on: date, register: str, row_id: Any) -> Iterator[Variant]:
        for name, value in self._values(register, case.store.rows[register][row_id]):
            yield with_value(case, on, (register, row_id), name, value)

    def _values(self, register: str, row: Row) -> Iterator[tuple[str, Any]]:
        """Every name of a row with the values to try, and last with none: unknown, or never where blank means that."""
        fields = self._pack.registers[register].fields
        for name, kind in self._kinds(register).items():
            tried = dict.fromkeys([*_neighbours(row.get(name), kind), *self._figures.get((register, name), ())])
            for value in _writable(tried, kind):
                if value != row.get(name) and not _is_negative(value):
                    yield name, value
            if row.get(name) is not None and row[name] != NEVER:
                yield name, NEVER if name in fields and fields[name].blank_never else None

    def _kinds(self, register: str) -> Mapping[str, Type]:
        kinds = {name: field.type for name, field in self._pack.registers[register].fields.items()}
        given = {name: fact.type for (of, name), fact in self._pack.facts.items() if of == register}
        return {
            name: kind for name, kind in {**kinds, **given}.items() if isinstance(kind, Bool | Number | Date | Code)
        }


def _writable(values: Iterable[Any], kind: Type) -> Iterator[Value]:
    """The values that a case may give, as they are when they are read."""
    for value in values:
        with suppress(Mismatch):
            yield typed_value(kind, value)


def _is_negative(value: Any) -> bool:
    """Whether a value is a number below zero: counts and amounts that ledgers hold never are."""
    return isinstance(value, int | Decimal) and value < 0


def with_value(case: Case, on: date, key: tuple[str, Any], name: str, value: Any) -> Variant:
    """A case with another value in the row of a register with an id."""
    register, row_id = key
    rows = case.store.rows[register]
    store = Store(case.store.pack, {**case.store.rows, register: {**rows, row_id: {**rows[row_id], name: value}}})
    is_subject = key == (case.subject, case.subject_id)
    return Variant(replace(case, store=store), on, (name, value) if is_subject else None)


def _fewer_and_more(case: Case, register: str, rows: Mapping[Any, Row]) -> Iterator[Case]:
    """The case with one row left out, and with one a second time."""
    for chosen in list(rows)[:MOST_VARIED]:
        fewer = {row_id: row for row_id, row in rows.items() if row_id != chosen}
        yield replace(case, store=Store(case.store.pack, {**case.store.rows, register: fewer}))
        if register != "area":
            more = {**rows, f"{chosen}-again": rows[chosen]}
            yield replace(case, store=Store(case.store.pack, {**case.store.rows, register: more}))


def _neighbours(value: Any, kind: Type) -> Iterable[Any]:
    if isinstance(kind, Bool):
        return (True, False)
    if isinstance(kind, Code):
        return kind.codes
    if value is None:
        return ()
    if isinstance(kind, Date):
        return () if value == NEVER else _days(value)
    assert isinstance(kind, Number)
    return (value - kind.step, value + kind.step)


def _days(day: date) -> list[date]:
    near = (add_days(day, -1), add_days(day, 1), add_months(day, -1), add_months(day, 1), add_months(day, -12))
    return [other for other in near if other is not None]


def _figures(pack: Pack) -> dict[tuple[str, str], dict[Any, None]]:
    """For each field and fact, the figures it is compared with, and their neighbours."""
    figures: dict[tuple[str, str], dict[Any, None]] = {}
    for block in pack.blocks():
        for root in block.expressions():
            for node in n.walk(root):
                if isinstance(node, n.Compare):
                    for quantity, bound in ((node.left, node.right), (node.right, node.left)):
                        _gather(figures, quantity, bound, pack)
    return figures


def _gather(figures: dict[tuple[str, str], dict[Any, None]], quantity: n.Node, bound: n.Node, pack: Pack) -> None:
    while isinstance(quantity, n.Follow):
        quantity = quantity.target
    if isinstance(quantity, n.Field | n.Fact) and isinstance(quantity.type, Number):
        step = quantity.type.step
        for value in _constants(bound, pack):
            figures.setdefault((quantity.register, quantity.name), {}).update(
                dict.fromkeys((value - step, value, value + step))
            )


def _constants(bound: n.Node, pack: Pack) -> list[Any]:
    if isinstance(bound, n.Literal) and isinstance(bound.type, Number):
        return [bound.value]
    if isinstance(bound, n.Parameter) and isinstance(bound.type, Number):
        return [value for _, value in pack.parameters[bound.name].values]
    return []
