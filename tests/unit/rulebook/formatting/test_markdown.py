"""Headings, paragraphs and fences of a document, each after one blank line."""

from __future__ import annotations

import pytest

from luoshi.rulebook.formatting.markdown import formatted_document


def test_everything_in_its_place() -> None:
    before = """

#   试   ·  Test #
## 一、条 · Clause
a
b
```yml   fund
f: {payer: county, title: {zh: 一, en: one}}
```
~~~yaml fund
g:
  payer: city
~~~


   ### （一）款 ·   Part
<!-- a note
     to us -->
"""
    after = """\
# 试   · Test

## 一、条 · Clause

a b

```yaml fund
f: {title: {zh: 一, en: one}, payer: county}
```

```yaml fund
g: {payer: city}
```

### （一）款 · Part

<!-- a note
     to us -->
"""
    assert formatted_document(before) == after.replace("试   ·", "试 ·")
    assert formatted_document(after.replace("试   ·", "试 ·")) == after.replace("试   ·", "试 ·")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("```yaml fund\nf: {payer: city}", "```yaml fund\nf: {payer: city}\n```\n"),
        ("```yaml odd\na:   1\n```", "```yaml odd\na:   1\n```\n"),
        ("```\na:   1\n```", "```\na:   1\n```\n"),
        ("```", "```\n```\n"),
        ("```python", "```python\n```\n"),
        ("~~~\n```\n~~~", "````\n```\n````\n"),
        ("```\nx", "```\nx\n```\n"),
        ("##", "##\n"),
        ("## a # #", "## a # #\n"),
        ("", "\n"),
    ],
)
def test_odd_documents(before: str, after: str) -> None:
    assert formatted_document(before) == after
    assert formatted_document(after) == after
