"""What the examples of tiny packs leave open, and tiny packs with the proposed examples put into them."""

from __future__ import annotations

from collections.abc import Iterable

from luoshi.rulebook.checking.testing import run_examples
from luoshi.rulebook.checking.thoroughness.accepting import accepted
from luoshi.rulebook.checking.thoroughness.exercising import exercised
from luoshi.rulebook.checking.thoroughness.killing import score
from luoshi.rulebook.checking.thoroughness.proposing import Proposal, propose_kills, propose_trials
from luoshi.rulebook.checking.thoroughness.writing import all_written
from luoshi.rulebook.model.blocks import Pack
from tests.unit.rulebook.packs import pack_of


def untried(pack: Pack) -> set[tuple[str, str]]:
    """The blocks with the ways in which no example has tried them."""
    return {(item.block.id, way) for item in exercised(pack, accepted(pack)) for way in item.missing}


def survivors(pack: Pack) -> set[str]:
    """The mutants that no example notices, without the place of the block."""
    return {str(mutant).partition(" ")[2] for mutant in score(pack, accepted(pack)).survivors}


def trials(pack: Pack) -> list[Proposal]:
    """The examples proposed for what has not been tried."""
    examples = accepted(pack)
    return list(propose_trials(pack, exercised(pack, examples), examples))


def kills(pack: Pack) -> list[Proposal]:
    """The examples proposed for mutants that survive."""
    examples = accepted(pack)
    return list(propose_kills(pack, score(pack, examples).survivors, examples))


def with_written(blocks: str, proposals: Iterable[Proposal]) -> Pack:
    """The pack of blocks, the last of which are examples, with the proposals written below them."""
    return pack_of(blocks + "".join(all_written(proposals, pack_of(blocks))))


def failures(pack: Pack) -> list[str]:
    """What is wrong with the examples of a pack, on both engines."""
    return [problem for tested in run_examples(pack) for problem in tested.problems]
