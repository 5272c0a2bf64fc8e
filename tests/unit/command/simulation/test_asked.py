"""From options to the sides of a simulation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from luoshi.command.simulation.asked import Asked, Options, read_options
from luoshi.rulebook.model.findings import Refused
from tests.unit.rulebook.packs import POLICY, write_pack
from tests.unit.rulebook.simulating.sides import BLOCKS, LOCAL, ON


def options(folder: Path, **more: object) -> Options:
    typed = Options(str(folder), ON, (), (), (), None, None, None, as_if_in_force=False)
    return replace(typed, **more)  # type: ignore[arg-type]  # whatever a test wants otherwise


def read(typed: Options) -> Asked:
    return read_options(typed, lambda pack: LOCAL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pack(tmp_path_factory.mktemp("packs") / "tiny", BLOCKS)


def test_a_range_alone_compares_nothing(folder: Path) -> None:
    asked = read(options(folder, vary="least=1:2:1"))
    assert asked.range is not None and not asked.changes_something
    both = read(options(folder, vary="least=1:2:1", settings=("share=0.80",)))
    assert both.range is not None and both.changes_something


def test_everything_may_be_changed(folder: Path) -> None:
    asked = read(
        options(folder, settings=("share=0.80",), without=("flat",), again=("old",), after_on=date(2020, 1, 1))
    )
    assert (asked.before.on, asked.after.on, asked.before.local) == (ON, date(2020, 1, 1), LOCAL)
    assert not asked.before.as_if_in_force


def test_what_is_written_wrongly_is_refused_before_packs_are_read() -> None:
    with pytest.raises(Refused) as refused:
        read(options(Path("nowhere"), settings=("share",), vary="least"))
    assert [finding.code for finding in refused.value.findings] == ["SIM-003", "SIM-003"]


def test_a_draft_is_taken_as_in_force(tmp_path: Path) -> None:
    draft = write_pack(
        tmp_path / "draft", BLOCKS, policy=POLICY.replace("in-force", "draft").replace("2000-01-01", "null")
    )
    asked = read(options(draft, settings=("share=0.80",)))
    assert asked.before.as_if_in_force and asked.after.as_if_in_force


def test_an_edited_draft_makes_both_sides_simulated(folder: Path, tmp_path: Path) -> None:
    policy = POLICY.replace("in-force", "draft").replace("2000-01-01", "null")
    draft = write_pack(tmp_path / "draft", BLOCKS.replace("quota: 2", "quota: 3"), policy=policy)
    asked = read(options(folder, edited=str(draft)))
    assert asked.before.as_if_in_force and asked.after.as_if_in_force
