"""Names in scope: paths between registers, and no second finding for what is broken already."""

from __future__ import annotations

import pytest

from luoshi.rulebook.loading.scope import MOST_NAMES, near
from luoshi.rulebook.model import nodes as n
from tests.unit.rulebook.packs import document, expected, pack_of, seen, try_blocks

TWO_WAYS = """register
deal:
  title: BOTH
  row: BOTH
  area: buyer.area
  fields:
    buyer: {type: ref, to: firm, title: BOTH}
    seller: {type: ref, to: firm, title: BOTH}
    price: {type: money, title: BOTH}
"""


@pytest.mark.parametrize(
    "blocks",
    [
        "fact\nf: {of: firm, count: deal}  # EXPR-037\n",
        "fact\nf: {of: firm, count: deal, via: price}  # EXPR-015\n",
        "fact\nf: {of: firm, count: deal, via: broker}  # EXPR-015\n",
        "fact\nf: {of: firm, count: deal, via: buyer.area}  # EXPR-038\n",
        "fact\nf: {of: firm, count: ghost, via: buyer}  # EXPR-033\n",
        "fact\nf: {of: ghost, count: deal}  # EXPR-033\n",
        # What is broken has its own finding; what rests on it gets none.
        "fact\nf: {of: firm, value: g}\ng: {of: firm, value: h + 1}\nh: {of: firm, value: x}  # EXPR-030\n",
        "parameter\np: {title: BOTH, unit: '%', 2000-01-01: 1}  # PACK-045\n--- fact\nf: {of: firm, value: $p}\n",
        "table\nt: {title: BOTH, keys: {}, value: {unit: '%'}, rows: []}  # PACK-045\n"
        "--- fact\nf: {of: deal, value: 'lookup(t, price)'}\n",
        "register\nr: {title: BOTH, fields: {}}  # PACK-031\n--- fact\nf: {of: r, value: x}\ng: {of: firm, count: r}\n",
        "register\nr: {title: BOTH, row: BOTH, key: [x], fields: {}}  # PACK-044\n--- fact\nf: {of: r, value: x}\n",
        "measure\nm: {title: BOTH, for: firm, conditions: {a: x}, frequency: once, discretion: may}  # EXPR-030\n"
        "n: {title: BOTH, for: firm, conditions: {a: \"eligible('m')\"}, frequency: once, discretion: may}\n",
        "measure\nm: {title: BOTH, for: ghost, conditions: {c: good}, frequency: once, discretion: may}  # EXPR-033\n",
        "limit\nm: {title: BOTH, of: ghost, holds: {c: good}, force: hard}  # EXPR-033\n",
    ],
)
def test_what_a_name_may_not_mean(blocks: str) -> None:
    assert seen(try_blocks(blocks, base=_base()).findings) == expected(document(blocks))


def _base() -> str:
    from tests.unit.rulebook.packs import BASE

    return BASE + TWO_WAYS.replace("register\n", "--- register\n", 1)


@pytest.mark.parametrize(
    ("subject", "more", "via"),
    [
        ("firm", "via: seller", ("seller",)),
        ("area", "via: seller.area", ("seller", "area")),
        ("area", "where: price > 0", ("buyer", "area")),
    ],
)
def test_the_path_of_an_aggregate(subject: str, more: str, via: tuple[str, ...]) -> None:
    pack = pack_of(f"fact\nf: {{of: {subject}, count: deal, {more}}}\n", base=_base())
    value = pack.facts[subject, "f"].value
    assert isinstance(value, n.Aggregate) and value.via == via


def test_facts_may_stand_in_any_order() -> None:
    pack = pack_of("fact\na: {of: thing, value: b + 1}\nb: {of: thing, value: next.c}\nc: {of: thing, value: size}\n")
    assert set(pack.facts) == {("thing", "a"), ("thing", "b"), ("thing", "c")}


def test_the_nearest_names() -> None:
    assert near("siz", ["size", "price"]) == "size"
    assert near("zzz", [f"n{number}" for number in range(MOST_NAMES + 1)]) == ", ".join(
        f"n{i}" for i in range(MOST_NAMES)
    )
    assert near("zzz", []) == "-"
