"""A cost curve in words."""

from __future__ import annotations

from decimal import Decimal

from luoshi.command.simulation.curve_words import curve_json, curve_words
from luoshi.command.simulation.names import Names
from luoshi.rulebook.simulating import Curve
from luoshi.rulebook.simulating.varying import Point
from tests.unit.rulebook.simulating.sides import side

NAMES = Names(side(), side(), {}, "en")


def curve(*heights: tuple[int, int]) -> Curve:
    points = tuple(Point(place, Decimal(cost), count, 0) for place, (cost, count) in enumerate(heights))
    return Curve("least", "331124", None, ("flat",), points)


def test_a_cliff_is_told_with_its_height() -> None:
    assert curve_words(curve((9, 9), (9, 8), (1, 7), (1, 6)), NAMES) == [
        "Cliff: from 1 to 2 the cost changes by -8 yuan, 3.0 times the average step.",
        "No cliff in the number of those eligible; the largest step is from 0 to 1, by -1.",
    ]


def test_what_does_not_move_is_told_so() -> None:
    assert curve_words(curve((1, 5), (1, 5)), NAMES) == [
        "The cost is the same for every value.",
        "The number of those eligible is the same for every value.",
    ]


def test_the_curve_as_plain_data() -> None:
    told = curve_json(curve((9, 5), (1, 5)), NAMES)
    assert (told["area"], told["now"], told["eligible_cliff"]) == ("331124", None, None)
    assert told["cost_cliff"] == {
        "from": "0",
        "to": "1",
        "jump": "-8",
        "per_unit": "-8",
        "times_the_average": "1.00",
        "is_cliff": False,
    }
