"""What a file says, without how it is laid out: what must be the same before and after."""

from __future__ import annotations

from typing import Any

from luoshi.rulebook.formatting.paragraphs import words
from luoshi.rulebook.formatting.reading import read_tree
from luoshi.rulebook.formatting.tree import comments
from luoshi.rulebook.loading.documents import RawDocument, read_document
from luoshi.rulebook.loading.shapes import SHAPES
from luoshi.rulebook.loading.yaml_tree import read_yaml
from luoshi.rulebook.model.findings import Findings, Where


def said_by_document(text: str, file: str, findings: Findings) -> Any:
    """Title, clauses with the words of their paraphrases, and blocks of a document; YAML that is unreadable is found.

    What does not keep a document from being laid out, such as a heading without numeral, is no finding here.
    """
    noted = Findings()
    document = read_document(text, file, noted)
    clauses = [(clause.id, clause.title, [words(part) for part in clause.text]) for clause in document.clauses]
    return document.title, clauses, _blocks(document, findings), [finding.code for finding in noted]


def _blocks(document: RawDocument, findings: Findings) -> list[Any]:
    said = []
    for block in document.blocks:
        where = Where(block.place.file, block.place.line, block.place.clause)
        content = said_by_yaml(block.text, where, findings) if block.kind in SHAPES else block.text
        said.append((block.kind, block.place.clause, content))
    return said


def said_by_yaml(text: str, where: Where, findings: Findings) -> Any:
    """The content of a YAML text and the words of its comments; None, with a finding, when it cannot be read."""
    document = read_yaml(text, where, findings)
    if document is None:
        return None
    tree = read_tree(text)
    return document.content, sorted(" ".join(comments(tree)).split()) if tree else []
