"""Letters read back: the words of a Word file and of a PDF, and hostile Word files."""

import io
import re
import zipfile
from collections.abc import Mapping

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from pypdf import PdfReader

from luoshi.office.letters.kinds import Kind
from luoshi.office.letters.word import default_template


def plain(text: str) -> str:
    """Without the spaces and lines that setting brings."""
    return re.sub(r"[\s\x00]+", "", text)


def words_of_pdf(content: bytes) -> str:
    return plain("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def words_of_word(content: bytes) -> str:
    """Heads, feet, paragraphs and tables in order."""
    file = Document(io.BytesIO(content))
    section, found = file.sections[0], []
    for edge in (section.first_page_header, section.first_page_footer):
        found += [line.text for line in edge.paragraphs]
    for block in file.iter_inner_content():
        if isinstance(block, Table):
            found += [one.text or "" for one in block._tbl.iter(qn("w:t"))]
        else:
            found.append(block.text)
    return plain("".join(found))


def with_parts(content: bytes, parts: Mapping[str, bytes | str]) -> bytes:
    """A Word file with some parts put in place of its own, or beside them."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            if name not in parts:
                after.writestr(name, before.read(name))
        for name, part in parts.items():
            after.writestr(name, part)
    return made.getvalue()


def part_of(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def saying(*lines: str) -> bytes:
    """A Word file of these paragraphs."""
    file = Document()
    for line in lines:
        file.add_paragraph(line)
    kept = io.BytesIO()
    file.save(kept)
    return kept.getvalue()


def changed(kind: Kind, before: str, after: str) -> bytes:
    """The default template with some of its document changed."""
    content = default_template(kind)
    document = part_of(content, "word/document.xml")
    assert before in document
    return with_parts(content, {"word/document.xml": document.replace(before, after)})
