"""The measures as a decision graph of zen-engine: one expression node per measure, over one record of features."""

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
        return f"({name}.sure == 1)" if holds else f"({name}.sure == 0)"


def _expressions(rules: Rules, measure: Measure) -> list[tuple[str, str]]:
    """The keys of a measure's node in order; `$` is what the node has computed so far."""
    logic = ZenLogic(rules)
    numbered = list(enumerate(measure.conditions))
    states = []
    for bit, condition in numbered:
        known = logic.known(condition.test)
        otherwise = "0" if known is None else f"({logic.false(condition.test)} ? 0 : 2)"
        states.append((f"c{bit}", f"{logic.true(condition.test)} ? 1 : {otherwise}"))
    unmet = " + ".join(f"($.c{bit} == 0 ? {1 << bit} : 0)" for bit, _ in numbered)
    unsure = " + ".join(f"($.c{bit} == 2 ? {1 << bit} : 0)" for bit, _ in numbered)
    known = logic.known(measure.amount)
    missing = "0" if known is None else f"($.unmet == 0 and not({known}) ? {1 << measure.amount_bit} : 0)"
    return [
        *states,
        ("unmet", unmet),
        ("unsure", unsure),
        ("sure", "$.unmet != 0 ? 0 : ($.unsure == 0 ? 1 : 2)"),
        ("unknown", f"$.unsure + {missing}"),
        ("outcome", "$.unmet != 0 ? 2 : ($.unknown != 0 ? 3 : 1)"),
        ("amount", f"$.outcome == 1 ? {logic.value(measure.amount)} : 0"),
    ]


def _node(rules: Rules, measure: Measure) -> dict[str, Any]:
    keys = [
        {"id": f"{measure.name}-{key}", "key": f"{measure.name}.{key}", "value": text.replace("$.", f"$.{measure.name}.")}
        for key, text in _expressions(rules, measure)
    ]
    return {
        "id": measure.name,
        "type": "expressionNode",
        "name": measure.name,
        "position": {"x": 0, "y": 0},
        "content": {"expressions": keys, "passThrough": True},
    }


def decision(rules: Rules, register: str) -> dict[str, Any]:
    """The decision graph of a register, in zen's JSON form: the measures in a chain."""
    steps = [_node(rules, measure) for measure in rules.of(register)]
    ends = [
        {"id": kind, "type": f"{kind}Node", "name": kind, "position": {"x": 0, "y": 0}}
        for kind in ("input", "output")
    ]
    chain = [ends[0], *steps, ends[1]]
    edges = [
        {"id": f"e{number}", "type": "edge", "sourceId": one["id"], "targetId": other["id"]}
        for number, (one, other) in enumerate(zip(chain, chain[1:], strict=False))
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": chain, "edges": edges}
