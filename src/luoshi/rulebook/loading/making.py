"""What makes typed blocks from one entry of a pack."""

from __future__ import annotations

from luoshi.rulebook.loading.reading import Entry
from luoshi.rulebook.loading.resolving import Resolver
from luoshi.rulebook.loading.scope import Names
from luoshi.rulebook.loading.shapes.decisions import ConditionShape
from luoshi.rulebook.loading.simple_blocks import text_or_none
from luoshi.rulebook.model import build
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.bases import Condition
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.types import KindWords, Number


class Maker:
    """Makes typed blocks from one entry; a broken typing rule is placed at the key it stands under."""

    def __init__(self, entry: Entry, names: Names) -> None:
        self.entry, self.names = entry, names

    def node(self, register: str | None, text: str, *path: str | int) -> n.Node:
        """The expression under a key of the entry."""
        try:
            return Resolver(self.names, register).expression(text)
        except Mismatch as problem:
            problem.facts.setdefault("path", path)
            problem.facts.setdefault("expression", text)
            raise

    def truth(self, register: str, text: str, *path: str | int) -> n.Node:
        """The expression under a key, which must be true or false."""
        node = self.node(register, text, *path)
        try:
            return build.truth(node)
        except Mismatch as problem:
            problem.facts |= {"path": path, "expression": text}
            raise

    def optional(self, register: str, text: str | None, *path: str | int) -> n.Node | None:
        """The expression under an optional key."""
        return None if text is None else self.node(register, text, *path)

    def number(self, register: str, text: str | None, *path: str | int) -> n.Node | None:
        """The expression under an optional key, which must be a number."""
        node = self.optional(register, text, *path)
        if node is not None and not isinstance(node.type, Number):
            raise Mismatch("EXPR-010", seen=str(node.type), expected=KindWords("number"), path=path, expression=text)
        return node

    def conditions(self, register: str, shapes: dict[str, ConditionShape], key: str) -> tuple[Condition, ...]:
        """The named conditions under a key."""
        return tuple(
            Condition(
                name,
                self.truth(register, shape.when, key, name),
                text_or_none(shape.title),
                tuple(shape.assumes),
                self.entry.where(key, name).line,
            )
            for name, shape in shapes.items()
        )
