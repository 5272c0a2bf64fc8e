"""Quotients and rounding, exact in every mode: half_up, down and up, away from and toward zero."""

from __future__ import annotations

from luoshi.rulebook.engines.native.forging import Expr
from luoshi.rulebook.engines.native.meanings import Quantity
from luoshi.rulebook.engines.native.numbers import Arithmetic


def rounded(numbers: Arithmetic, item: Quantity, places: int, mode: str) -> Quantity:
    """The number with `places` decimal places."""
    if places >= item.places:
        return numbers.to_places(item, places)
    return _quotient(numbers, item, numbers.whole(10 ** (item.places - places)), places, mode)


def divided(numbers: Arithmetic, left: Quantity, right: Quantity, places: int, mode: str) -> Quantity:
    """left / right with `places` decimal places; unknown when the divisor is zero."""
    shift = places + right.places - left.places
    above = numbers.to_places(left, left.places + max(shift, 0))
    below = numbers.to_places(right, right.places + max(-shift, 0))
    return _quotient(numbers, above, below, places, mode)


def _quotient(numbers: Arithmetic, above: Quantity, below: Quantity, places: int, mode: str) -> Quantity:
    """The quotient of the sizes, moved up by one where the rest asks for it, with the sign of both."""
    make = numbers.forge
    most = above.most + 1
    left, right = numbers.fitted([above, below], most)
    zero, one = make.const(left.width, 0), make.const(left.width, 1)
    nothing = make.compare("eq", right, zero)
    size = _size(numbers, left, above.low)
    divisor = make.select(nothing, one, _size(numbers, right, below.low))
    found = make.divide(size, divisor)
    rest = make.op("sub", size, make.op("mul", found, divisor))
    bump = {
        "half_up": make.compare("sge", rest, make.op("sub", divisor, rest)),
        "up": make.compare("ne", rest, zero),
        "down": make.truth(False),
    }[mode]
    found = make.op("add", found, make.cast(bump, left.width))
    negative = make.op("xor", _is_negative(numbers, left, above.low), _is_negative(numbers, right, below.low))
    value = make.select(negative, make.op("sub", zero, found), found)
    known = make.both(numbers.known(above, below), make.negated(nothing))
    return Quantity(value, known, places, *_bounds(above, below, most))


def _bounds(above: Quantity, below: Quantity, most: int) -> tuple[int, int]:
    """Between which numbers a quotient lies; a written divisor makes it smaller."""
    if below.low == below.high > 0:
        most = -(-above.most // below.low) + 1
    return (-most if above.low < 0 or below.low < 0 else 0), most


def _size(numbers: Arithmetic, value: Expr, low: int) -> Expr:
    """How far from zero a number is."""
    make = numbers.forge
    less = make.op("sub", make.const(value.width, 0), value)
    return make.select(_is_negative(numbers, value, low), less, value)


def _is_negative(numbers: Arithmetic, value: Expr, low: int) -> Expr:
    """Whether a number is below zero; one that cannot be is not asked."""
    make = numbers.forge
    return make.compare("slt", value, make.const(value.width, 0)) if low < 0 else make.truth(False)
