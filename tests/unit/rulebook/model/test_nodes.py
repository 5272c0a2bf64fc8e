"""The tree: walking it reaches every node once per place, however it is nested."""

from __future__ import annotations

from collections import Counter

from luoshi.rulebook.model import nodes as n
from tests.unit.rulebook.packs import pack_of


def test_walking_reaches_conditions_arms_keys_and_members() -> None:
    text = """fact
f: {of: thing, value: "case when good and size in (1, 2) then lookup(bands, size) else firm_share end"}
firm_share: {of: thing, value: "if(count_of(part, paid > 0) > $least, ratio, 0.5)"}
"""
    fact = pack_of(text).facts["thing", "f"].value
    assert fact is not None
    kinds = Counter(type(node).__name__ for node in n.walk(fact))
    assert kinds == {"Choose": 1, "All": 1, "Field": 3, "Among": 1, "Literal": 2, "Lookup": 1, "Fact": 1}
