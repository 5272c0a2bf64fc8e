"""Sets a paper as a PDF file, with fonts that come along: no machine's own fonts change a page."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

import typst
from pylopdf_fonts_zh_cn import serif_path

from luoshi.office.desk.printing.paper import Paper

TEMPLATE = Path(__file__).with_name("official.typ")


@cache
def _fonts() -> typst.Fonts:
    """Read once for a process."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(serif_path().parent)])


def as_pdf(paper: Paper) -> bytes:
    """The pages."""
    blocks = [asdict(block) | {"kind": type(block).__name__.lower()} for block in paper.blocks]
    inputs = {"paper": json.dumps(asdict(paper) | {"blocks": blocks}, ensure_ascii=False)}
    made = typst.compile(str(TEMPLATE), font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs)
    assert isinstance(made, bytes)
    return made
