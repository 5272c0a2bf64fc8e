"""Duties, scorecards, matches and integrity checks: what they come to, and what they may not say."""

from __future__ import annotations

import pytest

from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.types import Number, Ref
from tests.unit.rulebook.packs import document, expected, pack_of, seen, try_blocks

MATCH = "match\nm:\n  title: BOTH\n  demand: thing\n  supply: firm\n  compatible: {same: supply = demand.firm}\n"


@pytest.mark.parametrize(
    "blocks",
    [
        "duty\nd: {title: BOTH, actor: BOTH, of: thing}  # PACK-033\n",
        "duty\nd:\n  title: BOTH\n  actor: BOTH\n  of: thing\n  done: size  # EXPR-010\n",
        "duty\nd: {title: BOTH, actor: BOTH, of: ghost, done: good}  # EXPR-033\n",
        "duty\nd: {title: BOTH, actor: BOTH, when: good}  # PACK-033\n",
        "duty\nd:\n  title: BOTH\n  actor: BOTH\n  of: thing\n  when: size  # EXPR-010\n  done: good\n",
        "scorecard\ns:\n  title: BOTH\n  of: thing\n  items:\n    - {title: BOTH}\n"
        "    - {title: BOTH, measured_by: weight}  # EXPR-030\n",
        "scorecard\ns: {title: BOTH, of: ghost, items: []}  # EXPR-033\n",
        "match\ns: {title: BOTH, demand: thing, supply: ghost, compatible: {a: demand.good}}  # EXPR-033\n",
        MATCH.replace("supply = demand.firm", "supply = demand  # EXPR-011").replace("  # EXPR-011}", "}  # EXPR-011"),
        MATCH.replace("supply = demand.firm", "good").replace("}\n", "}  # EXPR-030\n"),
        MATCH + "  size: demand.good  # EXPR-010\n",
        MATCH + "  preference:\n    - {by: demand.good, order: lowest}  # PACK-056\n",
        MATCH + "  preference:\n    - {by: demand.size, order: true_first}  # PACK-056\n",
        MATCH.replace("{same:", "{same: {assumes: [ghost], when:")
        .replace("}\n", "}}\n")
        .replace("m:\n", "m:  # PACK-062\n"),
        "integrity\ni:\n  title: BOTH\n  of: thing\n  follow_up: BOTH\n  pattern: size  # EXPR-010\n",
    ],
)
def test_what_is_refused(blocks: str) -> None:
    marked = expected(document(blocks))
    assert marked
    assert seen(try_blocks(blocks).findings) == marked


def test_a_reference_to_a_register_that_is_broken_brings_no_second_finding() -> None:
    blocks = (
        "register\nr: {title: BOTH, row: BOTH, fields: {to: {type: ref, to: ghost, title: BOTH}}}  # PACK-041\n"
        "--- fact\nf: {of: r, value: to.size}\n"
    )
    assert seen(try_blocks(blocks).findings) == expected(document(blocks))


def test_a_duty_may_be_told_by_rows() -> None:
    pack = pack_of(
        "duty\nd: {title: BOTH, actor: BOTH, every: quarter}\ne: {title: BOTH, actor: BOTH, of: thing, done: good}\n"
    )
    assert (pack.duties["d"].register, pack.duties["d"].done) == (None, None)
    assert (pack.duties["e"].register, type(pack.duties["e"].done)) == ("thing", n.Field)


def test_a_scorecard_measures_some_of_its_items() -> None:
    text = (
        "scorecard\ns: {title: BOTH, of: thing, items: [{title: BOTH, measured_by: size, points: 10}, {title: BOTH}]}\n"
    )
    first, second = pack_of(text).scorecards["s"].items
    assert first.measured_by is not None and isinstance(first.measured_by.type, Number)
    assert (first.points, second.measured_by, second.points) == (10, None, None)


def test_a_match_is_about_pairs() -> None:
    text = MATCH + "  size: demand.size\n  preference:\n    - {by: demand.good, order: true_first, title: BOTH}\n"
    match = pack_of(text).matches["m"]
    assert match.pair == "pair of m"
    (same,) = match.compatible
    assert isinstance(same.test, n.Compare)
    assert same.test.left == n.Field(Ref("firm"), "pair of m", "supply")
    assert isinstance(match.size, n.Follow) and match.capacity is None
    assert match.preference[0].order == "true_first"


def test_pairs_are_no_register_of_the_pack() -> None:
    assert "pair of m" not in pack_of(MATCH).registers


def test_an_integrity_check() -> None:
    check = pack_of("integrity\ni: {title: BOTH, of: thing, pattern: good, follow_up: BOTH}\n").integrity_checks["i"]
    assert (check.register, check.follow_up.zh) == ("thing", "题")
