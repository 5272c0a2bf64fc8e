"""The blocks of administration: the expressions each holds, in the order they are written, and the pairs of a match."""

from __future__ import annotations

import pytest

from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.administration import pair_register
from tests.unit.rulebook.packs import pack_of

DUTY = "{title: BOTH, actor: BOTH%s}"
CARD = "{title: BOTH, of: thing, items: [%s]}"
MATCH = "{title: BOTH, demand: thing, supply: part, compatible: {a: supply.good, b: demand.good}%s}"
CHECK = "{title: BOTH, of: thing, pattern: good, follow_up: BOTH}"
STEP = "{id: claim, actor: BOTH, does: BOTH}"


def names(node: n.Node) -> list[str]:
    """The fields that an expression reads, with the references that lead to them."""
    return [item.name for item in n.walk(node) if isinstance(item, n.Field)]


@pytest.mark.parametrize(
    ("kind", "block", "read"),
    [
        ("procedure", f"{{title: BOTH, steps: [{STEP}]}}", []),
        ("duty", DUTY % "", []),
        ("duty", DUTY % ", of: thing, done: good", [["good"]]),
        ("duty", DUTY % ", of: thing, when: size > 1, done: good", [["good"], ["size"]]),
        ("scorecard", CARD % "{title: BOTH}", []),
        ("scorecard", CARD % "{title: BOTH, measured_by: size}, {title: BOTH}", [["size"]]),
        (
            "scorecard",
            CARD % "{title: BOTH, measured_by: size}, {title: BOTH, measured_by: price}",
            [["size"], ["price"]],
        ),
        ("match", MATCH % "", [["supply", "good"], ["demand", "good"]]),
        (
            "match",
            MATCH % ", size: demand.size, capacity: supply.paid",
            [["supply", "good"], ["demand", "good"], ["demand", "size"], ["supply", "paid"]],
        ),
        (
            "match",
            MATCH % ", capacity: supply.paid, preference: [{by: demand.price, order: lowest}]",
            [["supply", "good"], ["demand", "good"], ["supply", "paid"], ["demand", "price"]],
        ),
        ("integrity", CHECK, [["good"]]),
    ],
)
def test_the_expressions_a_block_holds(kind: str, block: str, read: list[list[str]]) -> None:
    pack = pack_of(f"{kind}\nx: {block}\n")
    (found,) = [block for block in pack.blocks() if block.id == "x"]
    assert [names(root) for root in found.expressions()] == read


def test_the_register_of_pairs_is_none_that_a_ledger_can_be() -> None:
    pack = pack_of(f"match\nsupply-to-firms: {MATCH % ''}\n")
    assert pack.matches["supply-to-firms"].pair == pair_register("supply-to-firms") == "pair of supply-to-firms"
    assert pack.matches["supply-to-firms"].pair not in pack.registers


def test_what_is_not_in_order_goes_back_to_the_one_who_applied_last() -> None:
    steps = ", ".join(
        f"{{id: {name}, actor: BOTH, does: BOTH, act: {act}{more}}}"
        for name, act, more in [
            ("survey", "record", ""),
            ("early", "check", ""),
            ("ask", "apply", ""),
            ("ask-again", "apply", ""),
            ("look", "check", ""),
            ("look-closer", "check", ", sends_back_to: ask"),
        ]
    )
    found = pack_of(f"procedure\np: {{title: BOTH, steps: [{steps}]}}\n").procedures["p"]
    backs = {step.id: found.find_back(step) for step in found.steps}
    assert {name: back.id if back else None for name, back in backs.items()} == {
        "survey": None,
        "early": None,
        "ask": None,
        "ask-again": "ask",
        "look": "ask-again",
        "look-closer": "ask",
    }
    assert [step.id for step in found.list_by_act("check", "record")] == ["survey", "early", "look", "look-closer"]
