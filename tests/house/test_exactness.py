"""No binary fractions in the rulebook: money and rates are exact."""

import ast
from pathlib import Path

import pytest

from tools.repository import below, text_of

RULEBOOK = [path for path in below("src", suffix=".py") if "rulebook" in path.parts]


@pytest.mark.parametrize("path", RULEBOOK, ids=str)
def test_no_binary_fractions(path: Path) -> None:
    for node in ast.walk(ast.parse(text_of(path))):
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
        conversion = isinstance(node, ast.Name) and node.id == "float"
        assert not (literal or conversion), f"{path}:{node.lineno}: use whole numbers or Decimal"
