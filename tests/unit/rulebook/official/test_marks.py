"""The marks of headings and items."""

from __future__ import annotations

import pytest

from luoshi.rulebook.official.marks import ARTICLE, CHAPTER, FIRST, FOURTH, SECOND, SECTION, THIRD, Mark, find_mark


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("第二章 总则", Mark(CHAPTER, 2, "第二章")),
        ("第一节 总则", Mark(SECTION, 1, "第一节")),
        ("第十二条 本办法", Mark(ARTICLE, 12, "第十二条")),
        ("一、目标", Mark(FIRST, 1, "一、")),
        ("十二．目标", Mark(FIRST, 12, "十二．")),
        ("（三）补助", Mark(SECOND, 3, "（三）")),
        ("（三）、补助", Mark(SECOND, 3, "（三）、")),
        ("4.补助", Mark(THIRD, 4, "4.")),
        ("4、补助", Mark(THIRD, 4, "4、")),
        ("（5）补助", Mark(FOURTH, 5, "（5）")),
    ],
)
def test_marks(text: str, mark: Mark) -> None:
    assert find_mark(text) == mark


@pytest.mark.parametrize(
    "text", ["1.5万元", "一、二、三产业", "一般", "第一条的规定", "（县）区", "2020年", "〇、", ""]
)
def test_what_is_no_mark(text: str) -> None:
    assert find_mark(text) is None


def test_a_mark_for_another_number() -> None:
    assert Mark(SECOND, 3, "（三）").with_number(12) == "（十二）"
    assert Mark(THIRD, 3, "3、").with_number(4) == "4."
