"""Quotients and rounding on scaled integers, exact in every mode: half_up, down and up, away from and toward zero."""

from __future__ import annotations

from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Kind
from luoshi.rulebook.engines.sql.meaning.forging import Forge
from luoshi.rulebook.engines.sql.meaning.numbers import MOST_WIDE, Arithmetic, Quantity, kind_of


def rounded(numbers: Arithmetic, item: Quantity, places: int, mode: str) -> Quantity:
    """The item with `places` decimal places."""
    if places >= item.places:
        return numbers.to_places(item, places)
    return _by_constant(numbers, item, 10 ** (item.places - places), places, mode)


def divided(numbers: Arithmetic, left: Quantity, right: Quantity, places: int, mode: str) -> Quantity:
    """left / right with `places` decimal places; unknown when the divisor is zero."""
    shift = places + right.places - left.places
    above = numbers.to_places(left, left.places + max(shift, 0))
    below = numbers.to_places(right, right.places + max(-shift, 0))
    if below.expr.is_literal and (below.expr.data or 0) > 0:
        return _by_constant(numbers, above, below.expr.data, places, mode)
    return _by_column(numbers, above, below, places, mode)


def _quotient(number: int, divisor: int, mode: str) -> int:
    """The rounded quotient of whole numbers, the divisor above zero."""
    whole, rest = divmod(abs(number), divisor)
    whole += {"half_up": 2 * rest >= divisor, "up": rest > 0, "down": False}[mode]
    return -whole if number < 0 else whole


def _by_constant(numbers: Arithmetic, item: Quantity, divisor: int, places: int, mode: str) -> Quantity:
    """Adding what makes truncation round: half the divisor, or all but one of it, with the sign of the item."""
    make = numbers.forge
    extra = {"half_up": divisor // 2, "up": divisor - 1, "down": 0}[mode]
    if max(item.most + extra, divisor) > MOST_WIDE:
        return _by_parts(numbers, item, divisor, places, mode)
    kind = kind_of(item.most + extra, divisor)
    above, below = make.as_kind(item.expr, kind), make.literal(kind, divisor)
    if extra:
        signed = make.literal(kind, extra)
        if item.low < 0:
            negative = make.strict("<", Kind.TRUTH, above, make.literal(kind, 0))
            signed = make.case((negative, make.literal(kind, -extra)), otherwise=signed)
        above = make.strict("+", kind, above, signed)
    low, high = _quotient(item.low, divisor, mode), _quotient(item.high, divisor, mode)
    return Quantity(make.as_kind(make.strict("quotient", kind, above, below), kind_of(low, high)), places, low, high)


def _by_parts(numbers: Arithmetic, item: Quantity, divisor: int, places: int, mode: str) -> Quantity:
    """The truncated quotient, moved away from zero by one where the rest asks for it: the widest numbers have no room
    for anything to be added first."""
    make = numbers.forge
    found, rest = numbers.parts(item.expr, divisor)
    least = {"half_up": -(-divisor // 2), "up": 1, "down": divisor}[mode]
    if least < min(divisor, MOST_WIDE):
        size = make.strict("abs", Kind.WIDE, rest)
        bump = make.strict(">=", Kind.TRUTH, size, make.literal(Kind.WIDE, least))
        moved = make.strict("+", Kind.WIDE, found, _sign(make, item.low < 0, rest, False, rest))
        found = make.case((bump, moved), otherwise=found)
    low, high = _quotient(item.low, divisor, mode), _quotient(item.high, divisor, mode)
    return Quantity(make.as_kind(found, kind_of(low, high)), places, low, high)


def _by_column(numbers: Arithmetic, left: Quantity, right: Quantity, places: int, mode: str) -> Quantity:
    """The truncated quotient, moved away from zero by one where the rest asks for it."""
    most = min(left.most + 1, MOST_WIDE)
    make, kind = numbers.forge, kind_of(most, right.most)
    above, below = make.as_kind(left.expr, kind), make.as_kind(right.expr, kind)
    zero = make.literal(kind, 0)
    divisor = make.case((make.strict("<>", Kind.TRUTH, below, zero), below), otherwise=make.null(kind))
    found = make.strict("quotient", kind, above, divisor)
    if mode != "down":
        bump = _rest_asks(make, make.strict("remainder", kind, above, divisor), divisor, mode)
        sign = _sign(make, left.low < 0, above, right.low < 0, divisor)
        found = make.case((bump, make.strict("+", kind, found, sign)), otherwise=found)
    low = -most if left.low < 0 or right.low < 0 else 0
    return Quantity(make.as_kind(found, kind_of(most)), places, low, most)


def _sign(make: Forge, above_varies: bool, above: Expr, below_varies: bool, below: Expr) -> Expr:
    """1 or -1, the sign of a quotient; a part that is never negative is not asked."""
    one, minus_one = make.literal(above.kind, 1), make.literal(above.kind, -1)
    signs = [_is_negative(make, item) for item, varies in ((above, above_varies), (below, below_varies)) if varies]
    if not signs:
        return one
    negative = signs[0] if len(signs) == 1 else make.strict("<>", Kind.TRUTH, *signs)
    return make.case((negative, minus_one), otherwise=one)


def _rest_asks(make: Forge, rest: Expr, divisor: Expr, mode: str) -> Expr:
    if mode == "up":
        return make.strict("<>", Kind.TRUTH, rest, make.literal(rest.kind, 0))
    size, span = make.strict("abs", rest.kind, rest), make.strict("abs", rest.kind, divisor)
    return make.strict(">=", Kind.TRUTH, size, make.strict("-", rest.kind, span, size))


def _is_negative(make: Forge, item: Expr) -> Expr:
    return make.strict("<", Kind.TRUTH, item, make.literal(item.kind, 0))
