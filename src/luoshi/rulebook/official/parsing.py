"""From the lines of an official text to its documents and clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from luoshi.rulebook.model.findings import Finding, Findings, Refused, Where
from luoshi.rulebook.official.cleaning import clean
from luoshi.rulebook.official.dividing import Part, divide
from luoshi.rulebook.official.joining import join
from luoshi.rulebook.official.lines import Line, Position
from luoshi.rulebook.official.marks import SECOND
from luoshi.rulebook.official.nesting import Nested, nest
from luoshi.rulebook.official.numbering import Numbering, find_lost_marks
from luoshi.rulebook.official.opening import open_text
from luoshi.rulebook.official.outline import Heading, OfficialClause, OfficialDocument, OfficialText
from luoshi.rulebook.official.pieces import LONGEST_HEADING, PUNCTUATION, cut

LONGEST_TITLE = 20
MOST_CLAUSES = 5_000


def read_text(path: Path) -> tuple[OfficialText, list[Finding]]:
    """The official text in a file and what was repaired in it; `Refused` when there is nothing to read."""
    findings = Findings()
    text = parse_text(open_text(path), path.name, findings)
    count = sum(len(document.clauses) for document in text.documents)
    if not count:
        raise Refused([Finding("TEXT-009", Where(path.name))])
    if count > MOST_CLAUSES:
        raise Refused([Finding("TEXT-026", Where(path.name), {"count": count, "most": MOST_CLAUSES})])
    return text, findings


def parse_text(lines: list[Line], file: str, findings: Findings) -> OfficialText:
    """The documents and clauses of a text; every repair is a finding."""
    parts = divide(cut(join(clean(lines, findings), findings), findings), findings)
    first = 0 if len(parts) > 1 else 1
    documents = [_document(part, number, file, findings) for number, part in enumerate(parts, first)]
    return OfficialText(file, tuple(documents))


def _document(part: Part, number: int, file: str, findings: Findings) -> OfficialDocument:
    nested = nest(find_lost_marks(part.body, findings), findings)
    start = [*part.number, *part.body]
    at = start[0].line.at if start else Position(file, 1)
    clauses = list(_clauses(part, nested, str(number), Numbering(findings)))
    return OfficialDocument(number, part.title, tuple(clauses), at)


def _clauses(part: Part, nested: Nested, document: str, numbering: Numbering) -> Iterator[OfficialClause]:
    yield from _unnumbered(document, "number", [piece.line for piece in part.number])
    yield from _unnumbered(document, "preface" if nested.headings else "notice", nested.opening)
    yield from _numbered(nested.headings, document, numbering)
    for word, lines in nested.tail.items():
        yield from _unnumbered(document, word, lines)


def _unnumbered(above: str, word: str, lines: Sequence[Line]) -> Iterator[OfficialClause]:
    if lines:
        yield OfficialClause(f"{above}/{word}", "", "", tuple(lines), lines[0].at)


def _numbered(headings: Sequence[Heading], above: str, numbering: Numbering) -> Iterator[OfficialClause]:
    for heading, number in zip(headings, numbering.numbers(headings), strict=True):
        name = f"{above}/{number}"
        title, rest = _title(heading)
        yield OfficialClause(name, heading.mark.with_number(number), title, (*rest, *heading.texts), heading.line.at)
        yield from _numbered(heading.below, name, numbering)
        yield from _unnumbered(name, "closing", heading.closing)


def _title(heading: Heading) -> tuple[str, tuple[Line, ...]]:
    """The title of a heading and the text that runs on behind it. An item that is a sentence has no title."""
    line = heading.line
    if not PUNCTUATION.search(line.text):
        return line.text, ()
    title, stop, rest = line.text.partition("。")
    if stop and rest and len(title) <= (LONGEST_TITLE if heading.mark.rank > SECOND else LONGEST_HEADING):
        return title, (line.saying(rest),)
    return "", (line,)
