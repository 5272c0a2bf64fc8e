"""Pairs of a match: which suit, which are left open, which are preferred, and what they take and give."""

from __future__ import annotations

from datetime import date

from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.engines.case.pairing import Pairing
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model.outcomes import State
from tests.unit.rulebook.packs import case_of, pack_of

MATCH = """match
m:
  title: BOTH
  demand: part
  supply: thing
  compatible: {affordable: supply.price <= demand.paid, good: supply.good}
  size: demand.paid
  capacity: supply.size
  preference:
    - {by: supply.colour = 'red', order: true_first}
    - {by: supply.size, order: highest}
    - {by: supply.price, order: lowest}
"""
ROWS = """rows:
  part: {p: {paid: 5.00}}
  thing:
    dear: {price: 5.01, good: true, colour: red, size: 9}
    poor: {price: 1.00, good: false, colour: red, size: 9}
    open: {price: 1.00, colour: red, size: 9}
    small: {price: 5.00, good: true, colour: blue, size: 1}
    cheap: {price: 4.00, good: true, colour: blue, size: 1}
    large: {price: 5.00, good: true, colour: blue, size: 2}
    red: {price: 5.00, good: true, colour: red, size: 1}
    pale: {price: 5.00, good: true, size: 2}
"""


def pairing(blocks: str, rows: str) -> Pairing:
    pack = pack_of(blocks)
    case = case_of(pack, rows)
    engine = CaseEngine(pack, date(2019, 7, 14), Settings(pack, date(2019, 7, 14), case.local))
    return Pairing(engine, pack.matches["m"], case.store)


def test_suitable_pairs_come_in_the_order_preferred_and_unknown_preferences_last() -> None:
    found = pairing(MATCH, ROWS).suitable("p")
    assert [pair.supply for pair in found] == ["red", "large", "cheap", "small", "pale"]


def test_one_unmet_condition_parts_a_pair_and_an_unknown_one_leaves_it_open() -> None:
    states = {pair.supply: pair.state for pair in pairing(MATCH, ROWS).pairs("p")}
    assert states["dear"] is State.UNMET and states["poor"] is State.UNMET
    assert states["open"] is State.UNKNOWN


def test_what_a_demand_takes_and_a_supply_can_give() -> None:
    found = pairing(MATCH, ROWS)
    assert (found.size("p", "large"), found.capacity("p", "large")) == (5, 2)
    bare = pairing(MATCH.replace("  size: demand.paid\n  capacity: supply.size\n", ""), ROWS)
    assert (bare.size("p", "large"), bare.capacity("p", "large")) == (1, 1)


def test_local_values_are_those_where_the_demand_lies() -> None:
    blocks = (
        "parameter\nmost: {title: BOTH, unit: CNY, local: {set_by: [county]}}\n"
        "--- match\nm: {title: BOTH, demand: thing, supply: firm, compatible: {cheap: demand.price <= $most}}\n"
    )
    rows = (
        "parameters: {most: {value: 2.00, by: county, area: '331102', document: 一号}}\n"
        "rows: {firm: {here: {area: '331102'}, there: {area: '331121'}},"
        " thing: {a: {price: 1.00, firm: here}, b: {price: 1.00, firm: there}}}\n"
    )
    found = pairing(blocks, rows)
    assert {pair.state for pair in found.pairs("a")} == {State.MET}
    assert {pair.state for pair in found.pairs("b")} == {State.UNKNOWN}
