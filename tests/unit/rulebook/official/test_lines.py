"""Lines have positions, and a text has a usual size."""

from __future__ import annotations

from luoshi.rulebook.model.findings import Where
from luoshi.rulebook.official.lines import MOST_CHARACTERS, MOST_LINES, Line, Position, too_much


def test_a_position_names_line_and_page() -> None:
    assert Position("a.txt", 3).where("1/2") == Where("a.txt", 3, "1/2")
    assert Position("a.pdf", 3, 7).where() == Where("a.pdf#page=7", 3)


def test_a_line_keeps_its_position_when_its_text_changes() -> None:
    line = Line("旧", Position("a.txt", 3), apart=True)
    assert line.saying("新") == Line("新", Position("a.txt", 3), apart=True)


def test_too_much_text() -> None:
    assert too_much(["字" * 100]) is None
    assert too_much(["字" * (MOST_CHARACTERS + 1)]) == MOST_CHARACTERS + 1
    assert too_much([""] * (MOST_LINES + 1)) == 0
