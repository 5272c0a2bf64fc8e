"""Titles of official documents: what they end in, and the lines over which they are broken."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luoshi.rulebook.official.pieces import Piece

MOST_LINES = 4
LONGEST, SHORTEST = 120, 6
_NOTE = r"(（[^（）]{1,12}）)*"
_KINDS = (
    "意见|办法|方案|细则|规定|通知|公告|通告|决定|规划|计划|条例|章程|"
    "规程|规则|措施|指南|标准|制度|要点|纲要|批复|预案|清单|政策"
)
_WHOLE = re.compile(rf".*({_KINDS}){_NOTE}")
_ONLY_NOTE = re.compile(r"（[^（）]{1,12}）")
_NUMBERED = re.compile(r"[\u4e00-\u9fff]{0,14}〔\d{4}〕\d{1,5}号")
_SENTENCE = re.compile(r"[。；！？]|[:：]$")
DAY = re.compile(
    r"（?(\d{4}|[〇零○一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日）?"
)
_ATTACHMENT = re.compile(r"附件\s*\d{0,2}[:：]?|附[:：]?")


def is_number(text: str) -> bool:
    """Whether a line holds a document number and nothing else."""
    return _NUMBERED.fullmatch(text) is not None


def _is_above(text: str) -> bool:
    """Whether a line stands above a title and is no part of it."""
    return is_number(text) or is_attachment(text) or DAY.fullmatch(text) is not None


def is_attachment(text: str) -> bool:
    """Whether a line only says that an attachment begins."""
    return _ATTACHMENT.fullmatch(text) is not None


def title_at(pieces: Sequence[Piece], start: int) -> tuple[str, int]:
    """The title that begins with a piece, and over how many pieces it is broken; ("", 0) when there is none."""
    text, best = "", ("", 0)
    for count, piece in enumerate(pieces[start : start + MOST_LINES + 1], 1):
        line = piece.line.text
        if piece.mark or len(text) + len(line) > LONGEST or _SENTENCE.search(line) or _is_above(line):
            break
        if best[1] and not _ONLY_NOTE.fullmatch(line):
            break
        text += line
        if _WHOLE.fullmatch(bare(text)) and len(text) >= SHORTEST:
            best = (bare(text), count)
    return best


def bare(text: str) -> str:
    """A title without the document number before it and the brackets around it.

    >>> bare("某政发〔2018〕3号《关于某事的通知》")
    '关于某事的通知'
    """
    match = _NUMBERED.match(text)
    rest = text[match.end() :] if match else text
    return rest[1:-1] if rest.startswith("《") and rest.endswith("》") and "《" not in rest[1:] else rest
