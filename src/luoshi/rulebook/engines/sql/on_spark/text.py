"""Spells expressions in Spark's SQL, in ANSI mode: exact or an error, never a silent null.

Wide numbers are DECIMAL(38,0), which is closed under the four operations that are used on it. Masks are stored in the
next wider signed number, as Spark has no unsigned ones.
"""

from __future__ import annotations

from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Kind
from luoshi.rulebook.engines.sql.spelling.words import Rule, Words, around

TYPES = {
    Kind.TRUTH: "BOOLEAN",
    Kind.WHOLE: "BIGINT",
    Kind.WIDE: "DECIMAL(38,0)",
    Kind.DAY: "DATE",
    Kind.TEXT: "STRING",
    Kind.BITS8: "SMALLINT",
    Kind.BITS16: "INT",
    Kind.BITS32: "BIGINT",
    Kind.BITS64: "DECIMAL(20,0)",
}
LAST_BIT = 63
SURE_PLACES = 6
"""Decimal places that Spark keeps in every result, however many digits stand before the point."""


def _cast(expr: Expr, parts: list[str]) -> str:
    return f"CAST({parts[0]} AS {TYPES[expr.kind]})"


def _whole(start: str) -> Rule:
    """A function of days or texts whose result is narrower than a whole number here."""
    return lambda expr, parts: f"CAST({start}{', '.join(parts)}) AS BIGINT)"


def _quotient(expr: Expr, parts: list[str]) -> str:
    """The quotient cut off toward zero. Spark has none of wide numbers.

    The dividend less its rest is divided exactly, a millionth at a time: a quotient of up to 38 digits then stands on
    the six places that a division keeps. Its whole part and its places are put together again.
    """
    if expr.kind is not Kind.WIDE:
        return f"({parts[0]} div {parts[1]})"
    above, below = parts
    millionth = f"((({above} - {above} % {below}) * 0.000001) / {below})"
    whole, places = f"CAST({millionth} - {millionth} % 1 AS DECIMAL(38,0))", f"{millionth} % 1 * 1000000"
    return f"({whole} * 1000000 + CAST({places} AS DECIMAL(38,0)))"


def _mask(expr: Expr, parts: list[str]) -> str:
    """Flags are truths that are known, so that a cast gives 0 or 1. The last bit does not fit into a signed number."""
    flags = list(zip(expr.data, parts, strict=True))
    width = "INT" if max(expr.data) < 31 else "BIGINT"
    bits = [f"shiftleft(CAST({part} AS {width}), {bit})" for bit, part in flags if bit < LAST_BIT]
    found = [f"({' | '.join(bits)})"] if bits else []
    found += [f"CASE WHEN {part} THEN {2**LAST_BIT} ELSE 0 END" for bit, part in flags if bit == LAST_BIT]
    return f"CAST({' + '.join(found)} AS {TYPES[expr.kind]})"


def _bits_or(expr: Expr, parts: list[str]) -> str:
    """Masks that share no bit: their sum."""
    return f"CAST({' + '.join(parts)} AS {TYPES[expr.kind]})"


def _decimal(expr: Expr, parts: list[str]) -> str:
    """The same digits with a point in them. A product keeps all places as long as there are few or digits are."""
    digits, places = expr.data
    whole = f"CAST({parts[0]} AS DECIMAL({digits},0))"
    if places == 0:
        return whole
    if places > SURE_PLACES and digits + places >= 38:
        return f"CAST(concat(CAST({whole} AS STRING), 'E-{places}') AS DECIMAL({digits},{places}))"
    unit = f"CAST(0.{'0' * (places - 1)}1 AS DECIMAL({places},{places}))"
    return f"CAST({whole} * {unit} AS DECIMAL({digits},{places}))"


WORDS = Words(
    TYPES,
    mark="`",
    escapes=(("\\", "\\\\"), ("'", "\\'")),
    rules={
        "quotient": _quotient,
        "cast": _cast,
        "length": _whole("length("),
        "year": _whole("year("),
        "month": _whole("month("),
        "day": _whole("day("),
        "first_of_month": around("trunc(", ", 'MONTH')"),
        "first_of_year": around("trunc(", ", 'YEAR')"),
        "add_days": lambda expr, parts: f"date_add({parts[0]}, CAST({parts[1]} AS INT))",
        "add_months": lambda expr, parts: f"add_months({parts[0]}, CAST({parts[1]} AS INT))",
        "days_between": lambda expr, parts: f"CAST(datediff({parts[1]}, {parts[0]}) AS BIGINT)",
        "mask": _mask,
        "bits_or": _bits_or,
        "decimal": _decimal,
    },
)
quoted, literal, spelled = WORDS.quoted, WORDS.literal, WORDS.spelled
