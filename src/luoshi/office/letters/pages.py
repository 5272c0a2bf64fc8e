"""A letter as PDF pages, from the default layout of its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from luoshi.office.letters.kinds import Kind
from luoshi.office.letters.outlines import OUTLINES, Block, Closing, Form, Grid, Line
from luoshi.office.letters.placeholders import CHECK, ROW
from luoshi.office.letters.sandbox import Sandbox
from luoshi.office.letters.styles import RED, STYLES
from luoshi.office.letters.typesetting import typeset

TEMPLATE = Path(__file__).with_name("letter.typ")

Words = Mapping[str, Any]
Say = Callable[[Words], str]


def as_pdf(kind: Kind, words: Words) -> bytes:
    """The pages of a letter; `words` are what its placeholders stand for."""
    outline = OUTLINES[kind]
    blocks = [block for one in outline.blocks for block in _set(one, words)]
    paper = {
        "title": words["标题"],
        "office": words["发文机关"],
        "frame": outline.frame,
        "is_wide": outline.is_wide,
        "red": RED,
        "check": words[CHECK],
        "blocks": blocks,
    }
    return typeset(TEMPLATE, paper)


def _set(block: Block, words: Words) -> Iterator[dict[str, Any]]:
    match block:
        case Line():
            yield from _lines(block, words)
        case Grid():
            yield _grid(block, words)
        case Form():
            yield {"kind": "form", "rows": [[_say(cell)(words) for cell in row] for row in block.rows]}
        case Closing():
            yield {"kind": "closing", "office": str(words["发文机关"]), "day": str(words["日期"])}


def _lines(block: Line, words: Words) -> Iterator[dict[str, Any]]:
    if block.when and not words[block.when]:
        return
    say, style = _say(block.text), asdict(STYLES[block.style])
    for turn in [{ROW: item} for item in words[block.each]] if block.each else [{}]:
        yield {"kind": "line", "text": say({**words, **turn}), "style": style}


def _grid(block: Grid, words: Words) -> dict[str, Any]:
    says = [_say(column.text) for column in block.columns]
    rows = [[say({ROW: item}) for say in says] for item in words[block.each]]
    last = [_say(cell)(words) for cell in block.last]
    return asdict(block) | {"kind": "grid", "rows": rows, "last": last}


def _say(text: str) -> Say:
    """What says a text of an outline with its placeholders filled."""
    template = Sandbox(autoescape=False).from_string(text)
    return lambda words: str(template.render(words))
