"""What reading an official text gives: its lines with their positions, whatever kind of file they come from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from luoshi.rulebook.model.findings import Where

MOST_FILE_BYTES = 20_000_000
MOST_CHARACTERS = 400_000
MOST_LINES = 20_000


@dataclass(frozen=True)
class Position:
    """A line of a file, or of one of its pages; in a Word file a line is a paragraph."""

    file: str
    line: int
    page: int = 0

    def where(self, clause: str = "") -> Where:
        """The position for a finding; a page is written as browsers open it."""
        return Where(f"{self.file}#page={self.page}" if self.page else self.file, self.line, clause)


@dataclass(frozen=True)
class Line:
    """A line as it stands in the file. `apart`: a gap or the end of a paragraph separates it from the line before."""

    text: str
    at: Position
    apart: bool = False

    def saying(self, text: str) -> Line:
        """The same line with another text."""
        return replace(self, text=text)


def too_much(texts: list[str]) -> int | None:
    """The count of characters when there are too many, or too many lines; None when the text is of a usual size."""
    size = sum(map(len, texts))
    return size if size > MOST_CHARACTERS or len(texts) > MOST_LINES else None
