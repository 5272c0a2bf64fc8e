"""Tiers of one quantity: cases that can never be reached, and measures that leave a gap between them or overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import portion

from luoshi.rulebook.checking.review.asking import ask
from luoshi.rulebook.checking.review.spans import EVERYTHING, ends, quantity_name, span
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.bases import Block
from luoshi.rulebook.model.blocks import Measure, Pack
from luoshi.rulebook.model.findings import Finding


def unreachable_arms(pack: Pack) -> Iterator[Finding]:
    """Arms of a `case` that an earlier arm has taken already."""
    for block in pack.blocks():
        for root in block.expressions():
            for node in n.walk(root):
                if isinstance(node, n.Choose):
                    yield from _unreachable(node, block, pack)


def _unreachable(choose: n.Choose, block: Block, pack: Pack) -> Iterator[Finding]:
    quantity, left = None, EVERYTHING
    for number, (test, _) in enumerate(choose.arms, 1):
        found = span(test, pack)
        if found is None or (quantity is not None and found[0] != quantity):
            return
        quantity = found[0]
        if (found[1] & left).empty:
            yield ask("REVIEW-007", block, arm=number, quantity=quantity_name(quantity))
        left -= found[1]


Tier = tuple[Any, Measure]


def tiers_apart(pack: Pack) -> Iterator[Finding]:
    """Values between two tiers of a kind of support that no measure covers, or that both do."""
    tiers: dict[tuple[str, str, n.Node], list[Tier]] = defaultdict(list)
    for measure in pack.measures.values():
        for quantity, interval in _spans(measure, pack).items():
            tiers[measure.register, measure.support, quantity].append((interval, measure))
    for (_, _, quantity), found in tiers.items():
        ordered = sorted(found, key=lambda tier: (tier[0].lower, tier[0].upper))
        for lower, upper in pairwise(ordered):
            yield from _between(lower, upper, quantity)


def _spans(measure: Measure, pack: Pack) -> dict[n.Node, Any]:
    """For each quantity a measure bounds on both sides or above, the interval left by all its conditions."""
    spans: dict[n.Node, Any] = {}
    for condition in measure.conditions:
        found = span(condition.test, pack)
        if found is not None and isinstance(condition.test, n.Compare | n.All):
            spans[found[0]] = spans.get(found[0], EVERYTHING) & found[1]
    return {quantity: interval for quantity, interval in spans.items() if not interval.empty and interval.atomic}


def _between(lower: Tier, upper: Tier, quantity: n.Node) -> Iterator[Finding]:
    (below, first), (above, second) = lower, upper
    if below.upper == portion.inf or below == above:
        return
    name = quantity_name(quantity)
    if below.upper < above.lower:
        gap = portion.closedopen(below.upper, above.lower)
        yield ask("REVIEW-008", second, other=first.id, quantity=name, values=ends(gap))
    elif not (below & above).empty:
        yield ask("REVIEW-009", second, other=first.id, quantity=name, values=ends(below & above))
