"""Findings: what is wrong in a pack or in data, as values with a position. Never an exception, all in one go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, order=True)
class Where:
    """A position: file and line of a pack or case file; or sheet, row and column of data."""

    file: str = ""
    line: int = 0
    clause: str = ""
    column: str = ""

    def __str__(self) -> str:
        parts = [self.file, str(self.line) if self.line else "", self.clause, self.column]
        return ":".join(part for part in parts if part)


@dataclass(frozen=True)
class Finding:
    """One problem. `code` names an entry of the catalogue, which words it; `facts` fill the words."""

    code: str
    where: Where
    facts: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """Findings are listed by position, then code."""
        return (self.where.file, self.where.line, self.where.clause, self.code, str(self.facts))


class Findings(list[Finding]):
    """Findings gathered along the way."""

    def add(self, code: str, where: Where, **facts: Any) -> None:
        """Note one problem."""
        self.append(Finding(code, where, facts))

    def sorted(self) -> list[Finding]:
        """By position, each once."""
        seen: dict[tuple[Any, ...], Finding] = {finding.sort_key: finding for finding in self}
        return [seen[key] for key in sorted(seen)]


class Refused(Exception):
    """Input that cannot be used, with every reason."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = list(findings)
        super().__init__(", ".join(f"{f.code} {f.where}" for f in self.findings))
