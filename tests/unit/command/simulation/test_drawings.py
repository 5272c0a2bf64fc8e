"""What is drawn: what differs most first, the rest together."""

from __future__ import annotations

from decimal import Decimal

from luoshi.command.simulation.drawings import MOST_BARS, bars
from luoshi.command.simulation.names import Names
from luoshi.rulebook.simulating.summing import Figures, Line
from tests.unit.rulebook.simulating.sides import side

NAMES = Names(side(), side(), {}, "en")


def line(key: str, before: int, after: int) -> Line:
    return Line(key, Figures(cost_before=Decimal(before), cost_after=Decimal(after)))


def test_what_differs_most_comes_first_and_what_costs_nothing_is_left_out() -> None:
    found = bars([line("a", 9, 9), line("b", 0, 0), line("c", 5, 1), line("d", 0, 9)], str.upper, NAMES)
    assert [bar.name for bar in found] == ["D", "C", "A"]


def test_what_is_too_much_stands_together() -> None:
    lines = [line(f"{number:02}", number, number + 1) for number in range(MOST_BARS + 1)]
    found = bars(lines, str, NAMES)
    assert len(found) == MOST_BARS
    assert (found[-1].name, found[-1].before, found[-1].after) == ("2 others", Decimal(1), Decimal(3))
    assert len(bars(lines[:MOST_BARS], str, NAMES)) == MOST_BARS
