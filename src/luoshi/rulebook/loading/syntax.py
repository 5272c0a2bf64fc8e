"""Expression text to a syntax tree with positions. The grammar in `expression.lark` is the whole language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NoReturn

from lark import Lark, ParseTree, Token, Tree, UnexpectedCharacters, UnexpectedInput

from luoshi.rulebook.model.build import Mismatch

MOST_CHARACTERS = 2_000
MOST_DEPTH = 32
ASCII_FORMS = dict(zip("（），。；：＝＜＞＋－＊“”‘’≥≤≠×、－", "(),.;:=<>+-*\"\"''", strict=False)) | {
    "≥": ">=",
    "≤": "<=",
    "≠": "<>",
    "×": "*",
    "、": ",",
    "－": "-",
}
_FOREIGN = re.compile(r"[^\x20-\x7e\t\r\n]")


@dataclass(frozen=True, slots=True)
class Syntax:
    """A piece of an expression: what it is, its parts, where it begins, and how deep it goes."""

    kind: str
    parts: tuple[Any, ...]
    column: int
    depth: int

    def nodes(self) -> Iterator[Syntax]:
        """The parts that are syntax themselves."""
        return (part for part in self.parts if isinstance(part, Syntax))


class SyntaxProblem(Mismatch):
    """The text is not an expression. `facts` hold the column, counted from 1."""


def parse(text: str) -> Syntax:
    """The syntax tree of an expression, or a `SyntaxProblem` that says what was seen and expected."""
    if len(text) > MOST_CHARACTERS:
        raise SyntaxProblem("EXPR-001", length=len(text), most=MOST_CHARACTERS, column=1)
    _refuse_foreign_marks(text)
    try:
        tree = _to_syntax(_parser().parse(text))
    except UnexpectedInput as problem:
        _explain(problem, text)
    except RecursionError:  # pragma: no cover - the parser does not recurse; a guard for its future releases
        raise SyntaxProblem("EXPR-002", most=MOST_DEPTH, column=1) from None
    if tree.depth > MOST_DEPTH:
        raise SyntaxProblem("EXPR-002", most=MOST_DEPTH, column=tree.column)
    return tree


def _refuse_foreign_marks(text: str) -> None:
    in_string = False
    for index, mark in enumerate(text):
        if mark == "'":
            in_string = not in_string
        elif not in_string and _FOREIGN.match(mark):
            raise SyntaxProblem("EXPR-003", seen=mark, expected=ASCII_FORMS.get(mark, ""), column=index + 1)


def _explain(problem: UnexpectedInput, text: str) -> NoReturn:
    column = min(max(getattr(problem, "pos_in_stream", 0), 0), len(text)) + 1
    if isinstance(problem, UnexpectedCharacters):
        raise SyntaxProblem("EXPR-004", seen=text[column - 1], column=column) from None
    token = getattr(problem, "token", None)
    seen = "" if token is None or token.type == "$END" else str(token)
    raise SyntaxProblem("EXPR-005", seen=seen, column=column if seen else len(text) + 1) from None


@cache
def _parser() -> Lark:
    grammar = files(__package__).joinpath("expression.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", maybe_placeholders=False)


def _to_syntax(tree: ParseTree) -> Syntax:
    """The parser's tree as syntax, built from the leaves up so that no depth of nesting recurses."""
    built: dict[int, Syntax] = {}
    for part in tree.iter_subtrees():
        parts = tuple([built[id(child)] if isinstance(child, Tree) else str(child) for child in part.children])
        depth = 1 + max([child.depth for child in parts if isinstance(child, Syntax)], default=0)
        column = min([_column(child, built) for child in part.children], default=1)
        built[id(part)] = Syntax(str(part.data), parts, column, depth)
    return built[id(tree)]


def _column(child: Token | ParseTree, built: dict[int, Syntax]) -> int:
    """Where a part of a tree begins."""
    return built[id(child)].column if isinstance(child, Tree) else (child.start_pos or 0) + 1
