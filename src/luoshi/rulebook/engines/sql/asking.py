"""What a run tells meanwhile; the same on every dialect."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.rulebook.bulk.asking import Progress
from luoshi.rulebook.engines.sql.plans import Statement


class Telling:
    """Tells how far a run is: parts of results and tables made, of all there are, and the budget."""

    def __init__(self, progress: Progress | None, statements: Sequence[Statement]) -> None:
        self._progress, self._done, self._label = progress, 0, ""
        self._total = 1 + sum(len(statement.parts) or 1 for statement in statements)

    def about(self, label: str) -> None:
        """What is being made now."""
        self._label = label

    def done(self) -> None:
        """One more is done."""
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total, self._label)
