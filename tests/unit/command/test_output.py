"""Tables aligned for Chinese, and numbers to the right."""

from __future__ import annotations

from decimal import Decimal

import pytest
from rich.cells import cell_len

from luoshi.command.output import console, print_json, print_table, progress


def table(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[str]:
    print_table(*arguments)  # type: ignore[arg-type]  # a title, columns and rows
    return capsys.readouterr().out.rstrip("\n").split("\n")


def test_chinese_cells_are_aligned(capsys: pytest.CaptureFixture[str]) -> None:
    lines = table(capsys, "", ["名称", "n"], [("来料加工", 1), ("abc", 20_000), ("", Decimal("3.50"))])
    assert len({cell_len(line) for line in lines}) == 1
    assert "│ abc      │ 20,000 │" in lines
    assert "│ 来料加工 │      1 │" in lines


def test_a_column_with_a_word_stands_to_the_left(capsys: pytest.CaptureFixture[str]) -> None:
    lines = table(capsys, "a title", ["n"], [(1,), ("many",), (None,), (True,)])
    assert lines[0].strip() == "a title"
    assert "│ 1    │" in lines


def test_an_empty_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert any("name" in line for line in table(capsys, "", ["name"], []))


def test_json_keeps_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"a": "来料", "b": Decimal("1.50")})
    assert capsys.readouterr().out == '{\n  "a": "来料",\n  "b": "1.50"\n}\n'


def test_lines_are_kept_whole_where_there_is_no_terminal() -> None:
    assert console().width == 160
    assert console(error=True).width == 160


def test_progress_is_silent_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as show:
        show(1, 2, "half")
    with progress(quiet=True) as show:
        show(2, 2, "done")
    assert capsys.readouterr() == ("", "")
