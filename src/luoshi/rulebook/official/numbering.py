"""Numbers headings: what real copies lose, repeat or miscount is repaired and told."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.official.marks import ARTICLE, CHAPTER, FIRST, SECOND, Mark
from luoshi.rulebook.official.outline import Heading
from luoshi.rulebook.official.pieces import Piece

MAY_LOSE_ITS_MARK = (CHAPTER, FIRST, SECOND)


def find_lost_marks(pieces: Sequence[Piece], findings: Findings) -> list[Piece]:
    """The pieces, with a mark where one number is left out and a heading without a mark stands in between."""
    found = list(pieces)
    last: dict[int, tuple[int, int]] = {}
    for place, piece in enumerate(pieces):
        if piece.mark is None:
            continue
        rank, number = piece.mark.rank, piece.mark.number
        before, since = last.get(rank, (0, -1))
        if rank in MAY_LOSE_ITS_MARK and number == before + 2:
            _mark(found, range(since + 1, place), piece.mark, findings)
        last = {other: seen for other, seen in last.items() if other < rank}
        last[rank] = (number, place)
    return found


def _mark(pieces: list[Piece], places: range, after: Mark, findings: Findings) -> None:
    lone = [place for place in places if pieces[place].mark is None and pieces[place].alone]
    lone = [place for place in lone if place + 1 < len(pieces) and not pieces[place + 1].alone] or lone
    if not lone:
        return
    piece, written = pieces[lone[-1]], after.with_number(after.number - 1)
    findings.add("TEXT-016", piece.line.at.where(), seen=piece.line.text, expected=written)
    pieces[lone[-1]] = piece.marked(Mark(after.rank, after.number - 1, written))


class Numbering:
    """Numbers the headings of one document; articles are counted through all chapters."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self._article = 0

    def numbers(self, headings: Sequence[Heading]) -> list[int]:
        """The numbers of headings that stand side by side: as written, unless that leaves no order."""
        articles = bool(headings) and headings[0].mark.rank == ARTICLE
        start = self._article if articles else 0
        seen = [heading.mark.number for heading in headings]
        counted = list(range(start + 1, start + len(seen) + 1))
        numbers = counted if seen and seen[-1] == counted[-1] else _in_order(seen, start)
        for heading, number in zip(headings, numbers, strict=True):
            self._tell(heading, number, start)
            start = number
        self._article = numbers[-1] if articles else self._article
        return numbers

    def _tell(self, heading: Heading, number: int, last: int) -> None:
        mark, where = heading.mark, heading.line.at.where()
        if number != mark.number:
            self.findings.add("TEXT-017", where, seen=mark.written, expected=mark.with_number(number))
        elif number > last + 1:
            self.findings.add("TEXT-019", where, seen=mark.written, expected=mark.with_number(last + 1))


def _in_order(seen: Sequence[int], start: int) -> list[int]:
    numbers: list[int] = []
    for number in seen:
        last = numbers[-1] if numbers else start
        numbers.append(number if number > last else last + 1)
    return numbers
