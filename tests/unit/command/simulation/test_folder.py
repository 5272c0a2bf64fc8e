"""The folder of a simulation: whole or not at all, and never in the place of somebody's other files."""

from __future__ import annotations

from pathlib import Path

import pytest

from luoshi.command.simulation.folder import SimulationFolder


def write(out: Path, text: str = "new") -> None:
    with SimulationFolder(out) as folder:
        (folder.spill / "spill").write_text("gone")
        (folder.result / "simulation.xlsx").write_text(text)


def test_results_are_there_in_the_end_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path / "deep" / "out")
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["out"]
    assert [path.name for path in (tmp_path / "deep" / "out").iterdir()] == ["simulation.xlsx"]


def test_an_earlier_simulation_is_replaced(tmp_path: Path) -> None:
    write(tmp_path / "out", "old")
    (tmp_path / "out" / "changes").mkdir()
    write(tmp_path / "out")
    assert (tmp_path / "out" / "simulation.xlsx").read_text() == "new"
    assert not (tmp_path / "out" / "changes").exists()


def test_a_problem_leaves_what_was_there(tmp_path: Path) -> None:
    write(tmp_path / "out", "old")
    with pytest.raises(KeyboardInterrupt), SimulationFolder(tmp_path / "out") as folder:
        (folder.result / "simulation.xlsx").write_text("half")
        raise KeyboardInterrupt
    assert (tmp_path / "out" / "simulation.xlsx").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("name", ["letter.txt", "thing.parquet", "cost-by-name.png"])
def test_other_files_are_not_written_over(tmp_path: Path, name: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text("keep me")
    with pytest.raises(FileExistsError):
        write(tmp_path / "out")
    assert (tmp_path / "out" / name).read_text() == "keep me"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("keep me")
    with pytest.raises(FileExistsError):
        write(tmp_path / "out")
