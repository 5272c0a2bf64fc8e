"""Every pack's own examples, on every engine."""

from __future__ import annotations

from functools import cache

import pytest

from luoshi.rulebook.cases.examples import Example, read_examples
from luoshi.rulebook.checking.narrowing import measures_asked_about, narrowed
from luoshi.rulebook.checking.testing import problems_of
from luoshi.rulebook.loading import load_pack, shipped_packs
from luoshi.rulebook.model.blocks import Pack

FEW = 25
"""Of so many examples one is decided with everything that the pack says."""
pack_named = cache(load_pack)


@cache
def examples(name: str) -> tuple[Pack, dict[str, Example]]:
    """A pack and its examples by name."""
    pack = pack_named(name)
    return pack, {f"{item.place.file}:{item.name}": item for item in read_examples(pack)}


@cache
def asked_about(name: str) -> frozenset[str]:
    """The measures that a pack asks about."""
    return measures_asked_about(pack_named(name))


CASES = [(name, example) for name in shipped_packs() for example in examples(name)[1]]


@pytest.mark.parametrize(("name", "example"), CASES)
def test_example(name: str, example: str) -> None:
    pack, by_name = examples(name)
    found = by_name[example]
    assert list(problems_of(narrowed(pack, found.expect, asked_about(name)), found)) == []


@pytest.mark.parametrize(("name", "example"), CASES[::FEW])
def test_example_with_everything_that_the_pack_says(name: str, example: str) -> None:
    pack, by_name = examples(name)
    assert list(problems_of(pack, by_name[example])) == []
