"""Which norms are covered, by kind, and which clauses stand empty."""

from __future__ import annotations

from luoshi.rulebook.checking.coverage import KindCoverage, coverage, empty_clauses, uncovered
from tests.unit.rulebook.packs import BASE, POLICY, document, pack_of, try_files

NORMS = """norm
a: {kind: measure, force: may, by: [least], zh: x, en: x}
b: {kind: measure, force: may, zh: x, en: x}
c: {kind: eligibility, force: must, because: BOTH, zh: x, en: x}
d: {kind: narrative, force: fact, zh: x, en: x}
e: {kind: duty, force: must, zh: x, en: x}
f: {kind: deadline, force: must, zh: x, en: x}
"""


def test_norms_are_counted_by_kind() -> None:
    assert coverage(pack_of(NORMS)) == [
        KindCoverage("deadline", 1, 0),
        KindCoverage("duty", 1, 1),
        KindCoverage("eligibility", 1, 1),
        KindCoverage("measure", 2, 1),
        KindCoverage("narrative", 1, 1),
    ]


def test_what_nothing_carries_out() -> None:
    assert [norm.id for norm in uncovered(pack_of(NORMS).norms)] == ["1/1#b", "1/1#f"]


def test_a_clause_is_empty_when_nothing_stands_in_it_or_below() -> None:
    text = (
        document(NORMS)
        + "\n## 二、空 · Empty\n\n## 三、上 · Above\n\n### （一）下 · Below\n\n"
        + document("fact\nf: {of: thing, value: size}\n", head="")
        + "\n### （二）空 · Empty\n"
    )
    loaded = try_files({"policy.yaml": POLICY, "0-base.md": document(BASE), "1-test.md": text})
    assert loaded.pack is not None, loaded.findings
    assert empty_clauses(loaded.pack) == ["1/2", "1/3/2"]


def test_what_imported_packs_lend_fills_no_clause() -> None:
    loaded = try_files({"policy.yaml": POLICY + "imports: [common]\n", "1-test.md": "# 试\n\n## 一、空 · Empty\n"})
    assert loaded.pack is not None, loaded.findings
    assert empty_clauses(loaded.pack) == ["1/1"]
