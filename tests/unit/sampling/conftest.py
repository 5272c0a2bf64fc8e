"""A tiny pack of its own, and ways to sample it with other plans."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.findings import Finding, Refused
from luoshi.sampling import load_plan, sample

TINY = Path(__file__).parent / "tiny"
HEAD = 'areas: {divisions: divisions.csv, village: "第{n}村", community: "第{n}社区"}\n'
Rows = dict[str, list[Any]]


@pytest.fixture(scope="session")
def tiny() -> Path:
    return TINY


@pytest.fixture
def planned(tmp_path: Path) -> Callable[[str], Path]:
    """A copy of the tiny pack with another plan."""

    def write(text: str, name: str = "tiny", **others: str) -> Path:
        folder = tmp_path / name
        shutil.copytree(TINY, folder, dirs_exist_ok=True)
        (folder / "sample.yaml").write_text(text, encoding="utf-8")
        for file, content in others.items():
            (folder / file.replace("_", ".")).write_text(content, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def refused(planned: Callable[[str], Path]) -> Callable[[str], list[Finding]]:
    """Why a plan is refused."""

    def findings(text: str, *, head: str = HEAD) -> list[Finding]:
        with pytest.raises(Refused) as refusal:
            load_plan(planned(head + text), load_pack(TINY))
        return refusal.value.findings

    return findings


@pytest.fixture
def sampled(planned: Callable[[str], Path], tmp_path: Path) -> Callable[..., dict[str, Rows]]:
    """The registers of a plan as columns of Python values."""

    def run(text: str, *, scale: float = 1.0, seed: int = 1) -> dict[str, Rows]:
        folder = planned(HEAD + text)
        pack = load_pack(folder)
        sample(pack, load_plan(folder, pack), scale, seed, tmp_path / "out")
        return read_all(tmp_path / "out")

    return run


def read_all(folder: Path) -> dict[str, Rows]:
    """The registers in a folder."""
    return {path.stem: pq.read_table(path).to_pydict() for path in sorted(folder.glob("*.parquet"))}


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny city, sampled once."""
    out = tmp_path_factory.mktemp("city") / "tiny"
    pack = load_pack(TINY)
    sample(pack, load_plan(TINY, pack), 1.0, 1, out)
    return out


@pytest.fixture(scope="session")
def registers(city: Path) -> dict[str, Rows]:
    return read_all(city)
