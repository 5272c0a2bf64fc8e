"""What is missing where a step is unknown: facts nobody recorded, parameters nobody set, judgements nobody gave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.steps import Determination, Member, Step


class Missing(NamedTuple):
    """One thing that is not known. `kind` is fact, parameter or judgement."""

    kind: str
    name: str


def missing_of(determination: Determination) -> list[Missing]:
    """Everything whose absence leaves a determination open, each once, in the order it was met."""
    steps = [*determination.conditions, *([determination.amount_step] if determination.amount_step else [])]
    found = [item for step in steps for item in missing_in(step, determination.measure.register)]
    return list(dict.fromkeys(found))


def missing_in(step: Step, register: str, seen: set[int] | None = None) -> Iterator[Missing]:
    """What is missing in one step; nothing when its value is known. `seen` are the steps already looked into."""
    seen = set() if seen is None else seen
    if step.value is not None or id(step) in seen:
        return
    seen.add(id(step))
    own = _own(step, register)
    if own is not None:
        yield own
        return
    unknown = [part for part in _parts(step) if part.value is None]
    for part in unknown:
        yield from missing_in(part, register, seen)
    if not unknown:
        yield from _everything(step, register)


def _own(step: Step, register: str) -> Missing | None:
    """What the step itself lacks."""
    node = step.node
    if isinstance(node, n.Field):
        return Missing("fact", _named(node.register, node.name, register))
    if isinstance(node, n.Fact) and step.note == "not_judged":
        return Missing("judgement", _named(node.register, node.name, register))
    if isinstance(node, n.Parameter | n.Switch):
        return Missing("parameter", node.name)
    if isinstance(node, n.Lookup) and step.note == "no_match":
        return Missing("parameter", node.table)
    if isinstance(node, n.Aggregate) and step.note == "not_kept":
        return Missing("fact", node.register)
    if isinstance(node, n.Follow) and step.note == "no_row":
        return Missing("fact", _named(node.ref.register, node.ref.name, register))
    return None


def _named(of: str, name: str, register: str) -> str:
    return name if of == register else f"{of}.{name}"


def _parts(step: Step) -> Iterator[Step]:
    """The steps below, those of an aggregate's rows among them."""
    for part in step.parts:
        if isinstance(part, Member):
            yield from part.parts
        else:
            yield part


def _everything(step: Step, register: str) -> Iterator[Missing]:
    """Where every part is known but the whole is not (a share of nobody, a division by zero): the facts it rests on."""
    for node in n.walk(step.node):
        if isinstance(node, n.Field | n.Fact):
            yield Missing("fact", _named(node.register, node.name, register))
        elif isinstance(node, n.Aggregate):
            yield Missing("fact", node.register)
