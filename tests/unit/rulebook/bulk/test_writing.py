"""Output is there as a whole or not at all, and nothing else is ever written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from luoshi.rulebook.bulk.writing import OutputFolder, result_files


def write(out: Path, text: str) -> None:
    with OutputFolder(out) as folder:
        folder.files("a")[0].write_text(text)
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
        folder.files("a")[0].write_text("half")
        raise problem
    assert not list(tmp_path.iterdir())


def test_one_part_has_the_name_of_the_table_and_several_are_numbered(tmp_path: Path) -> None:
    with OutputFolder(tmp_path / "out") as folder:
        assert [path.name for path in folder.files("a")] == ["a.parquet"]
        assert [path.name for path in folder.files("a", 3)] == ["a.0001.parquet", "a.0002.parquet", "a.0003.parquet"]


def test_an_earlier_result_of_more_parts_is_wholly_replaced(tmp_path: Path) -> None:
    for parts in (12, 2, 1):
        with OutputFolder(tmp_path / "out") as folder:
            for path in folder.files("a", parts):
                path.write_text(path.name)
        assert [path.read_text() for path in result_files(tmp_path / "out", "a")] == [
            path.name for path in folder.files("a", parts)
        ]
        assert len(list((tmp_path / "out").iterdir())) == parts


def test_the_files_of_a_result_are_found_in_order(tmp_path: Path) -> None:
    with OutputFolder(tmp_path / "out") as folder:
        names = [path.name for path in folder.files("a", 1200)]
        for name in reversed(names):
            (folder.files("a")[0].parent / name).touch()
    assert [path.name for path in result_files(tmp_path / "out", "a")] == names
    assert names[8:10] == ["a.0009.parquet", "a.0010.parquet"] and names[-1] == "a.1200.parquet"


def test_files_of_other_registers_are_not_among_those_found(tmp_path: Path) -> None:
    for name in ("a", "ab.0001", "ab.0002", "a_b", "a.b", "b.a", "budget"):
        (tmp_path / f"{name}.parquet").touch()
    assert [path.name for path in result_files(tmp_path, "a")] == ["a.parquet"]
    assert [path.name for path in result_files(tmp_path, "ab")] == ["ab.0001.parquet", "ab.0002.parquet"]
    assert result_files(tmp_path, "other") == [] and result_files(tmp_path / "gone", "a") == []
