"""What is asked for of a pack, and which nodes and registers that is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Pack


@dataclass(frozen=True)
class Wanted:
    """What is asked for beside everything that the pack decides."""

    facts: tuple[tuple[str, str], ...] = ()
    as_if_in_force: bool = False


def nodes_wanted(pack: Pack, registers: Iterable[str], wanted: Wanted) -> Iterator[n.Node]:
    """Every node that a result for the registers rests on."""
    kept = set(registers)
    for measure in pack.measures.values():
        if measure.register in kept:
            yield from (condition.test for condition in measure.conditions)
            yield from () if measure.amount is None else (measure.amount,)
    for limit in pack.limits.values():
        if limit.register in kept:
            yield from () if limit.when is None else (limit.when,)
            yield from (condition.test for condition in limit.holds)
    yield from (target.test for target in pack.targets.values() if target.register in kept)
    yield from (check.pattern for check in pack.integrity_checks.values() if check.register in kept)
    yield from (n.Fact(pack.facts[key].type, *key) for key in wanted.facts if key[0] in kept)


def subjects(pack: Pack, registers: Iterable[str], wanted: Wanted) -> list[str]:
    """The registers, of those named, about whose rows something is wanted."""
    asked = {register for register, _ in wanted.facts}
    asked |= {measure.register for measure in pack.measures.values()}
    asked |= {limit.register for limit in pack.limits.values()} | {target.register for target in pack.targets.values()}
    asked |= {check.register for check in pack.integrity_checks.values()}
    return [register for register in registers if register in asked]
