"""Which norms of a pack are covered by a block, by kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.rulebook.model.blocks import Norm, Pack

STATEMENTS = frozenset({"narrative", "definition", "scope", "duty"})


@dataclass(frozen=True)
class KindCoverage:
    """How many norms of a kind there are, and how many are covered."""

    kind: str
    norms: int
    covered: int


def is_covered(norm: Norm) -> bool:
    """A norm is covered when blocks carry it out, when it says why nothing follows, or when it is a statement."""
    return bool(norm.by or norm.because) or norm.kind in STATEMENTS


def coverage(pack: Pack) -> list[KindCoverage]:
    """The coverage of a pack by kind of norm, kinds in alphabetical order."""
    kinds = sorted({norm.kind for norm in pack.norms})
    return [_of_kind(kind, [norm for norm in pack.norms if norm.kind == kind]) for kind in kinds]


def _of_kind(kind: str, norms: list[Norm]) -> KindCoverage:
    return KindCoverage(kind, len(norms), sum(is_covered(norm) for norm in norms))


def uncovered(norms: Iterable[Norm]) -> list[Norm]:
    """The norms that nothing carries out and that do not say why."""
    return [norm for norm in norms if not is_covered(norm)]


def empty_clauses(pack: Pack) -> list[str]:
    """Clauses of the pack's own documents under which nothing stands: no norm, no block, no clause of their own.

    What imported packs lend stands under clauses of theirs, even where the numbers are the same.
    """
    used = {norm.place.clause for norm in pack.norms} | {
        block.clause for block in pack.blocks() if "/" not in block.place.file
    }
    own = [clause for clause in pack.clauses if ":" not in clause and "/" in clause]
    return [clause for clause in own if not any(name == clause or name.startswith(clause + "/") for name in used)]
