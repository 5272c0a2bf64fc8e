"""Headings of official documents: their numerals and titles."""

from __future__ import annotations

import re

from luoshi.rulebook.model.bases import Bilingual

WORDS = {
    "前言": "preface",
    "首段": "opening",
    "责任": "responsible",
    "末段": "closing",
    "解释": "interpretation",
    "附则": "supplementary",
    "页头": "header",
    "文号": "number",
    "通知": "notice",
    "落款": "signature",
}
_PARAGRAPH = re.compile(r"段(?P<number>[1-9]\d?)\s+(?P<rest>.*)")
"""A paragraph without a numeral of its own, cited by its place among those of its clause."""
_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0}
_NUMERAL = re.compile(
    r"(?P<open>[（(])?(?P<numeral>[〇零一二三四五六七八九十]+|\d+)(?(open)[）)]|[、.．])\s*(?P<rest>.*)"
)


def heading_id(text: str) -> tuple[str, str] | None:
    """The id part of a heading and the rest of it; None when it has neither a numeral nor a known word.

    >>> heading_id("（一）财政奖补政策 · Fiscal grants")
    ('1', '财政奖补政策 · Fiscal grants')
    >>> heading_id("前言 · Preface")
    ('preface', '前言 · Preface')
    >>> heading_id("段2 选聘、期限和补贴 · Selection")
    ('p2', '选聘、期限和补贴 · Selection')
    """
    match = _NUMERAL.fullmatch(text.strip())
    if match:
        return str(chinese_number(match["numeral"])), match["rest"]
    if paragraph := _PARAGRAPH.fullmatch(text.strip()):
        return f"p{paragraph['number']}", paragraph["rest"]
    for word, part in WORDS.items():
        if text.strip().startswith(word):
            return part, text.strip()
    return None


def chinese_number(numeral: str) -> int:
    """A numeral below one hundred, in Chinese or ASCII digits.

    >>> [chinese_number(n) for n in ("一", "十", "十二", "二十三", "7")]
    [1, 10, 12, 23, 7]
    """
    if numeral.isascii():
        return int(numeral[:6])
    tens, mark, ones = numeral.rpartition("十")
    if not mark:
        return int("".join(str(_DIGITS[digit]) for digit in numeral[:6]))
    return (_DIGITS[tens[-1]] if tens and tens[-1] in _DIGITS else 1) * 10 + (_DIGITS[ones[0]] if ones else 0)


def bilingual(title: str) -> Bilingual:
    """A title written as `Chinese · English`; one language stands for both when the other is missing."""
    zh, mark, en = title.partition(" · ")
    return Bilingual(zh.strip(), en.strip() if mark else zh.strip())
