"""Sums of money to the fen, parts of them in percent, and for which period they are."""

from __future__ import annotations

from decimal import Decimal

from django import template

register = template.Library()


@register.filter
def yuan(amount: Decimal) -> str:
    """A sum with its thousands apart and both places.

    >>> yuan(Decimal("1234567.5"))
    '1,234,567.50'
    """
    return f"{amount:,.2f}"


@register.filter
def period(written: str) -> str:
    """The period that is paid; nothing where a case stands for itself.

    >>> period("2020-03"), period("#12")
    ('2020-03', '')
    """
    return written.partition("#")[0]


@register.filter
def percent_of(part: Decimal, whole: Decimal) -> int:
    """A part in whole percent; none of nothing.

    >>> percent_of(Decimal(1), Decimal(3)), percent_of(Decimal(1), Decimal(0))
    (33, 0)
    """
    return int(100 * part / whole) if whole else 0
