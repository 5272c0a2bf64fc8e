"""What a run is asked, and what it says at the end; the same for every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypedDict

from luoshi.rulebook.bulk.wanted import Wanted
from luoshi.rulebook.inputs.settings import LocalValue, Settings, check_local_value
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Findings, Refused

FactKeys = Sequence[tuple[str, str]]
Progress = Callable[[int, int, str], None]


class AskOptions(TypedDict, total=False):
    """What may be said about a run on any dialect.

    `local` are values set by localities, `facts` derived values to write beside the results, `as_if_in_force` simulates
    a policy that is not. `progress` is told how many tables and parts of results are done, how many there are, and what
    the last one was about.
    """

    local: Iterable[LocalValue]
    facts: FactKeys
    as_if_in_force: bool
    progress: Progress | None


@dataclass(frozen=True)
class RunSummary:
    """What a run has written: the folder, the rows by register, and how many statements it took."""

    out: Path
    rows: Mapping[str, int]
    statements: int


@dataclass(frozen=True)
class Asked:
    """What a run is asked: which pack, as of which day, with which local values, for which results."""

    pack: Pack
    on: date
    local: tuple[LocalValue, ...]
    wanted: Wanted

    @classmethod
    def by(cls, pack: Pack, on: date, options: AskOptions) -> Asked:
        """What the options of a run ask."""
        wanted = Wanted(tuple(options.get("facts", ())), options.get("as_if_in_force", False))
        return cls(pack, on, tuple(options.get("local", ())), wanted)

    def settings(self) -> Settings:
        """The settings with the local values, or `Refused`."""
        findings = Findings()
        for item in self.local:
            check_local_value(item, self.pack, findings)
        if findings:
            raise Refused(findings.sorted())
        return Settings(self.pack, self.on, self.local)
