"""Every finding has one code, one wording in the catalogue, and the facts its wording needs."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from luoshi.rulebook.wording.catalogue import CATALOGUE as ENTRIES
from tools.repository import below, text_of

CODE = re.compile(r"[A-Z]{3,6}-\d{3}")
SOURCES = below("src", suffix=".py")
CATALOGUE = [path for path in SOURCES if path.match("wording/findings/*.py")]


def codes_in(path: Path) -> list[str]:
    """The codes that stand as texts of their own in a file."""
    texts = (node.value for node in ast.walk(ast.parse(text_of(path))) if isinstance(node, ast.Constant))
    return [text for text in texts if isinstance(text, str) and CODE.fullmatch(text)]


RAISED = {code for path in SOURCES if path not in CATALOGUE for code in codes_in(path)}
WORDED = [code for path in CATALOGUE for code in codes_in(path)]


def test_findings_were_found() -> None:
    assert len(RAISED) > 30


def test_every_finding_has_a_wording() -> None:
    assert not sorted(RAISED - set(WORDED))


def test_every_wording_has_a_finding() -> None:
    assert not sorted(set(WORDED) - RAISED)


def test_a_code_is_worded_once() -> None:
    assert not [code for code, times in Counter(WORDED).items() if times > 1]


# What the loader adds to every mistake in an expression: the column in its text, the block it stands in.
ADDED_BY_THE_LOADER = {"column", "name"}
MISTAKES_IN_EXPRESSIONS = {"Mismatch", "SyntaxProblem"}
MAKERS = {"add", *MISTAKES_IN_EXPRESSIONS}


def needed(code: str) -> set[str]:
    """The facts that the wording of a code speaks of."""
    entry = ENTRIES[code]
    return {name for text in entry for _, name, _, _ in Formatter().parse(text) if name}


def raised_in(path: Path) -> Iterator[tuple[int, str, set[str]]]:
    """Line, code and facts of every finding made in a file with its facts spelt out."""
    for call in ast.walk(ast.parse(text_of(path))):
        if not isinstance(call, ast.Call):
            continue
        texts = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
        code = next((text for text in texts if isinstance(text, str) and CODE.fullmatch(text)), None)
        given = {keyword.arg for keyword in call.keywords}
        if code in ENTRIES and None not in given and maker(call) in MAKERS:
            added = ADDED_BY_THE_LOADER if maker(call) in MISTAKES_IN_EXPRESSIONS else set()
            yield call.lineno, code, {name for name in given if name} | added


def maker(call: ast.Call) -> str:
    """The name of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


@pytest.mark.parametrize("path", [path for path in SOURCES if path not in CATALOGUE and codes_in(path)], ids=str)
def test_a_finding_has_the_facts_its_wording_needs(path: Path) -> None:
    for line, code, facts in raised_in(path):
        assert needed(code) <= facts, f"{path}:{line}: {code} is worded with {sorted(needed(code) - facts)}"
