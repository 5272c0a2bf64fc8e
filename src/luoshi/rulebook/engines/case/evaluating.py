"""The meaning of every node, in plain Python: each function makes the evaluator of one kind of node.

This is the reference that all other engines must equal. An evaluator takes a frame and returns a step: the value and
how it came about. None is unknown.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from functools import singledispatch
from typing import Any

from luoshi.rulebook.engines.case.arithmetic import divided, rounded
from luoshi.rulebook.engines.case.frames import Evaluate, Frame
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.steps import Step
from luoshi.rulebook.model.steps import step as make_step
from luoshi.rulebook.model.types import Number, Ref
from luoshi.rulebook.values import calendar


@singledispatch
def evaluator(node: n.Node) -> Evaluate:
    """The evaluator of a node."""
    raise NotImplementedError(type(node).__name__)


@evaluator.register
def _(node: n.Literal) -> Evaluate:
    step = Step(node.value, node)
    return lambda frame: step


@evaluator.register
def _(node: n.Field) -> Evaluate:
    name = node.name
    if name == "id":
        return lambda frame: Step(frame.row_id, node)
    return lambda frame: make_step((frame.row.get(name), node, (), ""))


@evaluator.register
def _(node: n.Fact) -> Evaluate:
    name, key = node.name, (node.register, node.name)

    def evaluate(frame: Frame) -> Step:
        step = frame.facts.get(name)
        if step is None:
            step = frame.facts[name] = _fact_step(frame, node, key)
        return step

    return evaluate


def _fact_step(frame: Frame, node: n.Fact, key: tuple[str, str]) -> Step:
    given = frame.row.get(node.name)
    if given is not None:
        return Step(given, node, (), "given")
    derive = frame.run.derivation(key)
    if derive is None:
        return Step(None, node, (), "not_judged")
    inner = derive(frame)
    return make_step((inner[0], node, (inner,), ""))


@evaluator.register
def _(node: n.Follow) -> Evaluate:
    assert isinstance(node.ref.type, Ref)
    ref, target, register = node.ref.name, evaluator(node.target), node.ref.type.register

    def evaluate(frame: Frame) -> Step:
        row_id = frame.row.get(ref)
        other = None if row_id is None else frame.run.frame(register, row_id)
        if other is None:
            return Step(None, node, (), "no_row")
        step = target(other)
        return make_step((step[0], node, (step,), ""))

    return evaluate


@evaluator.register(n.Parameter)
@evaluator.register(n.Switch)
def _(node: n.Parameter | n.Switch) -> Evaluate:
    name = node.name
    return lambda frame: make_step((frame.settings[name], node, (), ""))


@evaluator.register
def _(node: n.OnDate) -> Evaluate:
    return lambda frame: Step(frame.run.on, node)


@evaluator.register
def _(node: n.All) -> Evaluate:
    return _kleene(node, node.items, decides=False)


@evaluator.register
def _(node: n.Any) -> Evaluate:
    return _kleene(node, node.items, decides=True)


def _kleene(node: n.Node, items: tuple[n.Node, ...], *, decides: bool) -> Evaluate:
    """And and or: one item equal to `decides` settles it; otherwise one unknown leaves it open."""
    parts = [evaluator(item) for item in items]

    def evaluate(frame: Frame) -> Step:
        steps = tuple([part(frame) for part in parts])
        return make_step((kleene([step[0] for step in steps], decides=decides), node, steps, ""))

    return evaluate


def kleene(values: list[Any], *, decides: bool) -> bool | None:
    """And (`decides` False) or or (`decides` True) of three-valued truths."""
    if decides in values:
        return decides
    return None if None in values else not decides


@evaluator.register
def _(node: n.Not) -> Evaluate:
    return _strict(node, (node.item,), operator.not_)


@evaluator.register
def _(node: n.IsKnown) -> Evaluate:
    item = evaluator(node.item)

    def evaluate(frame: Frame) -> Step:
        step = item(frame)
        return Step(step.value is not None, node, (step,))

    return evaluate


@evaluator.register
def _(node: n.Compare) -> Evaluate:
    left, right, holds = evaluator(node.left), evaluator(node.right), n.COMPARE[node.op]

    def evaluate(frame: Frame) -> Step:
        a, b = left(frame), right(frame)
        known = a[0] is not None and b[0] is not None
        return make_step((holds(a[0], b[0]) if known else None, node, (a, b), ""))

    return evaluate


@evaluator.register
def _(node: n.CompareShare) -> Evaluate:
    holds = n.COMPARE[node.op]

    def compare(share: tuple[int, int], rate: Any) -> bool | None:
        part, whole = share
        return None if whole == 0 else holds(Fraction(part), Fraction(rate) * whole)

    return _strict(node, (node.share, node.rate), compare)


@evaluator.register
def _(node: n.Among) -> Evaluate:
    values = frozenset(literal.value for literal in node.values)
    return _strict(node, (node.item,), lambda item: item in values)


def _strict(node: n.Node, items: tuple[n.Node, ...], function: Callable[..., Any]) -> Evaluate:
    """A function that is unknown as soon as one operand is."""
    parts = [evaluator(item) for item in items]

    def evaluate(frame: Frame) -> Step:
        steps = tuple([part(frame) for part in parts])
        values = [step[0] for step in steps]
        return make_step((None if None in values else function(*values), node, steps, ""))

    return evaluate


@evaluator.register
def _(node: n.Add) -> Evaluate:
    return _strict(node, (node.left, node.right), operator.add)


@evaluator.register
def _(node: n.Subtract) -> Evaluate:
    return _strict(node, (node.left, node.right), operator.sub)


@evaluator.register
def _(node: n.Multiply) -> Evaluate:
    return _strict(node, (node.left, node.right), operator.mul)


@evaluator.register
def _(node: n.Negate) -> Evaluate:
    return _strict(node, (node.item,), operator.neg)


@evaluator.register
def _(node: n.Divide) -> Evaluate:
    places, mode = _places(node), node.mode
    return _strict(node, (node.left, node.right), lambda left, right: divided(left, right, places, mode))


@evaluator.register
def _(node: n.Round) -> Evaluate:
    places, mode = _places(node), node.mode
    return _strict(node, (node.item,), lambda item: rounded(Fraction(item), places, mode))


def _places(node: n.Node) -> int:
    assert isinstance(node.type, Number)
    return node.type.places


@evaluator.register
def _(node: n.Choose) -> Evaluate:
    arms = [(evaluator(test), evaluator(value)) for test, value in node.arms]
    otherwise = evaluator(node.otherwise)

    def evaluate(frame: Frame) -> Step:
        seen: list[Step] = []
        for test, value in arms:
            tested = test(frame)
            seen.append(tested)
            if tested.value is None:
                return Step(None, node, tuple(seen))
            if tested.value:
                chosen = value(frame)
                return Step(chosen.value, node, (*seen, chosen))
        chosen = otherwise(frame)
        return Step(chosen.value, node, (*seen, chosen))

    return evaluate


@evaluator.register
def _(node: n.Least) -> Evaluate:
    return _strict(node, node.items, min)


@evaluator.register
def _(node: n.Greatest) -> Evaluate:
    return _strict(node, node.items, max)


@evaluator.register
def _(node: n.AddTime) -> Evaluate:
    return _strict(node, (node.day, node.length), calendar.add_days if node.unit == "day" else calendar.add_months)


@evaluator.register
def _(node: n.TimeBetween) -> Evaluate:
    function = {"day": calendar.days_between, "month": calendar.months_between, "year": calendar.years_between}
    return _strict(node, (node.start, node.end), function[node.unit])


@evaluator.register
def _(node: n.Served) -> Evaluate:
    return _strict(node, (node.start, node.end, node.day, node.length, node.first_day), calendar.served)


@evaluator.register
def _(node: n.DatePart) -> Evaluate:
    part = operator.attrgetter(node.part)
    return _strict(node, (node.day,), lambda day: None if day == calendar.NEVER else part(day))


@evaluator.register
def _(node: n.DateEdge) -> Evaluate:
    return _strict(node, (node.day,), getattr(calendar, node.edge))


@evaluator.register
def _(node: n.Eligible) -> Evaluate:
    measure = node.measure

    def evaluate(frame: Frame) -> Step:
        step = frame.eligible.get(measure)
        if step is None:
            steps = tuple([test(frame) for test in frame.run.conditions(measure)])
            step = Step(kleene([part.value for part in steps], decides=False), node, steps)
            frame.eligible[measure] = step
        return step

    return evaluate
