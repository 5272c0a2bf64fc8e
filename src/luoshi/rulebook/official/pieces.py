"""Cuts paragraphs at the marks of headings and items, also where several stand in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.official.lines import Line
from luoshi.rulebook.official.marks import ARTICLE, FOURTH, SECOND, Mark, find_mark

PUNCTUATION = re.compile(r"[。！？；：，,;:!?]")
LONGEST_HEADING = 40
_AFTER_SENTENCE = re.compile(r"[。；：！;:]")
_IN_HEADING = re.compile(r"[（\d]")


@dataclass(frozen=True)
class Piece:
    """A paragraph, or the part of one that begins with a mark. `line.text` is what follows the mark."""

    mark: Mark | None
    line: Line

    @property
    def alone(self) -> bool:
        """Whether it reads like a heading: short, and no sentence."""
        return len(self.line.text) <= LONGEST_HEADING and not PUNCTUATION.search(self.line.text)

    def marked(self, mark: Mark) -> Piece:
        """The same piece under another mark."""
        return replace(self, mark=mark)


def cut(lines: list[Line], findings: Findings) -> list[Piece]:
    """The pieces of all paragraphs. Articles are marks only where the text counts them from one."""
    found = [piece for line in lines for piece in _pieces(line, findings)]
    articles = {piece.mark.number for piece in found if piece.mark and piece.mark.rank == ARTICLE}
    return found if {1, 2} <= articles else [_without_article(piece) for piece in found]


def _without_article(piece: Piece) -> Piece:
    if piece.mark is None or piece.mark.rank != ARTICLE:
        return piece
    return Piece(None, piece.line.saying(piece.mark.written + piece.line.text))


def _pieces(line: Line, findings: Findings) -> Iterator[Piece]:
    places = [0, *_run_on(line.text)]
    for start, end in zip(places, [*places[1:], len(line.text)], strict=True):
        text = line.text[start:end]
        mark = find_mark(text)
        yield Piece(mark, line.saying(text[len(mark.written) :].strip() if mark else text))
        if start and mark:
            findings.add("TEXT-015", line.at.where(), seen=mark.written)


def _run_on(text: str) -> list[int]:
    """Where further items begin inside a paragraph: the next number of a mark, or a list that begins with one."""
    first = find_mark(text)
    found = [(match.end(), find_mark(text, match.end())) for match in _AFTER_SENTENCE.finditer(text)]
    marks = [(place, mark) for place, mark in found if mark]
    merged = _merged(text, first) if first else []
    wanted = {first.rank: first.number + 1} if first else {}
    last_of = {(mark.rank, mark.number): place for place, mark in marks}
    places = []
    for place, mark in merged + marks:
        begins = mark.number == 1 and ((place, mark) in merged or last_of.get((mark.rank, 2), 0) > place)
        if wanted.get(mark.rank) == mark.number or begins:
            wanted = {rank: number for rank, number in wanted.items() if rank < mark.rank}
            wanted[mark.rank] = mark.number + 1
            places.append(place)
    return places


def _merged(text: str, first: Mark) -> list[tuple[int, Mark]]:
    """The first sub-heading that runs on in the line of its heading."""
    start = len(first.written)
    for match in _IN_HEADING.finditer(text, start + 2, start + LONGEST_HEADING // 2):
        inner = find_mark(text, match.start())
        if inner and inner.number == 1 and max(first.rank + 1, SECOND) <= inner.rank <= FOURTH:
            plain = not PUNCTUATION.search(text[start : match.start()])
            return [(match.start(), Mark(inner.rank, 1, inner.written))] if plain else []
    return []
