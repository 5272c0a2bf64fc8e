"""A Markdown document of a pack: its clauses and the fenced blocks under them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from luoshi.rulebook.loading.headings import bilingual, heading_id
from luoshi.rulebook.model.bases import Bilingual, Place
from luoshi.rulebook.model.blocks import Clause
from luoshi.rulebook.model.findings import Findings, Where

FILE_NAME = re.compile(r"(\d{1,3})-[\w-]+\.md")
FENCE = re.compile(r"ya?ml\s+([a-z]+)")


@dataclass(frozen=True)
class RawBlock:
    """A fenced block: its kind, its YAML text, and where the text begins."""

    kind: str
    text: str
    place: Place


@dataclass
class RawDocument:
    """What a Markdown file holds."""

    title: Bilingual
    clauses: list[Clause] = field(default_factory=list)
    blocks: list[RawBlock] = field(default_factory=list)


class _Reader:
    """Walks the tokens of one file and keeps the clause it is in."""

    def __init__(self, file: str, number: str, findings: Findings) -> None:
        self.file, self.findings = file, findings
        self.path: list[tuple[int, str]] = [(1, number)]
        self.document = RawDocument(Bilingual(file, file))
        self._texts: list[str] = []
        self._heading: tuple[Bilingual, int] | None = None

    def where(self, line: int) -> Where:
        return Where(self.file, line, self.clause)

    @property
    def clause(self) -> str:
        return "/".join(part for _, part in self.path)

    def heading(self, level: int, text: str, line: int) -> None:
        self.close()
        if level == 1:
            self.document.title = bilingual(text)
            self._heading = (self.document.title, line)
            return
        self.path = [pair for pair in self.path if pair[0] < level]
        found = heading_id(text)
        if found is None:
            self.findings.add("PACK-020", self.where(line), seen=text[:80])
            return
        part, rest = found
        self.path.append((level, part))
        if any(clause.id == self.clause for clause in self.document.clauses):
            self.findings.add("PACK-021", self.where(line), seen=self.clause)
        self._heading = (bilingual(rest), line)

    def paragraph(self, text: str) -> None:
        self._texts.append(text)

    def fence(self, token: Token, line: int) -> None:
        match = FENCE.fullmatch(token.info.strip())
        if match:
            place = Place(self.file, line + 1, self.clause)
            self.document.blocks.append(RawBlock(match[1], token.content, place))
        elif token.info.strip():
            self.findings.add("PACK-022", self.where(line), seen=token.info.strip()[:40])

    def close(self) -> None:
        if self._heading:
            title, line = self._heading
            place = Place(self.file, line, self.clause)
            self.document.clauses.append(Clause(self.clause, title, tuple(self._texts), place))
        self._heading, self._texts = None, []


def read_document(text: str, file: str, findings: Findings) -> RawDocument:
    """The clauses and blocks of a Markdown file whose name gives the document's number."""
    match = FILE_NAME.fullmatch(file.rpartition("/")[2])
    reader = _Reader(file, match[1] if match else "0", findings)
    tokens = tokens_of(text)
    for index, token in enumerate(tokens):
        line = (token.map[0] if token.map else 0) + 1
        if token.type == "heading_open":
            reader.heading(int(token.tag[1]), tokens[index + 1].content, line)
        elif token.type == "fence":
            reader.fence(token, line)
        elif token.type == "inline" and tokens[index - 1].type == "paragraph_open" and not is_note(token.content):
            reader.paragraph(token.content)
    reader.close()
    return reader.document


def is_note(paragraph: str) -> bool:
    """Whether a paragraph is a comment to whoever writes the pack, and no part of what the pack says."""
    return paragraph.startswith("<!--") and paragraph.endswith("-->")


def tokens_of(text: str) -> list[Token]:
    """Headings, fences and paragraphs only: the time to read stays linear whatever the text."""
    return MarkdownIt("zero").enable(["heading", "fence"]).disable("inline", True).parse(text)
