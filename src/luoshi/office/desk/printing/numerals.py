"""Numerals of clauses as official papers write them: 一、（一）1.（1）."""

from __future__ import annotations

from luoshi.office.desk import numbering
from luoshi.rulebook.official.numerals import in_chinese

DEEPEST = 4


def heading_of(clause: str, title: str, lang: str) -> str:
    """A heading with the numeral of its level; a part that is named and not numbered stands without one.

    >>> [heading_of(clause, "x", "zh") for clause in ("1/5", "1/5/2", "1/5/2/3", "1/5/2/3/4", "1/preface")]
    ['五、x', '（二）x', '3.x', '（4）x', 'x']
    """
    last = clause.rpartition("/")[2]
    if not last.isdecimal():
        return title
    level = level_of(clause)
    if lang == "en":
        return f"({last}) {title}" if level % 2 == 0 else f"{last}. {title}"
    written = in_chinese(int(last)) if level <= 2 else last
    return {1: f"{written}、", 2: f"（{written}）", 3: f"{written}."}.get(level, f"（{written}）") + title


def level_of(clause: str) -> int:
    """The level of a clause's heading, 1 to 4."""
    return min(max(numbering.depth(clause), 1), DEEPEST)
