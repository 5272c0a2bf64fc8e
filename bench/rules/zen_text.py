"""The measures as a decision graph of zen-engine: an expression node over one record of features."""

from __future__ import annotations

from typing import Any

from bench.rules.logic import Logic
from bench.rules.reading import Measure, Rules
from bench.rules.terms import Term


class ZenLogic(Logic):
    """Expressions of zen's own language. Whether something is known is a field of the record."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules

    def column(self, name: str) -> str:
        return name

    def column_known(self, name: str) -> str:
        return f"{name}__known"

    def code(self, term: Term, code: str) -> str:
        return f"'{code}'"

    def every(self, texts: list[str]) -> str:
        return "(" + " and ".join(texts) + ")"

    def some(self, texts: list[str]) -> str:
        return "(" + " or ".join(texts) + ")"

    def opposite(self, text: str) -> str:
        return f"not({text})"

    def where(self, test: str, one: str, other: str) -> str:
        one, other = (text.replace("True", "true") for text in (one, other))
        return f"({test} ? {one} : {other})"

    def extreme(self, op: str, texts: list[str]) -> str:
        return f"{'min' if op == 'least' else 'max'}([{', '.join(texts)}])"

    def halves_up(self, text: str, unit: int) -> str:
        return f"floor(({text} + {unit // 2}) / {unit})"

    def looked_up(self, table: str, key: str) -> str:
        *limited, (_, last) = self.rules.bands[table]
        result = str(last)
        for end, value in reversed(limited):
            result = f"({key} <= {end} ? {value} : {result})"
        return result

    def by_area(self, name: str) -> str:
        return name

    def eligible(self, measure: str, holds: bool) -> str:
        name = self.rules.measure(measure).name
        return f"($.{name}.outcome == {1 if holds else 2})"


def _expressions(rules: Rules, measure: Measure) -> list[tuple[str, str]]:
    """The keys of a measure in order; `$` is what the node has computed so far."""
    logic, own = ZenLogic(rules), f"$.{measure.name}"
    unmet, unsure = [], []
    for bit, condition in enumerate(measure.conditions):
        unmet.append(f"({logic.false(condition.test)} ? {1 << bit} : 0)")
        known = logic.known(condition.test)
        if known is not None:
            unsure.append(f"({known} ? 0 : {1 << bit})")
    amount_known = logic.known(measure.amount)
    if amount_known is not None:
        unsure.append(f"({own}.unmet == 0 and not({amount_known}) ? {1 << measure.amount_bit} : 0)")
    return [
        ("unmet", " + ".join(unmet)),
        ("unknown", " + ".join(unsure) or "0"),
        ("outcome", f"{own}.unmet != 0 ? 2 : ({own}.unknown != 0 ? 3 : 1)"),
        ("amount", f"{own}.outcome == 1 ? {logic.value(measure.amount)} : 0"),
    ]


def decision(rules: Rules, register: str) -> dict[str, Any]:
    """The decision graph of a register in zen's JSON form: one node, since a node per measure is slower."""
    expressions = [
        {"id": f"{measure.name}-{key}", "key": f"{measure.name}.{key}", "value": text}
        for measure in rules.of(register)
        for key, text in _expressions(rules, measure)
    ]
    position = {"x": 0, "y": 0}
    nodes = [
        {"id": "input", "type": "inputNode", "name": "input", "position": position},
        {
            "id": "rules",
            "type": "expressionNode",
            "name": "rules",
            "position": position,
            "content": {"expressions": expressions, "passThrough": False},
        },
        {"id": "output", "type": "outputNode", "name": "output", "position": position},
    ]
    edges = [
        {"id": "in", "type": "edge", "sourceId": "input", "targetId": "rules"},
        {"id": "out", "type": "edge", "sourceId": "rules", "targetId": "output"},
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}
