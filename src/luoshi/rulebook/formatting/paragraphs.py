"""Paragraphs of paraphrase on lines of at most 120 columns. Chinese stays whole: a line break would show as a space."""

from __future__ import annotations

import re

from luoshi.rulebook.formatting.width import WIDTH, filled, is_wide

_MARKS_MORE = re.compile(r"\s{4}|\t|\s*([-+*]\s|\d{1,9}[.)]\s|[>|<]|[=-]+\s*$|[`~]{3})|.*(\\(\s|$)|\s\s$)")
"""Lines of lists, tables, quotes, comments and hard breaks: their line breaks mean something."""
_WOULD_MARK = re.compile(r"#{1,6}|[+*]|=+|-+|\d{1,9}[.)]|([>|<]|`{3}|~{3}).*")
_SPACE = re.compile(r"[ \t]+")


def flowed(paragraph: str) -> str:
    """A paragraph with its words on lines as wide as fits; one that is more than running text stays as it is.

    >>> flowed("one\\ntwo"), flowed("- one\\n- two"), flowed("车\\n间")
    ('one two', '- one\\n- two', '车间')
    """
    lines = paragraph.split("\n")
    if any(_MARKS_MORE.match(line) for line in lines):
        return paragraph
    return "\n".join(filled(words(paragraph), WIDTH, lambda word: not _WOULD_MARK.fullmatch(word)))


def words(paragraph: str) -> list[str]:
    """The words of a paragraph, wherever its lines end."""
    return [word for word in _SPACE.split(_joined(paragraph.split("\n"))) if word]


def _joined(lines: list[str]) -> str:
    """The lines as one. Between two Chinese characters a line break is nothing, elsewhere a space."""
    text = ""
    for line in (line.strip(" \t") for line in lines):
        is_chinese = text and line and is_wide(text[-1]) and is_wide(line[0])
        text += line if is_chinese or not text else f" {line}"
    return text
