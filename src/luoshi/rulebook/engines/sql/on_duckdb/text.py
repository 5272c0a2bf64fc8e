"""Spells expressions in DuckDB's SQL: one short rule per operation, and a refusal of anything else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Kind

TYPES = {
    Kind.TRUTH: "BOOLEAN",
    Kind.WHOLE: "BIGINT",
    Kind.WIDE: "HUGEINT",
    Kind.DAY: "DATE",
    Kind.TEXT: "VARCHAR",
    Kind.BITS8: "UTINYINT",
    Kind.BITS16: "USMALLINT",
    Kind.BITS32: "UINTEGER",
    Kind.BITS64: "UBIGINT",
}
_SIGNED = ((7, "TINYINT"), (15, "SMALLINT"), (31, "INTEGER"), (63, "BIGINT"), (64, "HUGEINT"))


def quoted(name: str) -> str:
    """A name as an identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(kind: Kind, value: bool | int | date | str | None) -> str:
    """A written value with its type."""
    if value is None:
        return f"CAST(NULL AS {TYPES[kind]})"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return f"CAST({int(value)} AS {TYPES[kind]})"


def spelled(expr: Expr, names: Mapping[Expr, str], *, itself: bool = False) -> str:
    """An expression over named columns; with `itself`, what makes the column of that expression."""
    if expr in names and not itself:
        return quoted(names[expr])
    if expr.is_literal:
        return literal(expr.kind, expr.data)
    spell = _SPELL.get(expr.op)
    if spell is None:
        raise NotImplementedError(expr.op)
    return spell(expr, [spelled(arg, names) for arg in expr.args])


def _between(operator: str) -> Callable[[Expr, list[str]], str]:
    return lambda expr, parts: "(" + f" {operator} ".join(parts) + ")"


def _around(start: str, end: str = ")") -> Callable[[Expr, list[str]], str]:
    return lambda expr, parts: start + ", ".join(parts) + end


def _case(expr: Expr, parts: list[str]) -> str:
    arms = "".join(f" WHEN {test} THEN {value}" for test, value in zip(parts[:-1:2], parts[1::2], strict=True))
    return f"CASE{arms}{'' if expr.args[-1].is_null else f' ELSE {parts[-1]}'} END"


def _cast(expr: Expr, parts: list[str]) -> str:
    return f"CAST({parts[0]} AS {TYPES[expr.kind]})"


def _surely(expr: Expr, parts: list[str]) -> str:
    return f"({parts[0]} IS NOT DISTINCT FROM {'TRUE' if expr.data else 'FALSE'})"


def _mask(expr: Expr, parts: list[str]) -> str:
    """Flags are truths that are known, so that a cast gives 0 or 1 and its negative no bit or all bits.

    A multiplication would be checked for overflow row by row and take twice as long.
    """
    width = next(name for most, name in _SIGNED if max(expr.data) < most)
    bits = [
        f"(-CAST({part} AS {width}) & CAST({1 << bit} AS {width}))" if bit else f"CAST({part} AS {width})"
        for bit, part in zip(expr.data, parts, strict=True)
    ]
    return f"CAST({' | '.join(bits)} AS {TYPES[expr.kind]})"


def _decimal(expr: Expr, parts: list[str]) -> str:
    """A multiplication that only names the places: 12345 × 0.01, done on the same digits."""
    digits, places = expr.data
    if places == 0:
        return f"CAST({parts[0]} AS DECIMAL({digits}, 0))"
    whole, unit = f"CAST({parts[0]} AS DECIMAL({digits}, 0))", "0." + "0" * (places - 1) + "1"
    return f"CAST({whole} * CAST({unit} AS DECIMAL({places + 1}, {places})) AS DECIMAL({digits}, {places}))"


_SPELL: dict[str, Callable[[Expr, list[str]], str]] = {
    **{operator: _between(operator) for operator in ("=", "<>", "<", "<=", ">", ">=", "+", "-", "*")},
    "and": _between("AND"),
    "or": _between("OR"),
    "quotient": _between("//"),
    "remainder": _between("%"),
    "not": _around("(NOT ", ")"),
    "negate": _around("(-", ")"),
    "abs": _around("abs("),
    "missing": _around("(", " IS NULL)"),
    "surely": _surely,
    "coalesce": _around("coalesce("),
    "among": lambda expr, parts: f"({parts[0]} IN ({', '.join(parts[1:])}))",
    "case": _case,
    "cast": _cast,
    "prefix": lambda expr, parts: f"left({parts[0]}, {expr.data})",
    "length": _around("length("),
    "year": _around("year("),
    "month": _around("month("),
    "day": _around("day("),
    "first_of_month": lambda expr, parts: f"CAST(date_trunc('month', {parts[0]}) AS DATE)",
    "last_of_month": _around("last_day("),
    "first_of_year": _around("make_date(year(", "), 1, 1)"),
    "last_of_year": _around("make_date(year(", "), 12, 31)"),
    "add_days": lambda expr, parts: f"({parts[0]} + CAST({parts[1]} AS INTEGER))",
    "add_months": lambda expr, parts: f"CAST({parts[0]} + to_months(CAST({parts[1]} AS INTEGER)) AS DATE)",
    "days_between": lambda expr, parts: f"({parts[1]} - {parts[0]})",
    "mask": _mask,
    "bits_or": _between("|"),
    "decimal": _decimal,
}
