"""The marks before headings and items: 一、 （一） 1. （1）, and 第一章, 第一节, 第一条 of regulations."""

from __future__ import annotations

import re
from dataclasses import dataclass

from luoshi.rulebook.official.numerals import CHINESE, in_chinese, number

_CN, _END = f"[{CHINESE}]{{1,6}}", r"[、，,．.]"
CHAPTER, SECTION, ARTICLE, FIRST, SECOND, THIRD, FOURTH = range(2, 9)
PATTERNS = (
    (CHAPTER, re.compile(rf"第({_CN}|\d{{1,3}})章")),
    (SECTION, re.compile(rf"第({_CN}|\d{{1,3}})节")),
    (ARTICLE, re.compile(rf"第({_CN}|\d{{1,3}})条(?![第的、和款规])")),
    (FIRST, re.compile(rf"({_CN}){_END}(?![{CHINESE}]+、)")),
    (SECOND, re.compile(rf"（({_CN})）{_END}?")),
    (THIRD, re.compile(r"(\d{1,3})[、.．](?!\d)")),
    (FOURTH, re.compile(r"（(\d{1,3})）")),
)
SHOWN = {FIRST: "{}、", SECOND: "（{}）", THIRD: "{}.", FOURTH: "（{}）"}
SHOWN |= {CHAPTER: "第{}章", SECTION: "第{}节", ARTICLE: "第{}条"}


@dataclass(frozen=True)
class Mark:
    """A mark: how deep it stands in the order of the outline, its number, and the sign as written."""

    rank: int
    number: int
    written: str

    def with_number(self, number: int) -> str:
        """The mark of this rank for another number."""
        return SHOWN[self.rank].format(number if self.rank in {THIRD, FOURTH} else in_chinese(number))


def find_mark(text: str, start: int = 0) -> Mark | None:
    """The mark at a place of a text; None when there is none.

    >>> find_mark("（二）居家式").number
    2
    >>> find_mark("1.5万元") is None
    True
    """
    for rank, pattern in PATTERNS:
        match = pattern.match(text, start)
        value = int(number(match[1]) or 0) if match else 0
        if match and value:
            return Mark(rank, value, match[0].strip())
    return None
