"""The order of a list, means and ties, and what departs from the order: without a database."""

from dataclasses import replace
from decimal import Decimal

import pytest

from luoshi.office.awards.standing import Entrant, Standing, at_the_border, departs, in_order, standings
from luoshi.office.runs import library
from luoshi.rulebook.model.blocks import Award, OrderKey
from tests.office.awards.ground import PACK


def _order() -> tuple[OrderKey, ...]:
    award = library.shipped(PACK).measures["leading-broker"]
    assert isinstance(award, Award)
    return award.order


def test_the_list_is_ordered_by_its_keys_then_by_the_row() -> None:
    given = [
        Entrant(1, "12", ["100.00", "5"]),
        Entrant(2, "9", ["100.00", "5"]),
        Entrant(3, "3", ["100.00", "30"]),
        Entrant(4, "1", [None, "900"]),
        Entrant(5, "2", ["1000.00", None]),
    ]
    assert [one.nomination for one in in_order(given, _order())] == [5, 3, 2, 1, 4]
    assert [one.nomination for one in in_order(reversed(given), _order())] == [5, 3, 2, 1, 4]


def test_a_key_on_the_row_may_be_turned_round() -> None:
    given = [Entrant(1, "9", []), Entrant(2, "12", [])]
    assert [one.nomination for one in in_order(given, [OrderKey(None, True)])] == [2, 1]
    assert [one.nomination for one in in_order(given, [])] == [1, 2]


@pytest.mark.parametrize(
    ("low_is_best", "places"), [(True, [(1, 1), (2, 1), (3, 3)]), (False, [(3, 1), (1, 2), (2, 2)])]
)
def test_equal_means_share_a_place(low_is_best: bool, places: list[tuple[int, int]]) -> None:
    given = [Entrant(number, str(number), []) for number in (1, 2, 3)]
    ballots = [{1: Decimal(1), 2: Decimal(2), 3: Decimal(3)}, {1: Decimal(2), 2: Decimal(1), 3: Decimal(3)}]
    found = standings(given, ballots, low_is_best=low_is_best)
    assert [(one.nomination, one.place) for one in found] == places
    assert [one.tied for one in found].count(True) == 2


def test_means_are_exact() -> None:
    given = [Entrant(1, "1", []), Entrant(2, "2", [])]
    ballots = [
        {1: Decimal("0.1"), 2: Decimal("0.3")},
        {1: Decimal("0.2"), 2: Decimal(0)},
        {1: Decimal(0), 2: Decimal(0)},
    ]
    assert all(one.tied for one in standings(given, ballots, low_is_best=False))


FOUR = [Standing(number, place, None, tied=place == 2) for number, place in ((1, 1), (2, 2), (3, 2), (4, 4))]


@pytest.mark.parametrize(("places", "tied"), [(0, set()), (1, set()), (2, {2, 3}), (3, set()), (4, set()), (9, set())])
def test_a_tie_at_the_border(places: int, tied: set[int]) -> None:
    assert at_the_border(FOUR, places) == tied


@pytest.mark.parametrize(
    ("chosen", "is_departing"),
    [
        (set(), False),
        ({1}, False),
        ({2}, True),
        ({1, 2}, True),
        ({1, 2, 3}, False),
        ({1, 4}, True),
        ({1, 2, 3, 4}, False),
    ],
)
def test_leaving_out_who_stands_no_worse_departs(chosen: set[int], is_departing: bool) -> None:
    assert departs(FOUR, chosen) is is_departing


def test_without_ballots_nobody_has_a_place() -> None:
    found = standings([Entrant(1, "1", []), Entrant(2, "2", [])], [], low_is_best=True)
    assert {one.place for one in found} == {None}
    assert departs(found, {1})
    assert not departs([replace(found[0])], {1})
