"""Texts of cells without what only looks: width of digits and letters, odd blanks, blanks that pad a name."""

from __future__ import annotations

import re
import unicodedata

_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F) if chr(wide - 0xFEE0).isalnum()}
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD])
_PADDED = re.compile(r"([\u3400-\u9fff]) ([\u3400-\u9fff])")


def clean(text: str) -> str:
    """The text as it is kept. Punctuation keeps its width; a name padded to three signs loses its blank.

    >>> clean(" ２０２０年\u3000第１批 "), clean("张\u3000三"), clean("县（市、区）")
    ('2020年 第1批', '张三', '县（市、区）')
    """
    text = " ".join(text.translate(_WIDE).translate(_INVISIBLE).split())
    padded = _PADDED.fullmatch(text)
    return padded[1] + padded[2] if padded else text


def plain(text: str) -> str:
    """The text in normal width and small letters, without blanks: for numbers, dates and truths.

    >>> plain("１２，０００ 元")
    '12,000元'
    """
    return "".join(unicodedata.normalize("NFKC", text).translate(_INVISIBLE).casefold().split())
