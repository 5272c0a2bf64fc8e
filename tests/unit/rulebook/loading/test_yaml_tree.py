"""YAML as plain text with lines: what is read, and what is refused where."""

from __future__ import annotations

import pytest

from luoshi.rulebook.loading.yaml_tree import MOST_DEPTH, MOST_NODES, Document, Tree, read_yaml
from luoshi.rulebook.model.findings import Finding, Findings, Where
from tests.unit.rulebook.packs import seen


def read(text: str, line: int = 1) -> tuple[Document | None, list[Finding]]:
    findings = Findings()
    return read_yaml(text, Where("a.md", line, "1/1"), findings), findings


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("", None),
        ("# nothing\n", None),
        ("no", "no"),
        ("180.00", "180.00"),
        ("a: 2018-12-22", {"a": "2018-12-22"}),
        ("a:", {"a": None}),
        ("a: ~", {"a": None}),
        ("a: null", {"a": None}),
        ("a: 'null'", {"a": "null"}),
        ('a: ""', {"a": ""}),
        ("- 1\n- [2, {b: yes}]", ["1", ["2", {"b": "yes"}]]),
        ("{<<: x}", {"<<": "x"}),
    ],
)
def test_every_value_stays_the_text_it_was(text: str, content: Tree) -> None:
    document, findings = read(text)
    assert document is not None and document.content == content
    assert not findings


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: [1,", "PACK-010", 11),
        ("a: 1\n  b: 2", "PACK-010", 11),
        ("a: 1\n\tb: 2", "PACK-010", 11),
        ("a: \x00", "PACK-010", 10),
        ("a: \ud800", "PACK-010", 10),
        ("a: 1\n---\nb: 2", "PACK-011", 11),
        ("a: 1\n--- !!python/name:os\n", "PACK-011", 11),
        ("a: &x 1", "PACK-013", 10),
        ("a: 1\nb: *x", "PACK-013", 11),
        ("a: !!int 1", "PACK-013", 10),
        ("!!map {a: 1}", "PACK-013", 10),
        ("a: &x [1]", "PACK-013", 10),
        ("a: 1\n? [b]\n: 2", "PACK-014", 11),
        ("a: 1\n&x b: 2", "PACK-014", 11),
        ("a: 1\n!!str b: 2", "PACK-014", 11),
        ("a: 1\nb: 2\na: 3", "PACK-015", 12),
        ("a: {b: 1,\n  b: 2}", "PACK-015", 11),
    ],
)
def test_what_is_refused(text: str, code: str, line: int) -> None:
    document, findings = read(text, line=10)
    assert document is None
    assert seen(findings, "a.md") == [(code, line)]
    assert findings[0].where.clause == "1/1"


def test_nesting_is_bounded() -> None:
    assert not read("[" * MOST_DEPTH + "x" + "]" * MOST_DEPTH)[1]
    deeper = "[" * (MOST_DEPTH + 1) + "x" + "]" * (MOST_DEPTH + 1)
    assert seen(read(deeper)[1], "a.md") == [("PACK-012", 1)]


def test_the_number_of_values_is_bounded() -> None:
    assert not read("[" + "1," * (MOST_NODES - 1) + "]")[1]
    assert seen(read("[" + "1," * MOST_NODES + "]")[1], "a.md") == [("PACK-012", 1)]


def test_the_problem_is_passed_on() -> None:
    assert "found" in read("a: ]")[1][0].facts["problem"] or read("a: ]")[1][0].facts["problem"]
    assert read("a: 1\nb: 2\na: 3")[1][0].facts == {"key": "a"}


def test_the_line_of_a_path_or_of_its_nearest_part() -> None:
    document, _ = read("a:\n  b:\n    - x\n    - y\nc: 1\n", line=20)
    assert document is not None
    assert [document.line(path) for path in [(), ("a",), ("a", "b", 1), ("c",)]] == [20, 20, 23, 24]
    assert document.line(("a", "b", 9, "z")) == 21
    assert document.line(("z",)) == 20


def test_an_empty_document_begins_where_it_stands() -> None:
    document, _ = read("", line=20)
    assert document is not None and document.line(("a",)) == 20
    nowhere, _ = read("a: 1", line=0)
    assert nowhere is not None and nowhere.line(("a",)) == 1
