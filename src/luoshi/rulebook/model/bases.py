"""What every kind of block is made of: texts in both languages, a place in the document, named conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.rulebook.model.nodes import Node


@dataclass(frozen=True)
class Bilingual:
    """A text in Chinese and English."""

    zh: str
    en: str

    def say(self, lang: str) -> str:
        """The text in `zh` or `en`."""
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True)
class Place:
    """Where a block stands: pack file, line (from 1) and clause."""

    file: str
    line: int
    clause: str


@dataclass(frozen=True)
class Block:
    """Anything with an id, a title and a clause."""

    id: str
    title: Bilingual
    place: Place

    @property
    def clause(self) -> str:
        """The clause the block stands under, such as 1/5/1/1."""
        return self.place.clause

    def expressions(self) -> Iterator[Node]:
        """The expressions the block holds, in the order they are written."""
        yield from ()


def given(*nodes: Node | None) -> Iterator[Node]:
    """The nodes that are there."""
    return (node for node in nodes if node is not None)


@dataclass(frozen=True)
class Condition:
    """A named test of a measure, award or limit."""

    name: str
    test: Node
    title: Bilingual | None
    assumes: tuple[str, ...]
    line: int
