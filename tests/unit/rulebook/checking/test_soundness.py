"""What a reviewer finds in a pack that loads."""

from __future__ import annotations

import pytest

from luoshi.rulebook.checking.soundness import soundness
from tests.unit.rulebook.packs import document, expected, pack_of, seen

USED = "p: {title: BOTH, unit: item, 2000-01-01: 5}"
REST = "norm\na: {kind: scope, force: must, by: [least, grant, half, share, tone], zh: x, en: x}\n"
M = "{title: BOTH, for: thing, frequency: once, discretion: may, conditions: {%s}%s}"


def test_norms_that_nothing_carries_out() -> None:
    blocks = REST + "b: {kind: measure, force: may, zh: x, en: x}  # CHECK-003\n"
    assert seen(soundness(pack_of(blocks))) == expected(document(blocks))


def test_clauses_that_stand_empty() -> None:
    base = document(REST).replace("```\n", "```\n\n## 二、空 · Empty\n", 1)
    from tests.unit.rulebook.packs import BASE, POLICY, try_files

    loaded = try_files({"policy.yaml": POLICY, "0-base.md": document(BASE), "1-test.md": base})
    assert loaded.pack is not None
    findings = soundness(loaded.pack)
    assert [(item.code, item.where.clause) for item in findings] == [("CHECK-004", "1/2")]


def test_a_parameter_that_nothing_uses() -> None:
    blocks = REST + f"--- parameter\n{USED}  # CHECK-005\n"
    findings = soundness(pack_of(blocks))
    assert seen(findings) == expected(document(blocks))
    assert findings[0].facts == {"name": "p"}


@pytest.mark.parametrize(
    "user",
    [
        "fact\nf: {of: thing, value: size > $p}",
        "fact\nf: {of: thing, count: part, where: thing.size > $p}",
        "measure\nm: " + M % ("a: size > $p", ""),
        "measure\nm: " + M % ("a: good", ", amount: $p"),
        "award\nm: " + M % ("a: good", ", quota: $p"),
        "award\nm: " + M % ("a: good", ", order: [size - $p desc, id]"),
        "limit\nl: {title: BOTH, of: thing, when: size > $p, holds: {a: good}, force: hard}",
        "limit\nl: {title: BOTH, of: thing, holds: {a: size > $p}, force: hard}",
        "target\nt: {title: BOTH, of: thing, indicator: size, value: $p}",
        "integrity\ni: {title: BOTH, of: thing, pattern: size > $p, follow_up: BOTH}",
        "norm\nb: {kind: measure, force: may, by: [p], zh: x, en: x}",
    ],
)
def test_where_a_parameter_is_used(user: str) -> None:
    assert soundness(pack_of(f"{REST}--- parameter\n{USED}\n--- {user}\n")) == []


def test_overlaps_of_tables_are_found() -> None:
    blocks = (
        REST + "--- table\nt:\n  title: BOTH\n  keys: {k: {type: int}}\n  value: {unit: rate}\n  rows:\n"
        "    - {k: 1, value: 0.1}\n    - {k: 1, value: 0.2}  # CHECK-001\n"
    )
    assert seen(soundness(pack_of(blocks))) == expected(document(blocks))
