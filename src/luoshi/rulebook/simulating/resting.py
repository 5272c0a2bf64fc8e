"""Which blocks an expression rests on, at any depth: through facts, aggregates and other measures."""

from __future__ import annotations

from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.bases import given
from luoshi.rulebook.model.blocks import Award, Pack
from luoshi.rulebook.simulating.differing import DAY, Key


class Resting:
    """The blocks behind the expressions of a pack, worked out once for each fact and measure."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._found: dict[Key, frozenset[Key]] = {}

    def behind(self, node: n.Node) -> frozenset[Key]:
        """The keys of every block that a node rests on; reading the as-of date counts as one."""
        found: set[Key] = set()
        for inner in n.walk(node):
            found |= self._own(inner)
        return frozenset(found)

    def behind_measure(self, measure: str) -> frozenset[Key]:
        """The keys of every block that a measure rests on, its own among them."""
        definition = self._pack.measures[measure]
        quota = definition.quota if isinstance(definition, Award) else None
        funds = {("funds", fund) for fund in definition.funds}
        return self._conditions(measure).union(funds, *map(self.behind, given(definition.amount, quota)))

    def _own(self, node: n.Node) -> frozenset[Key]:
        """The blocks that a node names, with those behind them."""
        if isinstance(node, n.Fact):
            return self._fact((node.register, node.name))
        if isinstance(node, n.Eligible):
            return self._conditions(node.measure)
        key: Key | None = None
        if isinstance(node, n.Parameter):
            key = ("parameters", node.name)
        elif isinstance(node, n.Switch):
            key = ("assumptions", node.name)
        elif isinstance(node, n.Lookup):
            key = ("tables", node.table)
        elif isinstance(node, n.OnDate):
            key = DAY
        elif isinstance(node, n.Field | n.Aggregate):
            key = ("registers", node.register)
        return frozenset() if key is None else frozenset({key})

    def _fact(self, fact: tuple[str, str]) -> frozenset[Key]:
        key: Key = ("facts", fact)
        if key not in self._found:
            value = self._pack.facts[fact].value
            inner = frozenset[Key]() if value is None else self.behind(value)
            self._found[key] = inner | {key, ("registers", fact[0])}
        return self._found[key]

    def _conditions(self, measure: str) -> frozenset[Key]:
        key: Key = ("measures", measure)
        if key not in self._found:
            definition = self._pack.measures[measure]
            inner = [self.behind(item.test) for item in definition.conditions]
            self._found[key] = frozenset({key, ("registers", definition.register)}).union(*inner)
        return self._found[key]
