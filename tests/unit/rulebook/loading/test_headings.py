"""Headings: numerals in every layout, the known words, and titles in two languages."""

from __future__ import annotations

import pytest

from luoshi.rulebook.loading.headings import WORDS, bilingual, chinese_number, heading_id
from luoshi.rulebook.model.bases import Bilingual


@pytest.mark.parametrize(
    ("heading", "part", "rest"),
    [
        ("一、目标 · Aim", "1", "目标 · Aim"),
        ("（二）资金", "2", "资金"),
        ("(3) 资金", "3", "资金"),
        ("4. 资金", "4", "资金"),
        ("5．资金", "5", "资金"),
        ("（6）资金", "6", "资金"),
        ("  七、 资金  ", "7", "资金"),
        ("十、", "10", ""),
        ("一二、x", "12", "x"),
        ("007、x", "7", "x"),
    ],
)
def test_a_numeral_gives_the_id(heading: str, part: str, rest: str) -> None:
    assert heading_id(heading) == (part, rest)


@pytest.mark.parametrize(("word", "part"), WORDS.items())
def test_a_known_word_gives_the_id(word: str, part: str) -> None:
    assert heading_id(f"{word} · X") == (part, f"{word} · X")


@pytest.mark.parametrize("heading", ["", "目标", "一 目标", "（一目标", "Preface", "第一条 目标", "、目标"])
def test_other_headings_have_no_id(heading: str) -> None:
    assert heading_id(heading) is None


@pytest.mark.parametrize(
    ("numeral", "number"),
    [("零", 0), ("〇", 0), ("九", 9), ("十", 10), ("十一", 11), ("二十", 20), ("九十九", 99), ("二〇", 20), ("42", 42)],
)
def test_numerals(numeral: str, number: int) -> None:
    assert chinese_number(numeral) == number


@pytest.mark.parametrize(("numeral", "number"), [("9" * 40, 999_999), ("一" * 40, 111_111), ("十" * 9, 10)])
def test_numerals_beyond_reason_stay_small(numeral: str, number: int) -> None:
    assert chinese_number(numeral) == number


@pytest.mark.parametrize(
    ("title", "both"),
    [
        ("目标 · Aim", Bilingual("目标", "Aim")),
        ("目标", Bilingual("目标", "目标")),
        ("目标 · ", Bilingual("目标 ·", "目标 ·")),
        ("a·b", Bilingual("a·b", "a·b")),
    ],
)
def test_a_title_in_two_languages(title: str, both: Bilingual) -> None:
    assert bilingual(title.strip()) == both
