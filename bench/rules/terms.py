"""Terms: the trees that conditions and amounts are read into. Numbers are whole, scaled by ten to `places`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

INVERSE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


@dataclass(frozen=True)
class Term:
    """One operation. `kind` is bool, number or code; `nullable` says whether the result may be unknown."""

    op: str
    items: tuple[Any, ...]
    kind: str
    places: int = 0
    nullable: bool = False


def column(name: str, kind: str, places: int, nullable: bool) -> Term:
    """A feature of the subject."""
    return Term("column", (name,), kind, places, nullable)


def constant(scaled: int, places: int) -> Term:
    """A number written in the text."""
    return Term("constant", (scaled,), "number", places)


def parameter(name: str, scaled: int, places: int) -> Term:
    """A parameter with one value everywhere."""
    return Term("parameter", (name, scaled), "number", places)


def at(term: Term, places: int) -> Term:
    """The same number with more decimal places."""
    missing = places - term.places
    if missing == 0:
        return term
    if term.op == "constant":
        return constant(term.items[0] * 10**missing, places)
    return Term("mul", (term, constant(10**missing, 0)), "number", places, term.nullable)


def _joined(op: str, items: tuple[Term, ...], kind: str, places: int = 0) -> Term:
    return Term(op, items, kind, places, any(item.nullable for item in items))


def _aligned(items: tuple[Term, ...]) -> tuple[Term, ...]:
    places = max(item.places for item in items)
    return tuple(at(item, places) for item in items)


def both(op: str, items: tuple[Term, ...]) -> Term:
    """`and` or `or`."""
    return _joined(op, items, "bool")


def negated(item: Term) -> Term:
    """Not."""
    return _joined("not", (item,), "bool")


def compared(op: str, left: Term, right: Term) -> Term:
    """A comparison of two numbers with the same scale, or of two codes."""
    items = _aligned((left, right)) if left.kind == "number" else (left, right)
    return Term("compare", (op, *items), "bool", 0, any(item.nullable for item in items))


def among(item: Term, codes: tuple[str, ...]) -> Term:
    """Whether a code is one of several."""
    return Term("among", (item, codes), "bool", 0, item.nullable)


def known(item: Term) -> Term:
    """Whether a value is there."""
    return Term("known", (item,), "bool")


def added(op: str, left: Term, right: Term) -> Term:
    """`add` or `sub`."""
    items = _aligned((left, right))
    return _joined(op, items, "number", items[0].places)


def product(left: Term, right: Term) -> Term:
    """A product; the scales add."""
    return _joined("mul", (left, right), "number", left.places + right.places)


def chosen(test: Term, one: Term, other: Term) -> Term:
    """`one` where the test holds, else `other`; unknown where the test is."""
    one, other = _aligned((one, other))
    return _joined("choose", (test, one, other), "number", one.places)


def extreme(op: str, items: tuple[Term, ...]) -> Term:
    """`least` or `greatest`; unknown if any item is."""
    items = _aligned(items)
    return _joined(op, items, "number", items[0].places)


def rounded(item: Term, places: int) -> Term:
    """A number that is not negative, rounded half up."""
    if item.places <= places:
        return at(item, places)
    return Term("round", (item, 10 ** (item.places - places)), "number", places, item.nullable)


def looked_up(table: str, key: Term, places: int) -> Term:
    """The value of the band that the key falls in."""
    return Term("lookup", (table, key), "number", places, key.nullable)


def by_area(name: str, places: int) -> Term:
    """A parameter whose value depends on where the subject is."""
    return Term("by_area", (name,), "number", places)


def eligible(measure: str, nullable: bool) -> Term:
    """Whether all conditions of another measure hold."""
    return Term("eligible", (measure,), "bool", 0, nullable)


def column_terms(term: Term) -> list[Term]:
    """All features a term reads."""
    if term.op == "column":
        return [term]
    return [found for item in term.items if isinstance(item, Term) for found in column_terms(item)]


def columns(term: Term) -> set[str]:
    """The names of all features a term reads."""
    return {found.items[0] for found in column_terms(term)}
