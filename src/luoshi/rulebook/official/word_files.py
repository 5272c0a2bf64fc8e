"""Official texts in Word files: the paragraphs with the numerals that Word counts, and the cells of tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZipFile, ZipInfo

from docx import Document

from luoshi.rulebook.model.findings import Findings, Where
from luoshi.rulebook.official.lines import Line, Position
from luoshi.rulebook.official.word_numerals import Numerals

MOST_PARTS = 2_000
MOST_UNPACKED = 60_000_000
MOST_XML = 6_000_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARKS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
# Text that was struck out, or that stands a second time for old programs.
NOT_READ = {W + "del", W + "moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}


def word_lines(content: bytes, file: str, findings: Findings) -> list[Line]:
    """The lines of every paragraph of the body; each paragraph stands apart."""
    where = Where(file)
    try:
        parts = ZipFile(BytesIO(content)).infolist()
        if not _is_bomb(parts):
            return list(_lines(content, file))
        findings.add("TEXT-028", where, parts=len(parts), size=sum(part.file_size for part in parts))
    except Exception as problem:  # noqa: BLE001 - a damaged file may raise anything inside the libraries
        findings.add("TEXT-005", where, problem=f"{type(problem).__name__}: {problem}"[:120])
    return []


def _is_bomb(parts: Sequence[ZipInfo]) -> bool:
    """Whether an archive is not to be unpacked. No more is unpacked of a part than the size it states."""
    texts = [part.file_size for part in parts if part.filename.lower().endswith((".xml", ".rels"))]
    whole = sum(part.file_size for part in parts)
    return len(parts) > MOST_PARTS or whole > MOST_UNPACKED or max(texts, default=0) > MOST_XML


def _lines(content: bytes, file: str) -> Iterator[Line]:
    document = Document(BytesIO(content))
    numerals = Numerals(document)
    for number, paragraph in enumerate(_paragraphs(document.element.body), 1):
        text = numerals.of(paragraph) + "".join(_texts(paragraph))
        for index, line in enumerate(text.split("\n")):
            if line.strip():
                yield Line(line, Position(file, number), apart=index == 0)


def _paragraphs(element: Any) -> Iterator[Any]:
    """Every paragraph below an element: of the body, of cells, of text boxes."""
    for child in element:
        if child.tag == W + "p":
            yield child
        if child.tag not in NOT_READ:
            yield from _paragraphs(child)


def _texts(element: Any) -> Iterator[str]:
    """The text of a paragraph, without struck-out text and without paragraphs inside it."""
    for child in element:
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag in MARKS:
            yield MARKS[child.tag]
        elif child.tag not in NOT_READ and child.tag != W + "p":
            yield from _texts(child)
