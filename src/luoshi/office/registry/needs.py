"""Which columns the expressions of a pack read."""

from __future__ import annotations

from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Pack


def texts_read(pack: Pack) -> set[tuple[str, str]]:
    """Register and name of every field that an expression of the pack reads."""
    found = set()
    for block in pack.blocks():
        for expression in block.expressions():
            found |= {(part.register, part.name) for part in n.walk(expression) if isinstance(part, n.Field)}
    return found
