"""How those who can be chosen stand: the order in which the award's list shows them, and what the panel says.

Pure. Nothing is chosen here: an order for people to look at, with every tie marked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from luoshi.rulebook.model.blocks import OrderKey
from luoshi.rulebook.model.types import Bool, Date, Number

Marks = Mapping[int, Decimal]
"""The ranks or scores of one ballot by nomination."""


@dataclass(frozen=True)
class Entrant:
    """A nomination in the order of the list: its row, and the values of the order as a receipt has them."""

    nomination: int
    row_id: str
    keys: Sequence[str | None]


@dataclass(frozen=True)
class Standing:
    """How a nomination stands: `place` 1 is the best, the same for all who are `tied`; None before anybody voted."""

    nomination: int
    place: int | None
    mean: Fraction | None
    tied: bool


def in_order(entrants: Iterable[Entrant], order: Sequence[OrderKey]) -> list[Entrant]:
    """The entrants as the award's list shows them; what is not known comes last, the row's id decides the rest."""
    found = sorted(entrants, key=lambda one: _row_key(one.row_id))
    placed = iter(range(sum(key.value is not None for key in order)))
    columns = [(key, next(placed) if key.value is not None else None) for key in order]
    for key, column in reversed(columns):
        found = _sorted(found, key, column)
    return found


def standings(entrants: Sequence[Entrant], ballots: Sequence[Marks], *, low_is_best: bool) -> list[Standing]:
    """Everybody by the mean of all ballots; the tied stay in the order in which they were given."""
    if not ballots:
        return [Standing(one.nomination, None, None, tied=False) for one in entrants]
    means = {one.nomination: _mean(ballots, one.nomination) for one in entrants}
    sign = 1 if low_is_best else -1
    ordered = sorted(entrants, key=lambda one: sign * means[one.nomination])
    values = [means[one.nomination] for one in ordered]
    first = {value: values.index(value) + 1 for value in values}
    return [
        Standing(one.nomination, first[mean], mean, tied=values.count(mean) > 1)
        for one, mean in zip(ordered, values, strict=True)
    ]


def at_the_border(found: Sequence[Standing], places: int) -> frozenset[int]:
    """The nominations of a tie that the places cut through."""
    if places < 1 or len(found) <= places or found[places - 1].place is None:
        return frozenset()
    last = found[places - 1].place
    if found[places].place != last:
        return frozenset()
    return frozenset(one.nomination for one in found if one.place == last)


def departs(found: Sequence[Standing], chosen: Collection[int]) -> bool:
    """Whether somebody is left out who stands no worse than one who is chosen."""
    taken = [one for one in found if one.nomination in chosen]
    left = [one for one in found if one.nomination not in chosen]
    return any(one.place is None or other.place is None or other.place <= one.place for one in taken for other in left)


def _mean(ballots: Sequence[Marks], nomination: int) -> Fraction:
    return sum((Fraction(ballot[nomination]) for ballot in ballots), Fraction()) / len(ballots)


def _sorted(entrants: list[Entrant], key: OrderKey, column: int | None) -> list[Entrant]:
    """The same by one key, stable; those without a value last."""
    if column is None or key.value is None:
        return sorted(entrants, key=lambda one: _row_key(one.row_id), reverse=key.descending)
    is_measured = isinstance(key.value.type, Bool | Date | Number)
    known = [one for one in entrants if one.keys[column] is not None]
    rest = [one for one in entrants if one.keys[column] is None]
    return [*sorted(known, key=lambda one: _value(one.keys[column], is_measured), reverse=key.descending), *rest]


def _value(written: str | None, is_measured: bool) -> Any:
    assert written is not None
    return Decimal(written) if is_measured else written


def _row_key(row_id: str) -> tuple[int, str]:
    """Numbers by their size, codes by their signs."""
    return len(row_id), row_id
