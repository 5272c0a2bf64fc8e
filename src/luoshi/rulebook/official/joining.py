"""Joins the broken lines of an official text into paragraphs."""

from __future__ import annotations

from itertools import pairwise

from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.official.lines import Line
from luoshi.rulebook.official.marks import find_mark

LONGEST_WRAPPED = 60
SHORTEST_WRAPPED = 16
ENDINGS = "。！？；：!?;:"
_OPEN_END = "，、,（《“〔"
_CLOSED_START = "，。；、,）》”〕%"


def join(lines: list[Line], findings: Findings) -> list[Line]:
    """Paragraphs: a line goes on in the next when it is full, or when one of the two shows that it is a piece."""
    width = max((len(line.text) for line in lines), default=0)
    full = width * 4 // 5 if width <= LONGEST_WRAPPED else 0
    paragraphs: list[list[Line]] = []
    for line in lines:
        if paragraphs and _goes_on(paragraphs[-1][-1].text, line, full):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    broken = [paragraph for paragraph in paragraphs if len(paragraph) > 1]
    if broken:
        count = sum(len(paragraph) - 1 for paragraph in broken)
        findings.add("TEXT-013", broken[0][0].at.where(), count=count)
    return [_joined(paragraph) for paragraph in paragraphs]


def _joined(paragraph: list[Line]) -> Line:
    gaps = [_gap(before.text, after.text) for before, after in pairwise(paragraph)]
    texts = [line.text for line in paragraph]
    return paragraph[0].saying("".join(gap + text for gap, text in zip(["", *gaps], texts, strict=True)))


def _goes_on(last: str, line: Line, full: int) -> bool:
    if find_mark(line.text):
        return False
    if last[-1] in _OPEN_END or line.text[0] in _CLOSED_START:
        return True
    return bool(full) and not line.apart and len(last) >= max(full, SHORTEST_WRAPPED) and last[-1] not in ENDINGS


def _gap(before: str, after: str) -> str:
    return " " if before[-1].isascii() and before[-1].isalpha() and after[0].isascii() and after[0].isalpha() else ""
