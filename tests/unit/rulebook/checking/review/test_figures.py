"""Figures of the text that should add up."""

from __future__ import annotations

import pytest

from luoshi.rulebook.checking.review.figures import figures_that_do_not_add_up
from tests.unit.rulebook.packs import pack_of

BASE = """parameter
villages: {title: BOTH, unit: village, 2000-01-01: 869}
others: {title: BOTH, unit: village, 2000-01-01: 232}
all_villages: {title: BOTH, unit: village, 2000-01-01: 1101}
unset: {title: BOTH, unit: village, local: {set_by: [county]}}
--- crosscheck
c: {title: BOTH, left: %s, relation: %s, right: %s}
"""


@pytest.mark.parametrize(
    ("left", "relation", "right", "sides"),
    [
        ("$villages + $others", "equal", "$all_villages", None),
        ("$villages + $others + 1", "equal", "$all_villages", (1102, 1101)),
        ("$villages + $others", "at-most", "$all_villages", None),
        ("$villages + $others + 1", "at-most", "$all_villages", (1102, 1101)),
        ("$villages + $others", "at-least", "$all_villages", None),
        ("$villages + $others - 1", "at-least", "$all_villages", (1100, 1101)),
        ("$villages + $unset", "equal", "$all_villages", ("?", 1101)),
        ("$villages", "equal", "$unset", (869, "?")),
    ],
)
def test_sums_and_their_parts(left: str, relation: str, right: str, sides: tuple[object, object] | None) -> None:
    found = list(figures_that_do_not_add_up(pack_of(BASE % (left, relation, right))))
    assert [(item.facts["left"], item.facts["right"]) for item in found] == ([] if sides is None else [sides])
