"""Runs the examples against the mutants: a mutant is killed when one of them fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from luoshi.rulebook.cases.examples import Example
from luoshi.rulebook.checking.narrowing import measures_asked_about, narrowed
from luoshi.rulebook.checking.testing import problems_of
from luoshi.rulebook.checking.thoroughness.accepting import Accepted
from luoshi.rulebook.checking.thoroughness.mutants import Key, Mutant, mutants
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.model.blocks import Pack

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Score:
    """How many mutants were tried, and those that no example noticed."""

    tried: int
    survivors: tuple[Mutant, ...]

    @property
    def killed(self) -> int:
        """The mutants that an example noticed."""
        return self.tried - len(self.survivors)


@dataclass(frozen=True)
class _Witness:
    """An example that passes, with the blocks that what it expects rests on."""

    example: Example
    keys: frozenset[Key]


def score(pack: Pack, examples: Sequence[Accepted], *, every: int = 1, progress: Progress | None = None) -> Score:
    """Try the mutants of a pack on its accepted examples: all of them, or one in `every`.

    An example that fails without any mutant notices none.
    """
    chosen, asked = list(mutants(pack))[::every], measures_asked_about(pack)
    passing = (item for item in examples if not _fails(pack, item.example, asked))
    witnesses = sorted((_witness(pack, item, asked) for item in passing), key=lambda witness: len(witness.keys))
    survivors = []
    for number, mutant in enumerate(chosen, 1):
        if not _is_killed(mutant, witnesses, asked):
            survivors.append(mutant)
        if progress is not None:
            progress(number, len(chosen), mutant.block.id)
    return Score(len(chosen), tuple(survivors))


def _witness(pack: Pack, item: Accepted, asked: frozenset[str]) -> _Witness:
    base = CaseEngine(narrowed(pack, item.example.expect, asked), date.max)
    return _Witness(item.example, replace(item, base=base).keys)


def _is_killed(mutant: Mutant, witnesses: Sequence[_Witness], asked: frozenset[str]) -> bool:
    """Whether an example that rests on the changed block fails. The reference engine alone is asked."""
    return any(_fails(mutant.pack, item.example, asked) for item in witnesses if mutant.key in item.keys)


def _fails(pack: Pack, example: Example, asked: frozenset[str]) -> bool:
    return next(problems_of(narrowed(pack, example.expect, asked), example, ("case",)), None) is not None
