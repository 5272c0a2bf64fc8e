"""How a question about a block is put."""

from __future__ import annotations

from typing import Any

from luoshi.rulebook.model.bases import Block
from luoshi.rulebook.model.findings import Finding, Where


def ask(code: str, block: Block, **facts: Any) -> Finding:
    """A finding where a block stands; its id is the fact `name`, and its title is one too."""
    place = block.place
    return Finding(code, Where(place.file, place.line, place.clause), {"name": block.id, "title": block.title, **facts})


def is_own(block: Block) -> bool:
    """Whether a block stands in the pack itself; blocks of imported packs are reviewed there."""
    return "/" not in block.place.file
