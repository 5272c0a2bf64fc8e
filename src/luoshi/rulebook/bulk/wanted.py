"""What is asked for of a pack, and which nodes and registers that is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

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
    yield from (node for register in registers for test in tests_of(pack, register) for node in test.nodes())
    yield from (n.Fact(pack.facts[key].type, *key) for key in wanted.facts if key[0] in kept)


class Test(NamedTuple):
    """What is only found out about rows: the id of the block, what is tested, and of which rows (None: of all)."""

    id: str
    truth: n.Node
    when: n.Node | None = None

    def nodes(self) -> Iterator[n.Node]:
        """The expressions that it rests on."""
        yield from (self.truth,) if self.when is None else (self.when, self.truth)


def tests_of(pack: Pack, register: str) -> Iterator[Test]:
    """Patterns of integrity checks about a register's rows, and what these tell of duties."""
    for check in pack.integrity_checks.values():
        if check.register == register:
            yield Test(check.id, check.pattern)
    for duty in pack.duties.values():
        if duty.register == register and duty.done is not None:
            yield Test(duty.id, duty.done, duty.when)


def subjects(pack: Pack, registers: Iterable[str], wanted: Wanted) -> list[str]:
    """The registers, of those named, about whose rows something is wanted."""
    asked = {register for register, _ in wanted.facts}
    asked |= {measure.register for measure in pack.measures.values()}
    asked |= {limit.register for limit in pack.limits.values()} | {target.register for target in pack.targets.values()}
    asked |= {check.register for check in pack.integrity_checks.values()}
    asked |= {duty.register for duty in pack.duties.values() if duty.register and duty.done is not None}
    return [register for register in registers if register in asked]
