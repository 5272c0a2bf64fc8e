"""The assumptions a block rests on: those it reads at any depth and those it names."""

from __future__ import annotations

import pytest

from luoshi.rulebook.explaining.assumptions import assumptions_of
from luoshi.rulebook.model.blocks import Limit, Measure, Target
from tests.unit.rulebook.packs import pack_of

BLOCKS = """assume
wide: {title: BOTH, type: bool, default: true, reading: BOTH, alternatives: {false: BOTH}}
--- fact
direct: {of: thing, value: $strict}
deep: {of: thing, value: direct and good or direct}
judged: {of: thing, judgement: bool}
--- measure
none: {title: BOTH, for: thing, conditions: {a: good, b: judged}, frequency: once, discretion: may}
reads: {title: BOTH, for: thing, conditions: {a: deep, b: deep}, frequency: once, discretion: may}
pays: {title: BOTH, for: thing, conditions: {a: good}, amount: "if($wide, 1, 2)", frequency: once, discretion: may}
names:
  title: BOTH
  for: thing
  conditions: {a: {when: good, assumes: [strict]}}
  assumes: [spoken]
  frequency: once
  discretion: may
rests: {title: BOTH, for: thing, conditions: {a: "eligible('reads')"}, frequency: once, discretion: may}
--- limit
holds: {title: BOTH, of: thing, holds: {a: {when: $strict, assumes: [spoken]}}, force: hard}
when: {title: BOTH, of: thing, when: $wide, holds: {a: good}, force: hard}
--- target
reaches: {title: BOTH, of: thing, indicator: "if($wide, size, 0)", value: 1}
"""


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("none", []),
        ("reads", ["strict"]),
        ("pays", ["wide"]),
        ("names", ["spoken", "strict"]),
        ("rests", ["strict"]),
        ("holds", ["spoken", "strict"]),
        ("when", ["wide"]),
        ("reaches", ["wide"]),
    ],
)
def test_what_a_block_rests_on(name: str, names: list[str]) -> None:
    pack = pack_of(BLOCKS)
    blocks: dict[str, Measure | Limit | Target] = {**pack.measures, **pack.limits, **pack.targets}
    assert assumptions_of(blocks[name], pack) == names
