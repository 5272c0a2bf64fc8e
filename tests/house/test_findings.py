"""Every finding has one code, and one wording in the catalogue; every wording belongs to a finding."""

import ast
import re
from collections import Counter
from pathlib import Path

from tools.repository import below, text_of

CODE = re.compile(r"[A-Z]{3,6}-\d{3}")
SOURCES = below("src", suffix=".py")
CATALOGUE = [path for path in SOURCES if "catalogue" in str(path)]


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
