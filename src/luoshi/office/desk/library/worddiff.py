"""Two texts side by side, with the words that differ marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"[A-Za-z]+|[0-9][0-9,.]*%?|\s+|.", re.DOTALL)
"""Chinese is compared sign by sign, other writing word by word, numbers whole."""
MOST_PAIRS = 4_000_000
"""Longer texts are not compared word by word: it would take longer than somebody waits for a page."""


@dataclass(frozen=True)
class Span:
    """A part of a text, and whether the other text has it otherwise."""

    text: str
    differs: bool


@dataclass(frozen=True)
class Sides:
    """A text before and after, cut into spans."""

    before: tuple[Span, ...]
    after: tuple[Span, ...]


def sides(before: str, after: str) -> Sides:
    """Both texts with what differs marked.

    >>> [span.text for span in sides("每人补助300元", "每人补助500元").after if span.differs]
    ['500']
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    if before == after:
        return Sides(_joined([(before, False)]), _joined([(after, False)]))
    if not before or not after or len(old) * len(new) > MOST_PAIRS:
        return Sides(_joined([(before, True)]), _joined([(after, True)]))
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return Sides(
        _joined(("".join(old[a:b]), kind != "equal") for kind, a, b, _, _ in codes),
        _joined(("".join(new[a:b]), kind != "equal") for kind, _, _, a, b in codes),
    )


def _joined(parts: Iterable[tuple[str, bool]]) -> tuple[Span, ...]:
    return tuple(_spans(parts))


def _spans(parts: Iterable[tuple[str, bool]]) -> Iterator[Span]:
    return (Span(text, differs) for text, differs in parts if text)
