"""Sets pages as PDF, with fonts that come along: no machine's own fonts change a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from pylopdf_fonts_zh_cn import serif_path


@cache
def _fonts() -> typst.Fonts:
    """Read once for a process."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(serif_path().parent)])


def typeset(template: Path, paper: Mapping[str, Any]) -> bytes:
    """The pages that a template makes of a paper."""
    inputs = {"paper": json.dumps(paper, ensure_ascii=False)}
    made = typst.compile(str(template), font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs)
    assert isinstance(made, bytes)
    return made
