"""A paper as plain data: what stands on it, in order, whatever it is set with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading; `level` 1 to 4, its numeral is part of the text."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. `name` begins it and stands out."""

    text: str
    name: str = ""


@dataclass(frozen=True)
class Table:
    """A table; the first column names the rows, and the last `numbers` columns stand to the right."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: int = 0


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Paper:
    """A whole paper: title and the line below it, blocks, by whom and of which day it is, where it comes from."""

    title: str
    below: str
    blocks: tuple[Block, ...]
    office: str
    day: str
    receipt: tuple[str, ...]
    lang: str
