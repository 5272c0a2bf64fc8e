"""Output is there as a whole or not at all, and nothing else is ever written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from luoshi.rulebook.engines.sql.writing import OutputFolder


def write(out: Path, text: str) -> None:
    with OutputFolder(out) as folder:
        folder.file("a").write_text(text)
        (folder.spill / "spilt").write_text(text)


def test_a_folder_appears_when_everything_went_well(tmp_path: Path) -> None:
    write(tmp_path / "deep" / "out", "new")
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["out"]
    assert (tmp_path / "deep" / "out" / "a.parquet").read_text() == "new"


def test_an_earlier_result_is_replaced(tmp_path: Path) -> None:
    write(tmp_path / "out", "old")
    write(tmp_path / "out", "new")
    assert (tmp_path / "out" / "a.parquet").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_anything_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.docx").write_text("mine")
    with pytest.raises(FileExistsError):
        write(tmp_path / "out", "new")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["letter.docx"]
    (tmp_path / "file").write_text("mine")
    with pytest.raises(FileExistsError):
        write(tmp_path / "file", "new")
    assert {path.name for path in tmp_path.iterdir()} == {"out", "file"}


def test_what_came_in_meanwhile_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError), OutputFolder(tmp_path / "out"):
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "letter.docx").write_text("mine")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["letter.docx"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("problem", [KeyboardInterrupt, ValueError])
def test_nothing_is_left_after_a_problem(tmp_path: Path, problem: type[BaseException]) -> None:
    with pytest.raises(problem), OutputFolder(tmp_path / "out") as folder:
        folder.file("a").write_text("half")
        raise problem
    assert not list(tmp_path.iterdir())
