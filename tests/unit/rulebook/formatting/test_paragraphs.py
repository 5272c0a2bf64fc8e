"""Paragraphs are filled, Chinese is not broken, and what is more than running text stays."""

import pytest

from luoshi.rulebook.formatting.paragraphs import flowed, words


def test_lines_are_filled_to_the_width() -> None:
    text = flowed("\n".join(["word"] * 50))
    assert [len(line) for line in text.split("\n")] == [119, 119, 9][: len(text.split("\n"))]
    assert flowed(text) == text


def test_chinese_lines_are_joined_without_a_space_and_never_broken() -> None:
    chinese = "扶贫车间招五名以上劳动力，" * 12
    assert flowed(f"{chinese[:20]}\n{chinese[20:]}") == chinese
    assert flowed("依据 No. 3\n文件") == "依据 No. 3 文件"


def test_a_mark_never_begins_a_line() -> None:
    text = flowed("a" * 118 + " # b " + "c" * 119 + " 1. d " + "e" * 116 + " ``` f")
    assert [line.split()[0][0] for line in text.split("\n")] == ["a", "b", "c", "d", "f"]
    assert words(text) == words(text.replace("\n", " "))


@pytest.mark.parametrize(
    "text",
    [
        "- a\n- b",
        "1. a\n2. b",
        "| a |\n| b |",
        "> a\nb",
        "<!-- a\nb",
        "    a\nb",
        "\ta\nb",
        "a  \nb",
        "a\\\nb",
        "a\n===",
        "a\\ b\nc",
    ],
)
def test_what_is_more_than_running_text_stays(text: str) -> None:
    assert flowed(text) == text


def test_wide_spaces_stay() -> None:
    assert flowed("一\u3000二") == "一\u3000二"
