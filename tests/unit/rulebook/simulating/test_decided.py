"""The columns of a comparison have room for every amount."""

from __future__ import annotations

from luoshi.rulebook.simulating.decided import money, places_of
from tests.unit.rulebook.packs import pack_of

FLAGS = "title: BOTH, for: thing, conditions: {a: good}, frequency: once, discretion: may"
FINE = pack_of(
    f"measure\nfine: {{{FLAGS}, amount: price, rounding: {{to: 0.0001}}}}\n"
    f"count: {{{FLAGS}, amount: size}}\nbare: {{{FLAGS}}}\n"
)


def test_places_are_those_of_the_finest_amount() -> None:
    measures = FINE.measures
    assert places_of([measures["bare"], measures["count"]]) == 2
    assert places_of(list(measures.values())) == 4
    assert money(4).scale == 4
