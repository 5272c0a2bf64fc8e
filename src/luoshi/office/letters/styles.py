"""How lines of letters are set: one table for Word and for PDF, after GB/T 9704."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

TITLE_FONT, BODY_FONT, HEAD_FONT = "方正小标宋简体", "仿宋", "黑体"
LATIN_FONT = "Times New Roman"
RED = "C00000"
PITCH = 28.95
"""Points from line to line: twenty-two lines to a page."""


@dataclass(frozen=True)
class Style:
    """Sizes in points; `indent` is how many signs the first line begins later."""

    font: str = BODY_FONT
    size: float = 16
    side: str = "left"
    indent: int = 0
    pitch: float = PITCH
    above: float = 0
    below: float = 0
    is_red: bool = False


STYLES: Mapping[str, Style] = {
    "title": Style(TITLE_FONT, 22, "centre", pitch=32, below=14),
    "centre": Style(side="centre", below=8),
    "right": Style(side="right", below=16),
    "body": Style(indent=2),
    "flush": Style(),
    "small-head": Style(HEAD_FONT, 12, pitch=21, above=6),
    "small": Style(size=12, pitch=21),
    "note": Style(size=10.5, pitch=16, above=2),
    "award-title": Style(TITLE_FONT, 44, "centre", pitch=58, below=16, is_red=True),
    "award-flush": Style(size=20, pitch=34),
    "award-body": Style(size=20, indent=2, pitch=34),
    "award-name": Style(TITLE_FONT, 32, "centre", pitch=48, above=6, below=6),
    "award-note": Style(size=14, pitch=22),
    "award-check": Style(size=9, pitch=13, above=4),
}
"""Every style that outlines name."""
