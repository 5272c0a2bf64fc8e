"""Under which title support is shown beside a name, so that it does not tell of an illness, a disability or want.

A measure is telling where deciding it reads a field that the pack marks `sensitive`. Its own title is not shown beside
a name then, but the nearest heading above it that covers measures which are not telling as well: whoever reads it
cannot infer on which ground somebody got support.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.bases import Bilingual, Block
from luoshi.rulebook.model.blocks import Measure, Pack


def public_title(pack: Pack, measure_id: str) -> Bilingual:
    """What the support of a measure is called beside the name of who gets it; its own title where that tells nothing.

    The headings above a telling measure are tried from the nearest to that of the document; the title of the policy is
    the last.
    """
    measure = pack.measures[measure_id]
    if not is_telling(pack, measure):
        return measure.title
    for clause in _above(measure.clause):
        heading = pack.clauses.get(clause)
        if heading is not None and heading.title.zh and _covers_others(pack, clause):
            return heading.title
    return pack.policy.title


def is_telling(pack: Pack, measure: Measure) -> bool:
    """Whether deciding a measure reads a field that is marked sensitive, itself or through the facts that it reads."""
    return any(_reads(pack, measure, set()))


def _reads(pack: Pack, block: Block, seen: set[tuple[str, str]]) -> Iterator[bool]:
    for expression in block.expressions():
        for part in n.walk(expression):
            if isinstance(part, n.Field):
                register = pack.registers.get(part.register)
                yield register is not None and part.name in register.fields and register.fields[part.name].sensitive
            elif isinstance(part, n.Fact) and (part.register, part.name) not in seen:
                seen.add((part.register, part.name))
                yield from _reads(pack, pack.fact(part.register, part.name), seen)


def _above(clause: str) -> Iterator[str]:
    """The clause and those it stands in, the nearest first."""
    while clause:
        yield clause
        clause = clause.rpartition("/")[0]


def _covers_others(pack: Pack, clause: str) -> bool:
    below = [one for one in pack.measures.values() if f"{one.clause}/".startswith(f"{clause}/")]
    return any(not is_telling(pack, one) for one in below)
