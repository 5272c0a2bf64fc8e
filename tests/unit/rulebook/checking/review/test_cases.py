"""Questions that worked cases show: both paid, a floor that is cut, a reading that changes the outcome."""

from __future__ import annotations

import pytest

from luoshi.rulebook.checking.review import review
from luoshi.rulebook.checking.review.ambiguities import open_readings
from luoshi.rulebook.checking.review.bounds import contradicting_bounds, cut_floors
from luoshi.rulebook.checking.review.double_payment import paid_twice
from luoshi.rulebook.checking.review.witnesses import witnesses
from tests.unit.rulebook.packs import pack_of

M = "%s: {title: BOTH, for: thing, frequency: once, discretion: may, conditions: {a: %s}, amount: price%s}\n"
EXAMPLE = "--- example\nboth: {as_of: 2019-07-14, subject: thing, fields: {good: true, size: %s, price: 3.00}}\n"
TWICE = "measure\n" + M % ("m", "good", "%s") + M % ("n", "size > 1", "") + EXAMPLE


@pytest.mark.parametrize(
    ("stacking", "size", "found"),
    [
        ("", 2, [("m", "n")]),
        ("", 1, []),
        (", stacking: {rule: silent}", 2, [("m", "n")]),
        (", stacking: {rule: allowed}", 2, []),
        (", stacking: {rule: exclusive, with: [n]}", 2, []),
        (", stacking: {rule: exclusive, with: [m]}", 2, [("m", "n")]),
        (", support: praise", 2, []),
    ],
)
def test_two_measures_that_pay_one_subject(stacking: str, size: int, found: list[tuple[str, str]]) -> None:
    pack = pack_of(TWICE % (stacking, size))
    asked = list(paid_twice(pack, witnesses(pack)))
    assert [(item.facts["other"], item.facts["name"]) for item in asked] == found
    assert all(item.facts["example"] == "both" for item in asked)


def test_a_pair_is_told_once() -> None:
    pack = pack_of(TWICE % ("", 2) + "again: {like: both, as_of: 2019-07-15}\n")
    assert len(list(paid_twice(pack, witnesses(pack)))) == 1


FLOOR = """parameter
part: {title: BOTH, unit: rate, local: {set_by: [county]%s}}
most: {title: BOTH, unit: CNY, 2000-01-01: 10.00}
--- fact
f: {of: thing, value: "min($part * price, $most)"}
--- example
e: {as_of: 2019-07-14, subject: thing, fields: {price: %s}}
"""


@pytest.mark.parametrize(
    ("least", "price", "found"),
    [
        (", min: 0.50", "20.02", ["10.01"]),
        (", min: 0.50", "20.00", ["20.0000"]),
        (", min: 0.50", "1.99", []),
        ("", "100.00", []),
        (", min: 0.00", "100.00", []),
    ],
)
def test_a_floor_that_a_cap_cuts(least: str, price: str, found: list[str]) -> None:
    pack = pack_of(FLOOR % (least, price))
    asked = list(cut_floors(pack, witnesses(pack)))
    assert [str(float(item.facts["floor"])) for item in asked] == [str(float(text)) for text in found]


def test_a_row_with_nothing_to_vary_shows_nothing() -> None:
    pack = pack_of(FLOOR.replace("price: %s", "good: true") % ", min: 0.50")
    assert list(cut_floors(pack, witnesses(pack))) == []


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("size <= 5", "size >= 6", 1),
        ("size <= 5", "size >= 5", 0),
        ("size <= 5", "price >= $grant", 0),
        ("good", "size >= 6", 0),
    ],
)
def test_limits_that_nothing_meets(first: str, second: str, found: int) -> None:
    limit = "%s: {title: BOTH, of: thing, force: hard, holds: {a: %s}}\n"
    pack = pack_of("limit\n" + limit % ("l", first) + limit % ("k", second))
    assert len(list(contradicting_bounds(pack))) == found


def test_limits_for_different_rows_do_not_contradict() -> None:
    limit = "%s: {title: BOTH, of: thing, force: hard, when: %s, holds: {a: %s}}\n"
    pack = pack_of("limit\n" + limit % ("l", "good", "size <= 5") + limit % ("k", "not good", "size >= 6"))
    assert list(contradicting_bounds(pack)) == []


READ = """parameter
one: {title: BOTH, unit: CNY, 2000-01-01: 1.00}
--- assume
strictly:
  title: BOTH
  type: bool
  default: true
  reading: BOTH
  alternatives: {false: {zh: 宽, en: wide}}
words: {title: BOTH, reading: BOTH, alternatives: [BOTH]}
--- measure
m:
  title: BOTH
  for: thing
  frequency: once
  discretion: may
  conditions: {a: size > 5 or (not $strictly and size = 5)}
--- limit
l: {title: BOTH, of: thing, force: hard, holds: {a: price > $one or not $strictly}}
--- example
e: {as_of: 2019-07-14, subject: thing, fields: {size: %s, price: %s}}
"""


@pytest.mark.parametrize(
    ("size", "price", "shown"),
    [
        (5, "2.00", ("m", "not eligible", "eligible")),
        (6, "1.00", ("l", "unmet", "met")),
        (6, "2.00", None),
    ],
)
def test_a_reading_that_changes_a_case(size: int, price: str, shown: tuple[str, str, str] | None) -> None:
    pack = pack_of(READ % (size, price))
    found = {item.facts["name"]: item for item in open_readings(pack, witnesses(pack))}
    assert found["words"].code == "REVIEW-016"
    told = found["strictly"]
    if shown is None:
        assert told.code == "REVIEW-016"
    else:
        assert told.code == "REVIEW-017"
        assert (told.facts["decided"], told.facts["before"], told.facts["after"]) == shown
        assert told.facts["alternative"].en == "wide"


def test_an_amount_that_changes_is_told() -> None:
    amount = "conditions: {a: size > 1}\n  amount: if($strictly, price, price + price)"
    pack = pack_of(READ.replace("conditions: {a: size > 5 or (not $strictly and size = 5)}", amount) % (5, "2.00"))
    told = {item.facts["name"]: item for item in open_readings(pack, witnesses(pack))}["strictly"].facts
    assert (told["before"], told["after"]) == ("eligible (2.00)", "eligible (4.00)")


def test_a_review_asks_every_question() -> None:
    found = {item.code for item in review(pack_of(TWICE % ("", 2)))}
    assert {"REVIEW-001", "REVIEW-002", "REVIEW-013"} <= found
