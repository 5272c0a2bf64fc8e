"""What a file says, without how it is laid out."""

from __future__ import annotations

import pytest

from luoshi.rulebook.formatting.sameness import said_by_document
from luoshi.rulebook.model.findings import Findings

TEXT = "# 试 · Test\n\n## 一、条 · Clause\n\none two\n\n```yaml fund\nf: {payer: city}  # note\n```\n"


def said(text: str) -> object:
    return said_by_document(text, "1-a.md", Findings())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("one two", "one\ntwo"),
        ("```\n", "```\n\n\n"),
        ("{payer: city}", '{"payer":   "city"}'),
        ("  # note", " # note"),
    ],
)
def test_layout_says_nothing(old: str, new: str) -> None:
    assert said(TEXT.replace(old, new)) == said(TEXT)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("one two", "one"),
        ("试", "策"),
        ("条", "款"),
        ("一、", "二、"),
        ("city", "county"),
        ("fund", "odd"),
        ("note", "not"),
        ("yaml", "text"),
    ],
)
def test_words_values_and_comments_do(old: str, new: str) -> None:
    assert said(TEXT.replace(old, new)) != said(TEXT)


def test_a_block_without_content_and_one_of_no_kind() -> None:
    assert said("## 一、\n\n```yaml fund\n# one\n```\n\n```yaml odd\n{\n```\n")
