"""Numbers as people write them: with units, thousands, per cent, and with the noise of a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal

from luoshi.rulebook.model.types import Number

KEPT_DIGITS = 15
"""A spreadsheet keeps that many; what stands behind them in a fraction is noise."""
_NUMBER = re.compile(r"([¥￥]?)([+\-−]?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d{1,2})?)(.*)", re.DOTALL)
_ROUND = Context(prec=KEPT_DIGITS, rounding=ROUND_HALF_EVEN)


class NoNumber(ValueError):
    """Not a number of this kind. `kind` is `number`, `unit`, `places` or `digits`."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(kind)


def number_of(text: str, kind: Number, units: Mapping[str, int], factor: int = 1) -> Decimal:
    """The number of a text in normal width without blanks, as exact as the field keeps it. `NoNumber` with the reason.

    `units` may stand behind it; without one it is multiplied by `factor`.

    >>> str(number_of("1.25万元", Number(2), {"万元": 10_000})), str(number_of("1,234.50", Number(2), {}))
    ('12500.00', '1234.50')
    >>> number_of("12.5%", Number(4), {})
    Decimal('0.1250')
    """
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise NoNumber("number")
    value = Decimal(found[3].replace(",", ""))
    if value != value.to_integral_value() and len(value.as_tuple().digits) > KEPT_DIGITS:
        value = _ROUND.plus(value)
    value = (-value if found[2] in {"-", "−"} else value) * _times(found[4], kind, units, factor)
    return _fitted(value, kind)


def _times(unit: str, kind: Number, units: Mapping[str, int], factor: int) -> Decimal:
    """What the number before a unit is multiplied by."""
    if not unit:
        return Decimal(factor)
    if unit == "%" and not kind.unit and kind.places:
        return Decimal("0.01")
    if unit in units:
        return Decimal(units[unit])
    raise NoNumber("number" if any(sign.isdigit() for sign in unit) else "unit")


def _fitted(value: Decimal, kind: Number) -> Decimal:
    if abs(value) >= 10 ** (kind.digits - kind.places):
        raise NoNumber("digits")
    exact = value.quantize(Decimal(1).scaleb(-kind.places), context=Context(prec=60))
    if exact != value:
        raise NoNumber("places")
    return exact + 0
