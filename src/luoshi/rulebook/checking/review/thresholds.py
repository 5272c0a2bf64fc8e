"""One threshold worded in two ways: more than a figure here, the figure or more there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from typing import Any

from luoshi.rulebook.checking.review.asking import ask
from luoshi.rulebook.checking.review.spans import TURNED, constant, last
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.bases import Block
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Finding
from luoshi.rulebook.model.types import Number

DIRECTIONS = {">": "above", ">=": "above", "<": "below", "<=": "below"}
Threshold = tuple[str, str, Any, str]
"""A quantity by register and name, a figure, and the side on which the condition holds."""


def unequal_wording(pack: Pack) -> Iterator[Finding]:
    """Pairs of conditions on one quantity with one figure, of which one includes the figure and the other does not."""
    seen: dict[Threshold, dict[str, list[Block]]] = defaultdict(lambda: defaultdict(list))
    for block in pack.blocks():
        for root in block.expressions():
            for node in n.walk(root):
                for threshold, op in _thresholds(node, pack):
                    seen[threshold][op].append(block)
    for (_, quantity, value, _), wordings in seen.items():
        if len(wordings) > 1:
            (op, blocks), (other_op, others) = sorted(wordings.items(), reverse=True)
            block, other = max(product(blocks, others), key=lambda pair: pair[0] is not pair[1])
            ops = f"{op} · {other_op}"
            yield ask("REVIEW-011", block, other=other.id, quantity=quantity, value=value, ops=ops)


def _thresholds(node: n.Node, pack: Pack) -> Iterator[tuple[Threshold, str]]:
    if not isinstance(node, n.Compare):
        return
    for side, bound, op in ((node.left, node.right, node.op), (node.right, node.left, TURNED[node.op])):
        quantity, value = last(side), constant(bound, pack)
        if value and op in DIRECTIONS and isinstance(quantity, n.Field | n.Fact) and isinstance(side.type, Number):
            yield (quantity.register, quantity.name, value, DIRECTIONS[op]), op
