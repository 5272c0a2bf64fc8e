"""Nests the pieces of a document: headings below headings, text below its heading, and what stands outside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.official.lines import Line
from luoshi.rulebook.official.marks import THIRD, Mark
from luoshi.rulebook.official.outline import Heading, all_below
from luoshi.rulebook.official.pieces import PUNCTUATION, Piece
from luoshi.rulebook.official.titles import DAY

LONGEST_NAME = 40
NO_RANK = 99
_INTERPRETS = re.compile(r"本.{0,12}由.{2,60}负责解释.*|由.{2,60}负责解释。?")
_TAKES_EFFECT = re.compile(r"本.{0,12}自.{2,30}(施行|实施|执行|试行|生效).*")
_RESPONSIBLE = re.compile(r"(责任|牵头|配合|完成)(部门|单位|时限|人)|（责任")
_LIST_OF_ATTACHMENTS = re.compile(r"附件[:：]")


@dataclass
class Nested:
    """A document in its order: what opens it, its headings, and the unnumbered clauses at its end."""

    opening: list[Line] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    tail: dict[str, list[Line]] = field(default_factory=dict)


class _Nesting:
    """Puts one piece after another in its place."""

    def __init__(self, findings: Findings) -> None:
        self.nested, self.findings = Nested(), findings
        self._open: list[Heading] = []
        self._tail = ""
        self._second = NO_RANK

    def put(self, piece: Piece, following: Sequence[Piece]) -> None:
        mark = piece.mark
        if mark is None:
            self._unmarked(piece, following)
            return
        if self._again(mark, following):
            self.findings.add("TEXT-018", piece.line.at.where(), seen=mark.written)
            self._second = mark.rank
        if mark.rank >= self._second or self._is_attachment(mark):
            self._text(piece.line.saying(mark.written + piece.line.text))
        else:
            self._heading(Heading(mark, piece.line))

    def _is_attachment(self, mark: Mark) -> bool:
        texts = self._texts()
        return mark.rank == THIRD and bool(texts) and bool(_LIST_OF_ATTACHMENTS.match(texts[-1].text))

    def _again(self, mark: Mark, following: Sequence[Piece]) -> bool:
        """Whether a second list begins among the items of a clause that has one already."""
        above = [heading.mark for heading in self._open if heading.mark.rank == mark.rank]
        if mark.number != 1 or not above or above[0].number == 1 or self._second != NO_RANK:
            return False
        after = next((other.mark for other in following if other.mark and other.mark.rank <= mark.rank), None)
        return after is not None and (after.rank, after.number) == (mark.rank, 2)

    def _heading(self, heading: Heading) -> None:
        self._tail, self._second = "", NO_RANK
        while self._open and self._open[-1].mark.rank >= heading.mark.rank:
            self._open.pop()
        (self._open[-1].below if self._open else self.nested.headings).append(heading)
        self._open.append(heading)

    def _unmarked(self, piece: Piece, following: Sequence[Piece]) -> None:
        text = piece.line.text
        if self._open and not self._tail and _is_bare(self._open[-1]):
            pass  # the only text below a heading belongs to it, whatever it says
        elif _INTERPRETS.fullmatch(text):
            self._tail = "interpretation"
        elif _TAKES_EFFECT.fullmatch(text):
            self._tail = self._tail or "supplementary"
        elif DAY.fullmatch(text) or self._signs(piece, following):
            self._tail = "signature"
        self._text(piece.line)

    def _signs(self, piece: Piece, following: Sequence[Piece]) -> bool:
        """Whether a line is the name above the date."""
        text, after = piece.line.text, following[0].line.text if following else ""
        return len(text) <= LONGEST_NAME and not PUNCTUATION.search(text) and bool(DAY.fullmatch(after))

    def _texts(self) -> list[Line]:
        if self._tail:
            return self.nested.tail.setdefault(self._tail, [])
        return self._open[-1].texts if self._open else self.nested.opening

    def _text(self, line: Line) -> None:
        self._texts().append(line)


def nest(pieces: Sequence[Piece], findings: Findings) -> Nested:
    """The pieces of one document in their order."""
    nesting = _Nesting(findings)
    for place, piece in enumerate(pieces):
        nesting.put(piece, pieces[place + 1 : place + 60])
    _find_closings(nesting.nested.headings)
    return nesting.nested


def _is_bare(heading: Heading) -> bool:
    """Whether nothing stands below a heading yet."""
    return not heading.texts and not PUNCTUATION.search(heading.line.text)


def _find_closings(headings: list[Heading]) -> None:
    """What follows the last of several items, none of which has text below it, closes the clause above them."""
    for heading in all_below(headings):
        items = heading.below
        if len(items) < 2 or any(item.texts or item.below for item in items[:-1]) or items[-1].below:
            continue
        last = items[-1]
        if PUNCTUATION.search(last.line.text) and not any(_RESPONSIBLE.match(line.text) for line in last.texts):
            heading.closing, last.texts = last.texts, []
