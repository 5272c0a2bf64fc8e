"""Official texts in PDF files, line by line and page by page. A scanned page holds no text."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader, apply_configuration

from luoshi.rulebook.model.findings import Findings, Where
from luoshi.rulebook.official.lines import MOST_CHARACTERS, Line, Position

MOST_PAGES = 200
MOST_UNPACKED = 4_000_000
MOST_STEPS = 60_000
# What one page may cost: bytes unpacked, steps of drawing, forms within forms. No program is called for pictures.
LIMITS: dict[str, Any] = {
    "zlib_maximum_output_length": MOST_UNPACKED,
    "lzw_maximum_output_length": MOST_UNPACKED,
    "run_length_maximum_output_length": MOST_UNPACKED,
    "brotli_maximum_output_length": MOST_UNPACKED,
    "array_based_stream_maximum_output_length": MOST_UNPACKED,
    "stream_decoding_work_maximum_length": 2 * MOST_UNPACKED,
    "stream_parsing_work_maximum_count": MOST_STEPS,
    "xform_maximum_invocations_per_extraction": 50,
    "page_tree_maximum_entries": 5_000,
    "page_tree_maximum_page_entries": 50_000,
    "jbig2dec_binary": None,
}
MOST_STEPS_IN_ALL = 1_500_000
STEPS_OF_A_FORM = 4_000
BYTES_OF_A_STEP = 5
logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what it would print is told as a finding


class _TooMuch(Exception):
    """The drawing of the pages takes more steps than any official text."""


class _Steps:
    """Counts the steps of drawing over all pages; what is drawn again and again costs more than one."""

    def __init__(self) -> None:
        self.left = MOST_STEPS_IN_ALL

    def __call__(self, operator: bytes, *_drawing: object) -> None:
        self.spend(STEPS_OF_A_FORM if operator == b"Do" else 1)

    def spend(self, steps: int) -> None:
        """Stop when nothing is left. The library passes over what is raised inside a form, so this is asked again."""
        self.left -= steps
        if self.left < 0:
            raise _TooMuch


def pdf_lines(content: bytes, file: str, findings: Findings) -> list[Line]:
    """The lines of every page, in the order in which they were drawn."""
    try:
        with apply_configuration(**LIMITS):
            return _lines(PdfReader(BytesIO(content)), file, findings)
    except _TooMuch:
        findings.add("TEXT-027", Where(file))
    except Exception as problem:  # noqa: BLE001 - a damaged file may raise anything inside the library
        findings.add("TEXT-005", Where(file), problem=f"{type(problem).__name__}: {problem}"[:120])
    return []


def _lines(reader: PdfReader, file: str, findings: Findings) -> list[Line]:
    if len(reader.pages) > MOST_PAGES:
        findings.add("TEXT-008", Where(file), pages=len(reader.pages), most=MOST_PAGES)
        return []
    found: list[Line] = []
    steps, size = _Steps(), 0
    for number, page in enumerate(reader.pages, 1):
        texts = _page(page, steps)
        size += sum(map(len, texts))
        if size > MOST_CHARACTERS:
            raise _TooMuch
        found += [Line(text, Position(file, line, number)) for line, text in enumerate(texts, 1)]
    return found


def _page(page: PageObject, steps: _Steps) -> list[str]:
    contents = page.get_contents()
    steps.spend(0 if contents is None else len(contents.get_data()) // BYTES_OF_A_STEP)
    text = page.extract_text(visitor_operand_before=steps)
    steps.spend(0)
    return [line for line in text.splitlines() if line.strip()]
