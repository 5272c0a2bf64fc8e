"""References by id: funds, assumptions, procedures, other measures, norms; and rings through measures."""

from __future__ import annotations

import pytest

from luoshi.rulebook.loading.referring import MOST_STEPS, block_ids
from tests.unit.rulebook.packs import document, expected, pack_of, seen, try_blocks

M = "m: {title: BOTH, for: thing, conditions: {a: good}, frequency: once, discretion: may%s}"


def ring(first: str, second: str, more: str = "") -> str:
    kind = '{title: BOTH, for: thing, frequency: once, discretion: may, conditions: {a: "%s"}}'
    return f"measure\nm: {kind % first}\nn: {kind % second}\n{more}"


@pytest.mark.parametrize(
    "blocks",
    [
        "measure\n" + M % ", funds: [f]" + "  # PACK-062\n",
        "measure\n" + M % ", assumes: [s]" + "  # PACK-062\n",
        "measure\n" + M % ", procedure: p" + "  # PACK-062\n",
        "measure\n" + M % ", stacking: {rule: allowed, with: [n]}" + "  # PACK-062\n",
        "measure\n" + (M % "").replace("{a: good}", "{a: {when: good, assumes: [s]}}") + "  # PACK-062\n",
        "limit\nl: {title: BOTH, of: thing, holds: {a: good}, force: hard, assumes: [s]}  # PACK-062\n",
        "limit\nl: {title: BOTH, of: thing, holds: {a: {when: good, assumes: [s]}}, force: hard}  # PACK-062\n",
        "norm\na: {kind: measure, force: may, by: [least, nothing], zh: x, en: x}  # PACK-063\n",
        ring("good", "eligible('n')").replace("'n')\"}}", "'n')\"}}  # PACK-060"),
        ring("eligible('n')", "eligible('m')").replace("'n')\"}}", "'n')\"}}  # PACK-060"),
    ],
)
def test_what_does_not_exist(blocks: str) -> None:
    marked = expected(document(blocks))
    assert marked
    assert seen(try_blocks(blocks).findings) == marked


def test_a_ring_through_a_fact_is_found() -> None:
    blocks = ring("f", "good", "--- fact\nf: {of: thing, value: \"eligible('m')\"}\n")
    findings = try_blocks(blocks).findings
    assert [finding.code for finding in findings] == ["PACK-060"]
    assert sorted(findings[0].facts["cycle"].split(" -> ")[1:]) == ["f", "m"]


def chain(length: int) -> str:
    """Measures that each rest on the one before."""
    kind = '{title: BOTH, for: thing, frequency: once, discretion: may, conditions: {a: "%s"}}'
    tests = ["good", *(f"eligible('m{at}')" for at in range(length - 1))]
    links = [f"m{at}: {kind % test}" for at, test in enumerate(tests)]
    return "measure\n" + "\n".join(links) + "\n"


def test_a_chain_of_measures_has_an_end() -> None:
    longest = MOST_STEPS // 2
    assert try_blocks(chain(longest)).findings == []
    findings = try_blocks(chain(longest + 1)).findings
    assert [(finding.code, finding.facts["name"]) for finding in findings] == [("PACK-061", f"m{longest}")]


def test_the_nearest_block_is_named() -> None:
    findings = try_blocks("norm\na: {kind: measure, force: may, by: [leest], zh: x, en: x}\n").findings
    assert findings[0].facts == {"norm": "1/1#a", "name": "leest", "near": "least"}


def test_measures_may_rest_on_one_another() -> None:
    assert set(pack_of(ring("eligible('n')", "good")).measures) == {"m", "n"}


def test_what_a_norm_may_name() -> None:
    pack = pack_of(
        "fact\nf: {of: thing, value: size}\njudged: {of: thing, judgement: bool}\n"
        "--- fund\nmoney: {title: BOTH, payer: city}\n"
    )
    ids = set(block_ids(pack))
    assert {"thing", "least", "bands", "strict", "money", "f", "thing.f", "thing.size", "judged"} <= ids
    assert "size" not in ids
