"""Sets a paper as a PDF file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from luoshi.office.desk.printing.paper import Paper
from luoshi.office.letters.typesetting import typeset

TEMPLATE = Path(__file__).with_name("official.typ")


def as_pdf(paper: Paper) -> bytes:
    """The pages."""
    blocks = [asdict(block) | {"kind": type(block).__name__.lower()} for block in paper.blocks]
    return typeset(TEMPLATE, asdict(paper) | {"blocks": blocks})
