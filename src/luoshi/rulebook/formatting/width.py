"""How wide text is when it is shown, and words put on lines of at most that width."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from unicodedata import east_asian_width

WIDTH = 120
"""The columns of a line, as everywhere in the project."""


def is_wide(sign: str) -> bool:
    """Whether a sign takes two columns, as Chinese characters and their punctuation do."""
    return east_asian_width(sign) in "WF"


def shown_width(text: str) -> int:
    """The columns a text takes on a screen.

    >>> shown_width("车间 · workshop")
    15
    """
    return len(text) + sum(map(is_wide, text))


def filled(words: Iterable[str], width: int, may_begin: Callable[[str], bool] = lambda _word: True) -> list[str]:
    """Words on lines as wide as fits. A word is never broken, and one that may not begin a line does not.

    >>> filled(["one", "two", "#", "three"], 7, lambda word: word != "#")
    ['one two #', 'three']
    """
    lines: list[list[str]] = []
    for word in words:
        if lines and not may_begin(word):
            lines[-1].append(word)
        elif lines and shown_width(" ".join([*lines[-1], word])) <= width:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [" ".join(line) for line in lines]
