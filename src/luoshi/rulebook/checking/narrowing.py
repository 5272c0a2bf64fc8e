"""A pack without the decisions that an example expects nothing of: the same answers about the rest, sooner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Pack

Made = TypeVar("Made")


def measures_asked_about(pack: Pack) -> frozenset[str]:
    """The measures whose outcome an expression of the pack asks for."""
    nodes = (part for block in pack.blocks() for root in block.expressions() for part in n.walk(root))
    return frozenset(node.measure for node in nodes if isinstance(node, n.Eligible))


def narrowed(pack: Pack, expect: Mapping[str, Any], asked: frozenset[str]) -> Pack:
    """The pack with the measures, limits, targets, integrity checks and duties that are expected something of, and with
    the measures asked about."""
    named = {*expect, *expect.get("rounds", {})}

    def among(blocks: Mapping[str, Made], names: set[str]) -> dict[str, Made]:
        return {key: block for key, block in blocks.items() if key in names}

    return replace(
        pack,
        measures=among(pack.measures, named | asked),
        limits=among(pack.limits, named),
        targets=among(pack.targets, named),
        integrity_checks=among(pack.integrity_checks, named),
        duties=among(pack.duties, named),
    )
