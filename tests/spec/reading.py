"""Reads the chapters of the manual: Markdown with `yaml spec` blocks, each an expression and a table of results."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

CHAPTERS = Path(__file__).parent / "manual"
FENCE = re.compile(r"^```yaml spec\n(.*?)^```\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Spec:
    """One entry of the manual. `fields` are those of the row; `members` those of rows that point at it."""

    chapter: str
    number: int
    content: dict[str, Any]

    @property
    def name(self) -> str:
        """A name for the test report."""
        return f"{self.chapter}-{self.number}-{self.content['expression'][:40]}"


def specs() -> Iterator[Spec]:
    """Every entry of the manual."""
    for chapter in sorted(CHAPTERS.glob("*.md")):
        text = chapter.read_text(encoding="utf-8")
        for number, match in enumerate(FENCE.finditer(text), 1):
            yield Spec(chapter.stem, number, yaml.load(match[1], Loader=yaml.BaseLoader))
