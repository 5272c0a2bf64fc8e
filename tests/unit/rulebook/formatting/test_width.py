"""Columns on a screen, and words on lines."""

from luoshi.rulebook.formatting.width import filled, shown_width


def test_chinese_takes_two_columns() -> None:
    assert shown_width("区划 area（一）") == 4 + 1 + 4 + 6


def test_lines_are_as_wide_as_fits() -> None:
    assert filled("aa bb cc".split(), 5) == ["aa bb", "cc"]
    assert filled(["车间", "就业"], 9) == ["车间 就业"]
    assert filled(["车间", "就业"], 8) == ["车间", "就业"]


def test_a_long_word_stays_whole() -> None:
    assert filled(["a", "b" * 9, "c"], 4) == ["a", "b" * 9, "c"]


def test_a_word_that_may_not_begin_a_line_stays_with_the_one_before() -> None:
    assert filled(["aaaa", "1.", "b"], 4, lambda word: word != "1.") == ["aaaa 1.", "b"]
    assert filled([], 4) == []
