"""What a Word file says, in order: for whoever wants to see it without opening Word."""

from __future__ import annotations

import io
from dataclasses import dataclass

from docx import Document
from docx.table import Table, _Row


@dataclass(frozen=True)
class Said:
    """A paragraph, or the rows of a table."""

    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def said_in(word: bytes) -> list[Said]:
    """Heads of the page, paragraphs and tables of a Word file; empty paragraphs are left out."""
    file = Document(io.BytesIO(word))
    section = file.sections[0]
    heads = {line.text for head in (section.first_page_header, section.header) for line in head.paragraphs}
    found = [Said(text) for text in sorted(heads) if text.strip()]
    for block in file.iter_inner_content():
        if isinstance(block, Table):
            found.append(Said(rows=tuple(_cells(row) for row in block.rows)))
        elif block.text.strip():
            found.append(Said(block.text))
    return found


def _cells(row: _Row) -> tuple[str, ...]:
    """The texts of a row; a cell that reaches over several columns is said once."""
    found: list[object] = []
    texts: list[str] = []
    for cell in row.cells:
        if cell._tc not in found:
            found.append(cell._tc)
            texts.append(cell.text)
    return tuple(texts)
