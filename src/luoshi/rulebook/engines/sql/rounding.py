"""Quotients and rounding on scaled integers, exact in every mode: half_up, down and up, away from and toward zero."""

from __future__ import annotations

from luoshi.rulebook.engines.sql.expressions import Expr, Forge, Kind
from luoshi.rulebook.engines.sql.numbers import Arithmetic, Quantity, kind_of


def rounded(numbers: Arithmetic, item: Quantity, places: int, mode: str) -> Quantity:
    """The item with `places` decimal places."""
    if places >= item.places:
        return numbers.to_places(item, places)
    shift = item.places - places
    expr = _by_constant(numbers, item, 10**shift, mode)
    digits = max(item.digits - shift, 0) + 1
    return Quantity(numbers.forge.as_kind(expr, kind_of(digits)), places, digits)


def divided(numbers: Arithmetic, left: Quantity, right: Quantity, places: int, mode: str) -> Quantity:
    """left / right with `places` decimal places; unknown when the divisor is zero."""
    shift = places + right.places - left.places
    above = numbers.to_places(left, left.places + max(shift, 0))
    below = numbers.to_places(right, right.places + max(-shift, 0))
    if below.expr.is_literal and (below.expr.data or 0) > 0:
        expr, digits = _by_constant(numbers, above, below.expr.data, mode), above.digits + 1
    else:
        digits = max(above.digits, below.digits)
        expr = _by_column(numbers, numbers.fitted(above, digits), numbers.fitted(below, digits), mode)
        digits = above.digits + 1
    return Quantity(numbers.forge.as_kind(expr, kind_of(digits)), places, digits)


def _by_constant(numbers: Arithmetic, item: Quantity, divisor: int, mode: str) -> Expr:
    """Adding what makes truncation round: half the divisor, or all but one of it, with the sign of the item.

    Two numbers of 18 digits add up within 64 bits, two of 37 digits within 128.
    """
    make = numbers.forge
    extra = {"half_up": divisor // 2, "up": divisor - 1, "down": 0}[mode]
    kind = kind_of(max(item.digits, len(str(divisor))))
    above, below = make.as_kind(item.expr, kind), make.literal(kind, divisor)
    if extra:
        negative = make.strict("<", Kind.TRUTH, above, make.literal(kind, 0))
        signed = make.case((negative, make.literal(kind, -extra)), otherwise=make.literal(kind, extra))
        above = make.strict("+", kind, above, signed)
    return make.strict("quotient", kind, above, below)


def _by_column(numbers: Arithmetic, above: Expr, below: Expr, mode: str) -> Expr:
    """The truncated quotient, moved away from zero by one where the rest asks for it."""
    make, kind = numbers.forge, above.kind
    zero = make.literal(kind, 0)
    divisor = make.case((make.strict("<>", Kind.TRUTH, below, zero), below), otherwise=make.null(kind))
    whole = make.strict("quotient", kind, above, divisor)
    if mode == "down":
        return whole
    bump = _rest_asks(make, make.strict("remainder", kind, above, divisor), divisor, mode)
    negative = make.strict("<>", Kind.TRUTH, _is_negative(make, above), _is_negative(make, divisor))
    one, minus_one = make.literal(kind, 1), make.literal(kind, -1)
    sign = make.case((negative, minus_one), otherwise=one)
    return make.case((bump, make.strict("+", kind, whole, sign)), otherwise=whole)


def _rest_asks(make: Forge, rest: Expr, divisor: Expr, mode: str) -> Expr:
    if mode == "up":
        return make.strict("<>", Kind.TRUTH, rest, make.literal(rest.kind, 0))
    size, span = make.strict("abs", rest.kind, rest), make.strict("abs", rest.kind, divisor)
    return make.strict(">=", Kind.TRUTH, size, make.strict("-", rest.kind, span, size))


def _is_negative(make: Forge, item: Expr) -> Expr:
    return make.strict("<", Kind.TRUTH, item, make.literal(item.kind, 0))
