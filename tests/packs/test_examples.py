"""Every pack's own examples, on every engine."""

from __future__ import annotations

from functools import cache

import pytest

from luoshi.rulebook.cases.examples import Example, read_examples
from luoshi.rulebook.checking.testing import problems_of
from luoshi.rulebook.loading import load_pack, shipped_packs
from luoshi.rulebook.model.blocks import Pack

pack_named = cache(load_pack)


@cache
def examples(name: str) -> tuple[Pack, dict[str, Example]]:
    """A pack and its examples by name."""
    pack = pack_named(name)
    return pack, {f"{item.place.file}:{item.name}": item for item in read_examples(pack)}


def _cases() -> list[tuple[str, str]]:
    return [(name, example) for name in shipped_packs() for example in examples(name)[1]]


@pytest.mark.parametrize(("name", "example"), _cases())
def test_example(name: str, example: str) -> None:
    pack, by_name = examples(name)
    assert list(problems_of(pack, by_name[example])) == []
