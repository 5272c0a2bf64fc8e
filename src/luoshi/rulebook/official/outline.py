"""The outline of an official document: its clauses, with the ids that packs give them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from luoshi.rulebook.official.lines import Line, Position
from luoshi.rulebook.official.marks import Mark


@dataclass(frozen=True)
class OfficialClause:
    """A clause of an official text: its id as in packs, the mark as it should be, title, and lines of text."""

    id: str
    mark: str
    title: str
    lines: tuple[Line, ...]
    at: Position


@dataclass(frozen=True)
class OfficialDocument:
    """One document of an official text: its number in the order of the text, its title, its clauses."""

    number: int
    title: str
    clauses: tuple[OfficialClause, ...]
    at: Position


@dataclass(frozen=True)
class OfficialText:
    """Everything a file of official text says."""

    file: str
    documents: tuple[OfficialDocument, ...]

    def clauses(self) -> Iterator[OfficialClause]:
        """The clauses of all documents, in the order of the text."""
        for document in self.documents:
            yield from document.clauses

    def as_document(self, number: int) -> OfficialText:
        """The text of a single document under another number."""
        document = self.documents[0]
        clauses = tuple(
            replace(clause, id=clause.id.replace(str(document.number), str(number), 1)) for clause in document.clauses
        )
        return replace(self, documents=(replace(document, number=number, clauses=clauses),))


@dataclass
class Heading:
    """A heading or item while the outline is made: what it says, and what stands below it."""

    mark: Mark
    line: Line
    texts: list[Line] = field(default_factory=list)
    closing: list[Line] = field(default_factory=list)
    below: list[Heading] = field(default_factory=list)


def all_below(headings: list[Heading]) -> Iterator[Heading]:
    """The headings and everything below them, in the order of the text."""
    for heading in headings:
        yield heading
        yield from all_below(heading.below)
