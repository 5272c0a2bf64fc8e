"""What the truth of a condition may wait for: cells of the row and of rows it leads to, parameters, whole registers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.types import Ref, Share


@dataclass(frozen=True)
class Cell:
    """A field or judgement of the row that `path` leads to from a subject.

    Where `members` is a register, the path starts at those of its rows whose references `via` lead to the subject.
    """

    path: tuple[str, ...]
    register: str
    name: str
    kind: str = "fact"
    members: str = ""
    via: tuple[str, ...] = ()


@dataclass(frozen=True)
class Setting:
    """A parameter as it holds where the subject lies."""

    name: str


@dataclass(frozen=True)
class Ledger:
    """A register that has to be kept at all."""

    register: str


Leaf = Cell | Setting | Ledger


@dataclass(frozen=True)
class _Place:
    """The row in scope, told from the subject."""

    register: str
    path: tuple[str, ...] = ()
    members: str = ""
    via: tuple[str, ...] = ()

    def cell(self, name: str, kind: str = "fact") -> Cell:
        return Cell(self.path, self.register, name, kind, self.members, self.via)


@dataclass
class Leaves:
    """Finds the leaves of expressions of a pack. Rows of rows of an aggregate are not followed.

    With `also_ended`, cells in which a blank says that something has not ended are leaves too.
    """

    pack: Pack
    also_ended: bool = False
    _seen: set[tuple[_Place, str]] = field(default_factory=set)

    def of(self, node: n.Node, register: str) -> tuple[Leaf, ...]:
        """Everything that an expression about a row of a register may wait for, each once."""
        self._seen.clear()
        return tuple(dict.fromkeys(self._leaves(node, _Place(register))))

    def _leaves(self, node: n.Node, here: _Place) -> Iterator[Leaf]:
        if isinstance(node, n.Field):
            yield from self._field(node, here)
        elif isinstance(node, n.Fact):
            yield from self._fact(node, here)
        elif isinstance(node, n.Parameter):
            yield Setting(node.name)
        elif isinstance(node, n.Aggregate):
            yield from self._aggregate(node, here)
        elif isinstance(node, n.Follow):
            yield from self._leaves(node.ref, here)
            yield from self._leaves(node.target, self._followed(node.ref, here))
        elif not isinstance(node, n.IsKnown):
            for part in self._parts(node, here):
                yield from self._leaves(part, here)

    def _field(self, node: n.Field, here: _Place) -> Iterator[Leaf]:
        """The cell, unless a blank one says something: that it has not ended."""
        if self.also_ended or not self.pack.registers[here.register].fields[node.name].blank_never:
            yield here.cell(node.name)

    def _parts(self, node: n.Node, here: _Place) -> Iterator[n.Node]:
        """The nodes below; of another measure its conditions, once."""
        if not isinstance(node, n.Eligible):
            yield from node.children()
        elif (here, node.measure) not in self._seen:
            self._seen.add((here, node.measure))
            yield from (condition.test for condition in self.pack.measures[node.measure].conditions)

    def _fact(self, node: n.Fact, here: _Place) -> Iterator[Leaf]:
        fact = self.pack.fact(here.register, node.name)
        if fact.value is None:
            if not isinstance(fact.type, Share):
                yield here.cell(node.name, "judgement")
        elif (here, node.name) not in self._seen:
            self._seen.add((here, node.name))
            yield from self._leaves(fact.value, here)

    def _aggregate(self, node: n.Aggregate, here: _Place) -> Iterator[Leaf]:
        yield Ledger(node.register)
        if here.path or here.members:
            return
        there = _Place(node.register, members=node.register, via=node.via)
        for part in node.children():
            yield from self._leaves(part, there)

    def _followed(self, ref: n.Field, here: _Place) -> _Place:
        kind = self.pack.registers[here.register].fields[ref.name].type
        assert isinstance(kind, Ref)
        return _Place(kind.register, (*here.path, ref.name), here.members, here.via)
