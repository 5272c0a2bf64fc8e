"""The layout of a document: headings, paragraphs and fences, each after one blank line."""

from __future__ import annotations

import re

from markdown_it.token import Token

from luoshi.rulebook.formatting.blocks import formatted_block
from luoshi.rulebook.formatting.paragraphs import flowed
from luoshi.rulebook.loading.documents import FENCE, is_note, tokens_of
from luoshi.rulebook.loading.shapes import SHAPES

_TICKS = re.compile(r"^ {0,3}(`{3,})", re.MULTILINE)
_CLOSING = re.compile(r"(^|[ \t])#+$")


def formatted_document(text: str) -> str:
    """The text of a document in the canonical layout. Every YAML block in it must be readable."""
    tokens = tokens_of(text)
    parts = []
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            parts.append(f"{token.markup} {_heading(tokens[index + 1].content)}".rstrip())
        elif token.type == "fence":
            parts.append(_fence(token))
        elif token.type == "paragraph_open":
            parts.append(_paragraph(text, token))
    return "\n\n".join(part for part in parts if part) + "\n"


def _heading(title: str) -> str:
    text = " · ".join(part.strip() for part in title.split(" · "))
    return f"{text} #" if _CLOSING.search(text) else text


def _paragraph(text: str, token: Token) -> str:
    first, end = token.map or (0, 0)
    written = "\n".join(text.split("\n")[first:end])
    return written.rstrip() if is_note(written.strip()) else flowed(written.rstrip("\n"))


def _fence(token: Token) -> str:
    info, content = token.info.strip(), token.content
    match = FENCE.fullmatch(info)
    if match:
        info = f"yaml {match[1]}"
    if match and match[1] in SHAPES:
        content = formatted_block(content, match[1])
    longest = max((len(ticks) for ticks in _TICKS.findall(content)), default=2)
    ticks = "`" * max(3, longest + 1)
    end = "" if content.endswith("\n") or not content else "\n"
    return f"{ticks}{info}\n{content}{end}{ticks}"
