"""Every norm of the sources is stated by its clause and carried out, or the pack says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from luoshi.rulebook.checking.coverage import coverage, uncovered
from luoshi.rulebook.checking.soundness import soundness
from luoshi.rulebook.loading import load_pack

IDS = Path(__file__).parent / "norm_ids"
PACKS = sorted(path.stem for path in IDS.glob("*.txt"))


def listed(name: str) -> dict[str, str]:
    """The ids of the norms of a source with their kinds, from the committed list."""
    lines = (IDS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


@pytest.mark.parametrize("name", PACKS)
def test_every_norm_is_there(name: str) -> None:
    stated = {norm.id: norm.kind for norm in load_pack(name).norms}
    assert stated == listed(name)


@pytest.mark.parametrize("name", PACKS)
def test_every_norm_is_covered(name: str) -> None:
    pack = load_pack(name)
    assert [norm.id for norm in uncovered(pack.norms)] == []
    assert all(kind.covered == kind.norms for kind in coverage(pack))


@pytest.mark.parametrize("name", PACKS)
def test_the_review_finds_nothing(name: str) -> None:
    assert [(item.code, str(item.where), item.facts) for item in soundness(load_pack(name))] == []
