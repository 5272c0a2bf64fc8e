"""References by id that are checked once every block is known: funds, assumptions, norms, and who acts on what."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from luoshi.rulebook.loading.routing import check_routes, known
from luoshi.rulebook.loading.scope import near
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.bases import Block, Place
from luoshi.rulebook.model.blocks import Measure, Pack
from luoshi.rulebook.model.findings import Findings, Where

Key = tuple[str, str]
"""A fact by register and name, or a measure as ("measure", id)."""
MOST_STEPS = 200


def check_references(pack: Pack, findings: Findings) -> None:
    """Note every reference to something that does not exist, and every ring."""
    for measure in pack.measures.values():
        _check_measure(measure, pack, findings)
    for limit in pack.limits.values():
        known(limit.assumes, pack.assumptions, limit.place, "assume", findings)
        for condition in limit.holds:
            known(condition.assumes, pack.assumptions, limit.place, "assume", findings)
    for target in pack.targets.values():
        known(target.assumes, pack.assumptions, target.place, "assume", findings)
    for match in pack.matches.values():
        for condition in match.compatible:
            known(condition.assumes, pack.assumptions, match.place, "assume", findings)
    for fact in pack.facts.values():
        known(fact.assumes, pack.assumptions, fact.place, "assume", findings)
    check_routes(pack, findings)
    _check_norms(pack, findings)
    _check_rings(pack, findings)


def _check_measure(measure: Measure, pack: Pack, findings: Findings) -> None:
    place = measure.place
    known(measure.funds, pack.funds, place, "fund", findings)
    known(measure.assumes, pack.assumptions, place, "assume", findings)
    for condition in measure.conditions:
        known(condition.assumes, pack.assumptions, place, "assume", findings)
    if measure.stacking:
        known(measure.stacking.others, pack.measures, place, "measure", findings)


def _check_norms(pack: Pack, findings: Findings) -> None:
    blocks = set(block_ids(pack))
    for norm in pack.norms:
        for name in norm.by:
            if name not in blocks:
                where = Where(norm.place.file, norm.place.line, norm.place.clause)
                findings.add("PACK-063", where, name=name, norm=norm.id, near=near(name, sorted(blocks)))


def block_ids(pack: Pack) -> Iterator[str]:
    """Every name that a norm may give as the block which carries it out."""
    yield from (block.id for block in pack.blocks())
    for register, name in pack.facts:
        yield f"{register}.{name}"
    for register_id, definition in pack.registers.items():
        yield from (f"{register_id}.{name}" for name in definition.fields)


def _check_rings(pack: Pack, findings: Findings) -> None:
    """Facts and measures may rest on one another, but not in a ring, and not in chains too long to follow."""
    parts: dict[Key, tuple[Block, list[n.Node]]] = {
        ("measure", measure.id): (measure, [condition.test for condition in measure.conditions])
        for measure in pack.measures.values()
    }
    parts |= {key: (fact, [fact.value] if fact.value is not None else []) for key, fact in pack.facts.items()}
    needs = {
        key: {needed for node in nodes for needed in _needs(node) if needed in parts}
        for key, (_, nodes) in parts.items()
    }
    try:
        order = list(TopologicalSorter(needs).static_order())
    except CycleError as problem:
        ring: list[Key] = problem.args[1]
        findings.add("PACK-060", _where(parts[ring[0]][0].place), cycle=" -> ".join(name for _, name in ring))
        return
    steps: dict[Key, int] = {}
    for key in order:
        block, nodes = parts[key]
        below = max((steps[needed] for needed in needs[key]), default=0)
        steps[key] = below + 1 + max((_depth(node) for node in nodes), default=0)
        if below <= MOST_STEPS < steps[key]:
            findings.add("PACK-061", _where(block.place), name=block.id, most=MOST_STEPS)


def _depth(node: n.Node) -> int:
    """How deep an expression is nested."""
    return 1 + max((_depth(child) for child in node.children()), default=0)


def _where(place: Place) -> Where:
    return Where(place.file, place.line, place.clause)


def _needs(node: n.Node) -> Iterator[Key]:
    for item in n.walk(node):
        if isinstance(item, n.Fact):
            yield (item.register, item.name)
        elif isinstance(item, n.Eligible):
            yield ("measure", item.measure)
