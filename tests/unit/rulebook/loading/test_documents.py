"""A document's clauses, their paraphrases, and the blocks under them with their lines."""

from __future__ import annotations

from luoshi.rulebook.loading.documents import RawDocument, read_document
from luoshi.rulebook.model.bases import Bilingual
from luoshi.rulebook.model.findings import Finding, Findings
from tests.unit.rulebook.packs import seen

TEXT = """# 意见 · Opinions

前面的话。

## 一、目标 · Aim

中文。

English.

### （一）资金

```yaml fund
m: 1
```

## 二、附 · More

```yml measure
```
"""


def read(text: str, file: str = "3-x.md") -> tuple[RawDocument, list[Finding]]:
    findings = Findings()
    return read_document(text, file, findings), findings


def test_clauses_are_numbered_by_file_and_headings() -> None:
    document, findings = read(TEXT)
    assert not findings
    assert [clause.id for clause in document.clauses] == ["3", "3/1", "3/1/1", "3/2"]
    assert [clause.place.line for clause in document.clauses] == [1, 5, 11, 17]
    assert document.title == Bilingual("意见", "Opinions")
    assert document.clauses[1].title == Bilingual("目标", "Aim")
    assert document.clauses[1].text == ("中文。", "English.")
    assert document.clauses[0].text == ("前面的话。",)


def test_blocks_know_their_clause_and_the_line_of_their_text() -> None:
    document, _ = read(TEXT)
    blocks = [(block.kind, block.text, block.place.line, block.place.clause) for block in document.blocks]
    assert blocks == [("fund", "m: 1\n", 14, "3/1/1"), ("measure", "", 20, "3/2")]


def test_a_heading_without_numeral_is_found() -> None:
    document, findings = read("# t\n\n## 目标\n\n## 一、x\n")
    assert seen(findings, "3-x.md") == [("PACK-020", 3)]
    assert findings[0].facts == {"seen": "目标"}
    assert [clause.id for clause in document.clauses] == ["3", "3/1"]


def test_a_clause_that_stands_twice_is_found() -> None:
    _, findings = read("# t\n\n## 一、x\n\n## 1. y\n")
    assert seen(findings, "3-x.md") == [("PACK-021", 5)]
    assert findings[0].facts == {"seen": "3/1"}


def test_the_same_numeral_under_another_heading_is_another_clause() -> None:
    assert not read("# t\n\n## 一、x\n\n### 一、y\n\n## 二、z\n\n### 一、y\n")[1]


def test_a_code_block_of_another_kind_is_found() -> None:
    _, findings = read("# t\n\n## 一、x\n\n```python\n```\n\n```yaml Measure\n```\n\n```\nplain\n```\n")
    assert seen(findings, "3-x.md") == [("PACK-022", 5), ("PACK-022", 8)]
    assert [finding.facts["seen"] for finding in findings] == ["python", "yaml Measure"]


def test_a_file_without_headings_has_no_clause() -> None:
    document, findings = read("just text\n", file="notes.md")
    assert (document.clauses, document.title) == ([], Bilingual("notes.md", "notes.md"))
    assert not findings


def test_a_comment_is_no_paraphrase() -> None:
    document, findings = read("# 意见\n\n## 一、目标\n\n<!-- 原文\n第3行 -->\n\n释义。\n\n<!-- 没有收尾\n\n尾 -->\n")
    assert not findings
    assert document.clauses[1].text == ("释义。", "<!-- 没有收尾", "尾 -->")
