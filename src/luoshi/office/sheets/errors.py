"""What can be wrong with entering, handing in and confirming a sheet."""

from __future__ import annotations

from collections.abc import Mapping

from luoshi.office.registry.errors import Problem


class SheetError(Exception):
    """The step cannot be taken now; `kind` says why.

    state (the sheet stands elsewhere), early (the period is not over), hand (somebody has confirmed or entered it
    oneself), nothing (no entry to hand in), note (no reason given), desk (another office does this), payee (whom money
    goes to is not known).
    """

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class NotWritten(Exception):
    """The registers refuse what a sheet would write: problems by owner. Nothing was written."""

    def __init__(self, problems: Mapping[int, list[Problem]]) -> None:
        super().__init__(", ".join(map(str, problems)))
        self.problems = problems
