"""Spells expressions in DuckDB's SQL: one short rule per operation, and a refusal of anything else."""

from __future__ import annotations

from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Kind
from luoshi.rulebook.engines.sql.spelling.words import Words, around, between

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


def _cast(expr: Expr, parts: list[str]) -> str:
    return f"CAST({parts[0]} AS {TYPES[expr.kind]})"


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


WORDS = Words(
    TYPES,
    mark='"',
    escapes=(("'", "''"),),
    rules={
        "quotient": between("//"),
        "cast": _cast,
        "length": around("length("),
        "year": around("year("),
        "month": around("month("),
        "day": around("day("),
        "first_of_month": lambda expr, parts: f"CAST(date_trunc('month', {parts[0]}) AS DATE)",
        "first_of_year": around("make_date(year(", "), 1, 1)"),
        "add_days": lambda expr, parts: f"({parts[0]} + CAST({parts[1]} AS INTEGER))",
        "add_months": lambda expr, parts: f"CAST({parts[0]} + to_months(CAST({parts[1]} AS INTEGER)) AS DATE)",
        "days_between": lambda expr, parts: f"({parts[1]} - {parts[0]})",
        "mask": _mask,
        "bits_or": between("|"),
        "decimal": _decimal,
    },
)
quoted, literal, spelled = WORDS.quoted, WORDS.literal, WORDS.spelled
