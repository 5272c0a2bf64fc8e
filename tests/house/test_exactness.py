"""No binary fractions in the rulebook: money and rates are exact."""

import ast

from tools.repository import below, text_of

RULEBOOK = [path for path in below("src", suffix=".py") if "rulebook" in path.parts]


def _is_binary(node: ast.AST) -> bool:
    literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
    return literal or (isinstance(node, ast.Name) and node.id == "float")


def test_no_binary_fractions() -> None:
    nodes = ((path, node) for path in RULEBOOK for node in ast.walk(ast.parse(text_of(path))))
    found = [f"{path}:{getattr(node, 'lineno', 0)}" for path, node in nodes if _is_binary(node)]
    assert found == [], "use whole numbers or Decimal"
