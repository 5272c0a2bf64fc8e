"""Divides an official text into its documents: a notice that prints others, and those it prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.official.pieces import Piece
from luoshi.rulebook.official.titles import is_attachment, is_number, title_at


@dataclass
class Part:
    """One document: what stands above its text, and its text."""

    title: str = ""
    number: list[Piece] = field(default_factory=list)
    body: list[Piece] = field(default_factory=list)


def divide(pieces: Sequence[Piece], findings: Findings) -> list[Part]:
    """The documents of a text, in order."""
    parts: list[Part] = []
    nexts = _next_numbers(pieces)
    start = 0
    while start < len(pieces) or not parts:
        part = Part()
        start = _head(pieces, start, part, findings)
        end = next((place for place in range(start, len(pieces)) if _begins(pieces, place, nexts)), len(pieces))
        part.body = list(pieces[start:end])
        parts.append(part)
        start = end
    return parts


def _head(pieces: Sequence[Piece], start: int, part: Part, findings: Findings) -> int:
    """Read number and title, repeated ones included; the place of what follows."""
    while start < len(pieces):
        piece = pieces[start]
        title, count = title_at(pieces, start)
        if is_number(piece.line.text):
            part.number.append(piece)
            count = 1
        elif title and title == part.title:
            findings.add("TEXT-014", piece.line.at.where(), seen=title[:40])
        elif title and not part.title:
            part.title = title
        elif not is_attachment(piece.line.text):
            return start
        start += max(count, 1)
    return start


def _begins(pieces: Sequence[Piece], place: int, nexts: Sequence[int]) -> bool:
    """Whether another document begins: a title stands alone, and the numbering after it starts anew."""
    if is_attachment(pieces[place].line.text):
        return bool(title_at(pieces, place + 1)[1]) and nexts[place] in {0, 1}
    return nexts[place] in {0, 1} and bool(title_at(pieces, place)[1])


def _next_numbers(pieces: Sequence[Piece]) -> list[int]:
    """For each piece the number of the next mark after it; 0 where none follows."""
    found, number = [], 0
    for piece in reversed(pieces):
        number = piece.mark.number if piece.mark else number
        found.append(number)
    return found[::-1]
