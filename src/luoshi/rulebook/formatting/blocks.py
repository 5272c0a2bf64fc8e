"""The layout of YAML: the blocks of documents, and policy.yaml."""

from __future__ import annotations

from luoshi.rulebook.formatting.forms import Form, form_of, put_in_order
from luoshi.rulebook.formatting.layout import laid_out
from luoshi.rulebook.formatting.reading import read_tree
from luoshi.rulebook.formatting.tree import Collection
from luoshi.rulebook.loading.shapes import SHAPES
from luoshi.rulebook.loading.shapes.policies import PolicyShape


def formatted_block(text: str, kind: str) -> str:
    """The YAML of a block in the canonical layout; what is no mapping of entries stays as it is."""
    return _formatted(text, Form(entries=form_of(SHAPES[kind])), kind)


def formatted_policy(text: str) -> str:
    """The content of policy.yaml in the canonical layout."""
    return _formatted(text, form_of(PolicyShape), "policy")


def _formatted(text: str, form: Form, kind: str) -> str:
    tree = read_tree(text)
    if not isinstance(tree, Collection) or not tree.items:
        return text
    put_in_order(tree, form)
    return laid_out(tree, form, kind)
