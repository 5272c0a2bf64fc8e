"""Random well-typed rules over the registers of the agreement pack, made with the library's own typing rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from hypothesis import strategies as st

from luoshi.rulebook.model import build
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.types import BOOL, CNY, DATE, DAY, MONTH, YEAR, Unit

Draw = Callable[[st.SearchStrategy[Any]], Any]
COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")
MODES = ("half_up", "down", "up")
EDGES = ("first_of_month", "last_of_month", "first_of_year", "last_of_year")
M2 = Unit.parse("m2")
SCOPES = ("thing", "part")


class Rules:
    """Draws expressions of a wanted kind in the scope of a register. `facts` are those already drawn."""

    def __init__(self, pack: Pack, draw: Draw, facts: dict[tuple[str, str], n.Node]) -> None:
        self.pack, self.draw, self.facts = pack, draw, facts

    def one(self, *makers: Callable[[], n.Node]) -> n.Node:
        """One of the makers' results; a rule that the typing rules refuse gives way to the next."""
        start = self.draw(st.integers(0, len(makers) - 1))
        for offset in range(len(makers)):
            try:
                return makers[(start + offset) % len(makers)]()
            except Mismatch:
                continue
        raise AssertionError("no maker fits")

    def field(self, scope: str, name: str) -> n.Field:
        return n.Field(self.pack.registers[scope].fields[name].type, scope, name)

    def pick(self, values: tuple[str, ...] | list[str]) -> str:
        return self.draw(st.sampled_from(values))

    def follow(self, scope: str, make: Callable[[str], n.Node]) -> n.Node:
        """Something of the thing that a row points at."""
        return build.follow(self.field(scope, "next" if scope == "thing" else "thing"), make("thing"))

    def known(self, scope: str, wanted: object) -> list[Callable[[], n.Node]]:
        """The facts of a scope that have the wanted type."""
        found = [(key, node) for key, node in self.facts.items() if key[0] == scope and node.type == wanted]
        return [lambda key=key, node=node: n.Fact(node.type, *key) for key, node in found]

    def truth(self, scope: str, depth: int) -> n.Node:
        """A truth."""
        leaf = partial(self.field, scope, "yes")
        if depth <= 0:
            return self.one(leaf, *self.known(scope, BOOL))
        down = depth - 1
        return self.one(
            leaf,
            lambda: build.conjunction((self.truth(scope, down), self.truth(scope, down), self.truth(scope, down))),
            lambda: build.disjunction((self.truth(scope, down), self.truth(scope, down))),
            lambda: build.negation(self.truth(scope, down)),
            lambda: build.is_known(self.number(scope, down, CNY)),
            lambda: self._compare_numbers(scope, down),
            lambda: self._compare_numbers(scope, down),
            lambda: build.compare(self.pick(COMPARISONS), self.day(scope, down), self.day(scope, down)),
            lambda: build.among(self.field(scope, "colour"), (build.literal("red"), build.literal("blue"))),
            lambda: build.compare(self.pick(("=", "<>")), self.field(scope, "colour"), build.literal("green")),
            lambda: self._served(scope, down),
            lambda: build.choose(((self.truth(scope, down), self.truth(scope, down)),), self.truth(scope, down)),
            lambda: self.follow(scope, lambda other: self.truth(other, down)),
            lambda: self.aggregate(scope, down, self.pick(("any", "all"))),
            lambda: self._share(scope, down),
            *self.known(scope, BOOL),
        )

    def _compare_numbers(self, scope: str, depth: int) -> n.Node:
        unit = self.draw(st.sampled_from([CNY, M2, Unit()]))
        left, right = self.number(scope, depth, unit), self.number(scope, depth, unit)
        return build.compare(self.pick(COMPARISONS), left, right)

    def _served(self, scope: str, depth: int) -> n.Node:
        start, end = self.day(scope, depth), self.field(scope, "until")
        first_day = n.Switch(BOOL, "count_first_day")
        return build.served(start, end, self.months(scope), n.OnDate(DATE), first_day)

    def _share(self, scope: str, depth: int) -> n.Node:
        share = self.aggregate(scope, depth, "share")
        return build.compare(self.pick(COMPARISONS), share, self._setting("portion"))

    def _setting(self, name: str) -> n.Node:
        return n.Parameter(self.pack.parameters[name].type, name)

    def number(self, scope: str, depth: int, unit: Unit) -> n.Node:
        """A number in a unit: money, square metres or plain."""
        if depth <= 0:
            return self.one(*self._number_leaves(scope, unit))
        down = depth - 1
        deeper = partial(self.number, scope, down, unit)
        return self.one(
            *self._number_leaves(scope, unit),
            lambda: build.add(deeper(), deeper()),
            lambda: build.subtract(deeper(), deeper()),
            lambda: build.negate(deeper()),
            lambda: build.multiply(deeper(), self.number(scope, 0, Unit())),
            lambda: build.divide(deeper(), self.number(scope, 0, Unit()), self.places(), self.pick(MODES)),
            lambda: build.round_to(deeper(), self.places(), self.pick(MODES)),
            lambda: build.least((deeper(), deeper(), deeper())),
            lambda: build.greatest((deeper(), deeper())),
            lambda: build.choose(((self.truth(scope, down), deeper()), (self.truth(scope, 0), deeper())), deeper()),
            lambda: self.follow(scope, lambda other: self.number(other, down, unit)),
            lambda: self.aggregate(scope, down, self.pick(("sum", "min", "max")), unit),
            *self._special_numbers(scope, down, unit),
        )

    def _number_leaves(self, scope: str, unit: Unit) -> list[Callable[[], n.Node]]:
        named = {CNY: "paid", M2: "size", Unit(): "count"}[unit]
        leaves = [lambda: self.field(scope, named), lambda: self.literal(unit)]
        if unit == CNY:
            leaves += [lambda: self._setting("cap_at"), lambda: self._setting("unset")]
        if unit == Unit():
            leaves += [lambda: self._setting("least"), lambda: self.field(scope, "share")]
        for key, node in self.facts.items():
            if key[0] == scope and getattr(node.type, "unit", None) == unit:
                leaves.append(lambda key=key, node=node: n.Fact(node.type, *key))
        return leaves

    def _special_numbers(self, scope: str, depth: int, unit: Unit) -> list[Callable[[], n.Node]]:
        if unit == CNY:
            return [lambda: self._lookup(scope, depth)]
        if unit == M2:
            return []
        return [
            lambda: self.aggregate(scope, depth, "count"),
            lambda: build.date_part(self.pick(("year", "month")), self.day(scope, depth)),
        ]

    def _lookup(self, scope: str, depth: int) -> n.Node:
        table = self.pack.tables["tiers"]
        money = build.round_to(self.number(scope, depth, CNY), 2, "down")
        return n.Lookup(table.type, "tiers", (money, self.field(scope, "colour")))

    def places(self) -> int:
        return self.draw(st.integers(0, 3))

    def literal(self, unit: Unit) -> n.Node:
        """A literal in a unit, half cents among them."""
        texts = ("0", "1", "-1", "0.5", "0.005", "-0.005", "1000.05", "33.335", "2", "7")
        text = self.pick(texts)
        return build.literal(Decimal(text) if "." in text else int(text), unit)

    def months(self, scope: str) -> n.Node:
        """A length in months."""
        return self.one(
            lambda: self._setting("span"),
            lambda: self.field(scope, "months"),
            lambda: build.length(build.literal(self.draw(st.integers(-15, 40))), MONTH),
        )

    def day(self, scope: str, depth: int) -> n.Node:
        """A date."""
        leaves = [
            lambda: self.field(scope, "start"),
            lambda: self.field(scope, "until"),
            lambda: n.OnDate(DATE),
            lambda: build.literal(self.draw(DAYS)),
        ]
        if depth <= 0:
            return self.one(*leaves, *self.known(scope, DATE))
        down = depth - 1
        return self.one(
            *leaves,
            lambda: build.add_time(self.day(scope, down), self.months(scope), MONTH),
            lambda: build.add_time(self.day(scope, down), build.length(self.literal(Unit()), YEAR), YEAR),
            lambda: build.add_time(self.day(scope, down), build.length(self.number(scope, 0, Unit()), DAY), DAY),
            lambda: build.date_edge(self.pick(EDGES), self.day(scope, down)),
            lambda: build.choose(((self.truth(scope, down), self.day(scope, down)),), self.day(scope, down)),
            lambda: build.greatest((self.day(scope, down), self.day(scope, down))),
            lambda: self.follow(scope, lambda other: self.day(other, down)),
            lambda: self._extreme_day(scope, down),
        )

    def _extreme_day(self, scope: str, depth: int) -> n.Node:
        child, via = self.members(scope)
        value = self.day(child, depth)
        return build.aggregate(self.pick(("min", "max")), child, via, where=self.truth(child, depth), value=value)

    def members(self, scope: str) -> tuple[str, tuple[str, ...]]:
        """A register whose rows point at the scope's rows, and by which path."""
        if scope == "part":
            raise Mismatch("EXPR-033")
        paths = (("part", ("thing",)), ("thing", ("next",)), ("part", ("thing", "next")))
        return self.draw(st.sampled_from(paths))

    def aggregate(self, scope: str, depth: int, op: str, unit: Unit | None = None) -> n.Node:
        """An aggregate over the rows that point at the scope's rows."""
        child, via = self.members(scope)
        where = self.truth(child, depth)
        if op == "share":
            among = self.one(lambda: self.truth(child, 0), lambda: n.Literal(BOOL, True))
            return build.aggregate(op, child, via, where=where, among=among)
        if op == "count":
            distinct = self.pick(("colour", "count", "start", ""))
            return build.aggregate(
                op, child, via, where=where, distinct=self.field(child, distinct) if distinct else None
            )
        if unit is None:
            return build.aggregate(op, child, via, where=where)
        default = self.literal(unit) if op != "sum" and self.draw(st.booleans()) else None
        return build.aggregate(op, child, via, where=where, value=self.number(child, depth, unit), default=default)

    def lengths(self, scope: str) -> n.Node:
        """Whole days, months or years between two dates."""
        unit = self.draw(st.sampled_from([DAY, MONTH, YEAR]))
        return build.time_between(unit, self.day(scope, 1), self.day(scope, 1))


EDGE_DAYS = [
    date(2020, 2, 29),
    date(2019, 2, 28),
    date(2018, 8, 31),
    date(2019, 12, 31),
    date(2020, 1, 1),
    date(2019, 1, 15),
    date(2019, 7, 14),
    date(2000, 2, 29),
    date(2019, 4, 30),
    date(2019, 5, 31),
]
DAYS = st.one_of(st.sampled_from(EDGE_DAYS), st.dates(date(1998, 1, 1), date(2031, 12, 31)))
