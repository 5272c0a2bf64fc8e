"""One figure worded in two ways."""

from __future__ import annotations

import pytest

from luoshi.rulebook.checking.review.thresholds import unequal_wording
from tests.unit.rulebook.packs import pack_of

PARAMETERS = """parameter
same: {title: BOTH, unit: item, 2000-01-01: 5}
more: {title: BOTH, unit: item, 2000-01-01: 6}
yuan: {title: BOTH, unit: CNY, 2000-01-01: 5.00}
day: {title: BOTH, type: date, 2000-01-01: 2019-01-01}
"""


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("size > 5", "size >= 5", 1),
        ("size > 5", "5 <= size", 1),
        ("size > $same", "size >= 5", 1),
        ("size < 5", "size <= 5", 1),
        ("size > 5", "size > 5", 0),
        ("size > 5", "size >= 6", 0),
        ("size > $same", "size >= $more", 0),
        ("size > 5", "size < 5", 0),
        ("size > 5", "size <= 5", 0),
        ("size > 5", "next.size >= 5", 1),
        ("size > 0", "size >= 0", 0),
        ("price > $yuan", "size >= 5", 0),
        ("born > $day", "born >= $day", 0),
        ("size + size > 5", "size + size >= 5", 0),
    ],
)
def test_more_than_and_or_more(first: str, second: str, found: int) -> None:
    blocks = f'{PARAMETERS}--- fact\nf: {{of: thing, value: "{first}"}}\ng: {{of: thing, value: "{second}"}}\n'
    assert len(list(unequal_wording(pack_of(blocks)))) == found


def test_both_places_and_wordings_are_named() -> None:
    pack = pack_of("fact\nf: {of: thing, value: size > 5}\ng: {of: thing, value: size >= 5 and size > 5}\n")
    (finding,) = unequal_wording(pack)
    assert {finding.facts["name"], finding.facts["other"]} == {"f", "g"}
    assert (finding.facts["quantity"], finding.facts["value"], finding.facts["ops"]) == ("size", 5, ">= · >")
