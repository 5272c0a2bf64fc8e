"""How large the columns and the parts of results are: it depends on the pack and the data alone."""

from __future__ import annotations

from luoshi.rulebook.model.blocks import Measure
from luoshi.rulebook.model.types import NARROW_DIGITS, Number

MOST_PARTS = 8
LEAST_ROWS = 250_000


def part_size(rows: int) -> int:
    """How many rows of a register make a part, which one thread decides and writes to one file.

    It depends on the data alone: a run gives the same files on every machine.

    >>> part_size(40_000), part_size(10_000_000)
    (250000, 1250000)
    """
    return max(LEAST_ROWS, -(-rows // MOST_PARTS))


def award_size(measure: Measure) -> tuple[int, int]:
    """Places and digits of an amount as the pack declares them: a file's columns do not depend on the data."""
    if measure.amount is None:
        return 2, NARROW_DIGITS
    assert isinstance(measure.amount.type, Number)
    places, digits = measure.amount.type.places, measure.amount.type.digits
    if measure.rounding is None or measure.rounding.places == places:
        return places, digits
    return measure.rounding.places, digits + measure.rounding.places - places + 1
