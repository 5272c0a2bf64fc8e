"""Clause ids as people cite them: 1/5/1/1 is 五（一）1 of document 1."""

from __future__ import annotations

from luoshi.rulebook.official.numerals import in_chinese

PARAGRAPH = "p"
"""Begins the part of an id that counts a paragraph without a numeral, such as p2."""


def number(clause: str, lang: str) -> str:
    """The numerals of a clause without its document; empty for a part that is named and not numbered.

    >>> number("1/5/1/1", "zh"), number("1/5/1/1", "en"), number("2/5/p2", "zh"), number("1/preface", "zh")
    ('五（一）1', '5(1)1', '五第2段', '')
    """
    parts = clause.split("/")[1:]
    return "".join(_part(part, depth, lang) for depth, part in enumerate(parts))


def anchor(clause: str) -> str:
    """The name by which a page is scrolled to a clause.

    >>> anchor("1/5/1/1")
    'c-5-1-1'
    """
    return "-".join(["c", *clause.split("/")[1:]])


def document(clause: str) -> str:
    """The number of the document that a clause stands in."""
    return clause.partition("/")[0]


def depth(clause: str) -> int:
    """How far below the title of its document a clause stands."""
    return clause.count("/")


def _part(part: str, level: int, lang: str) -> str:
    if part[:1] == PARAGRAPH and part[1:].isdecimal():
        return f"第{part[1:]}段" if lang == "zh" else f" para. {part[1:]}"
    if not part.isdecimal():
        return ""
    in_brackets = level % 2 == 1
    if lang == "en":
        return f"({part})" if in_brackets else part
    written = in_chinese(int(part)) if level < 2 else part
    return f"（{written}）" if in_brackets else written
