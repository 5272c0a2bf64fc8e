"""The words of a dialect: names of types, quotes, and a short rule for every operation; anything else is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Kind

Rule = Callable[[Expr, list[str]], str]


def between(operator: str) -> Rule:
    """Parts with an operator between them."""
    return lambda expr, parts: "(" + f" {operator} ".join(parts) + ")"


def around(start: str, end: str = ")") -> Rule:
    """Parts with commas between them and something around them."""
    return lambda expr, parts: start + ", ".join(parts) + end


def _case(expr: Expr, parts: list[str]) -> str:
    arms = "".join(f" WHEN {test} THEN {value}" for test, value in zip(parts[:-1:2], parts[1::2], strict=True))
    return f"CASE{arms}{'' if expr.args[-1].is_null else f' ELSE {parts[-1]}'} END"


def _surely(expr: Expr, parts: list[str]) -> str:
    return f"({parts[0]} IS NOT DISTINCT FROM {'TRUE' if expr.data else 'FALSE'})"


ALIKE: Mapping[str, Rule] = {
    **{operator: between(operator) for operator in ("=", "<>", "<", "<=", ">", ">=", "+", "-", "*")},
    "and": between("AND"),
    "or": between("OR"),
    "remainder": between("%"),
    "not": around("(NOT "),
    "negate": around("(-"),
    "abs": around("abs("),
    "missing": around("(", " IS NULL)"),
    "surely": _surely,
    "coalesce": around("coalesce("),
    "among": lambda expr, parts: f"({parts[0]} IN ({', '.join(parts[1:])}))",
    "case": _case,
    "prefix": lambda expr, parts: f"left({parts[0]}, {expr.data})",
    "last_of_month": around("last_day("),
    "last_of_year": around("make_date(year(", "), 12, 31)"),
}
"""The operations that every dialect spells alike, with the same meaning."""


@dataclass(frozen=True)
class Words:
    """The words of a dialect.

    `types` name the column of each kind, `mark` stands around names, `escapes` are made in written texts, and `rules`
    spell the operations that are the dialect's own.
    """

    types: Mapping[Kind, str]
    mark: str
    escapes: tuple[tuple[str, str], ...]
    rules: Mapping[str, Rule]

    def quoted(self, name: str) -> str:
        """A name as an identifier."""
        return self.mark + name.replace(self.mark, self.mark * 2) + self.mark

    def as_text(self, cell: str) -> str:
        """A cell as text."""
        return f"CAST({cell} AS {self.types[Kind.TEXT]})"

    def literal(self, kind: Kind, value: bool | int | date | str | None) -> str:
        """A written value with its type."""
        if value is None:
            return f"CAST(NULL AS {self.types[kind]})"
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, date):
            return f"DATE '{value.isoformat()}'"
        if isinstance(value, str):
            for plain, escaped in self.escapes:
                value = value.replace(plain, escaped)
            return f"'{value}'"
        return f"CAST({int(value)} AS {self.types[kind]})"

    def spelled(self, expr: Expr, names: Mapping[Expr, str], *, itself: bool = False) -> str:
        """An expression over named columns; with `itself`, what makes the column of that expression."""
        if expr in names and not itself:
            return self.quoted(names[expr])
        if expr.is_literal:
            return self.literal(expr.kind, expr.data)
        rule = self.rules.get(expr.op) or ALIKE.get(expr.op)
        if rule is None:
            raise NotImplementedError(expr.op)
        return rule(expr, [self.spelled(arg, names) for arg in expr.args])
