"""Awards with places and no order of the text."""

from __future__ import annotations

import pytest

from luoshi.rulebook.checking.review.ties import rounds_with_ties
from tests.unit.rulebook.packs import pack_of

A = "award\nm: {title: BOTH, for: thing, frequency: yearly, discretion: may, conditions: {a: good}%s}\n"


@pytest.mark.parametrize(
    ("more", "found"),
    [
        (", quota: 10", ["m"]),
        (", quota: 10, order: [id]", ["m"]),
        (", quota: 10, order: [size desc, id]", []),
        ("", []),
    ],
)
def test_how_equals_are_told_apart(more: str, found: list[str]) -> None:
    assert [item.facts["name"] for item in rounds_with_ties(pack_of(A % more))] == found


def test_a_measure_has_no_places() -> None:
    assert list(rounds_with_ties(pack_of(A.replace("award", "measure") % ""))) == []
