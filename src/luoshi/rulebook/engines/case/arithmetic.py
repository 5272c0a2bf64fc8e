"""Exact arithmetic of the reference: decimals that never lose a digit, and rounding as it is written."""

from __future__ import annotations

from decimal import Context, Decimal, Inexact
from fractions import Fraction

EXACT = Context(prec=120, traps=[Inexact])


def rounded(value: Fraction, places: int, mode: str) -> int | Decimal:
    """A value rounded to decimal places: half_up and up go away from zero, down toward it."""
    scaled = abs(value) * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    if (mode == "half_up" and 2 * rest >= scaled.denominator) or (mode == "up" and rest):
        whole += 1
    signed = -whole if value < 0 else whole
    return Decimal(signed).scaleb(-places) if places else signed


def divided(left: int | Decimal, right: int | Decimal, places: int, mode: str) -> int | Decimal | None:
    """left / right, rounded; unknown when the divisor is zero."""
    if right == 0:
        return None
    return rounded(Fraction(left) / Fraction(right), places, mode)
