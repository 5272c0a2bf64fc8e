"""What the registry refuses, and why: problems with their place, all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN_ROWS = 20


@dataclass(frozen=True)
class Problem:
    """One kind of mistake in one column.

    `kind` is a stable word: `type` (a cell or a column that is not of the field's type), `code`, `digits`,
    `places`, `day`, `sign` (a text with a sign that cannot be kept), `id` (missing or twice), `reference` (leads
    nowhere), `key` (another row has the same), `column` (the register has no such field), `file`, `shape` (fields
    that contradict one another); of a single row also `place` (outside the area), `empty`, `reason`, `source` (not
    given, or too long). `rows` are numbers of rows of the file from 1, the first twenty of `count`; `told` says
    more. Values are never shown: they may be a person's.
    """

    kind: str
    register: str
    column: str = ""
    rows: tuple[int, ...] = ()
    count: int = 0
    told: str = ""

    def __str__(self) -> str:
        place = ".".join(part for part in (self.register, self.column) if part)
        more = ", ..." if self.count > len(self.rows) else ""
        rows = f", {self.count} rows ({', '.join(map(str, self.rows))}{more})" if self.rows else ""
        return f"{place}: {self.kind}{rows}{': ' if self.told else ''}{self.told}"


class Refused(Exception):
    """Registers or packs that cannot be taken in; nothing was changed. `problems` has every reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.register, problem.column, problem.kind)))
        super().__init__("\n".join(map(str, self.problems)))


class NotHere(LookupError):
    """A row that there is not, or that lies beyond the area of whoever asks: nobody is told which."""


class ChangedMeanwhile(Exception):
    """Somebody has changed a row since it was read; nothing was written. `version` is the one that it has now."""

    def __init__(self, version: int) -> None:
        self.version = version
        super().__init__(f"the row is version {version} now")
