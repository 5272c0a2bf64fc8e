"""Killing: a mutant that an example notices is killed, one that none notices survives."""

from __future__ import annotations

import pytest

from luoshi.rulebook.checking.thoroughness.accepting import accepted
from luoshi.rulebook.checking.thoroughness.killing import score
from luoshi.rulebook.checking.thoroughness.mutants import mutants
from tests.unit.rulebook.checking.thoroughness.gaps import survivors
from tests.unit.rulebook.packs import pack_of

PACK = """measure
m: {title: BOTH, for: thing, conditions: {big: size > $least}, amount: price, frequency: once, discretion: may}
--- example
"""
T = "T%d: {as_of: 2019-07-14, subject: thing, fields: {size: %d, price: 2.00}, expect: {m: {outcome: %s}}}\n"
AT_IT, ABOVE, FAR_BELOW = T % (1, 5, "ineligible"), T % (2, 6, "eligible"), T % (3, 1, "ineligible")


@pytest.mark.parametrize(
    ("examples", "notices"),
    [
        ((AT_IT,), {"m big: > to >=", "m big: left out"}),
        ((ABOVE,), {"least 2000-01-01: 5 to 6"}),
        ((FAR_BELOW,), {"m big: left out"}),
        ((AT_IT, ABOVE), {"m big: > to >=", "m big: left out", "least 2000-01-01: 5 to 6"}),
        ((), set()),
    ],
)
def test_a_mutant_is_killed_when_an_example_notices_it(examples: tuple[str, ...], notices: set[str]) -> None:
    everything = {"m big: > to >=", "m big: left out", "least 2000-01-01: 5 to 6"}
    assert everything - survivors(pack_of(PACK + "".join(examples) + "other: {as_of: 2019-07-14}\n")) == notices


@pytest.mark.parametrize(
    "wrong", [ABOVE.replace("eligible", "ineligible"), ABOVE.replace("{m: {outcome: eligible}}", "{}")]
)
def test_an_example_that_fails_anyway_notices_nothing(wrong: str) -> None:
    assert "least 2000-01-01: 5 to 6" in survivors(pack_of(PACK + wrong))


def test_an_example_that_is_refused_notices_nothing() -> None:
    refused = "T1: {as_of: 2019-07-14, subject: thing, fields: {sise: 5}, expect: {findings: [CASE-018]}}\n"
    assert "m big: left out" in survivors(pack_of(PACK + refused))


@pytest.mark.parametrize(
    ("blocks", "example", "killed"),
    [
        (
            "fact\nf: {of: thing, value: not good}\n",
            "subject: thing, fields: {good: true}, expect: {facts: {f: false}}",
            "f value: not left out",
        ),
        (
            "fact\nf: {of: thing, value: not good}\ng: {of: thing, any: part, where: thing.f}\n",
            "subject: thing, fields: {good: true}, rows: {part: [{}]}, expect: {facts: {g: false}}",
            "f value: not left out",
        ),
        (
            "limit\nl: {title: BOTH, of: thing, when: good, holds: {a: size < 9}, force: hard}\n",
            "subject: thing, fields: {good: false}, expect: {l: not_applicable}",
            "l when: left out",
        ),
        (
            "target\nt: {title: BOTH, of: thing, indicator: size, value: 5}\n",
            "subject: thing, fields: {size: 5}, expect: {t: met}",
            "t test: >= to >",
        ),
        (
            "integrity\ni: {title: BOTH, of: thing, pattern: f, follow_up: BOTH}\n"
            "--- fact\nf: {of: thing, value: not good}\n",
            "subject: thing, fields: {good: true}, expect: {i: clear}",
            "f value: not left out",
        ),
        (
            "fact\nf: {of: thing, value: 'lookup(bands, size)'}\n",
            "subject: thing, fields: {size: 5}, expect: {facts: {f: 0.0435}}",
            "bands row 1: 0.0435 to 0.0436",
        ),
        (
            "measure\nm: {title: BOTH, for: thing, conditions: {a: not good}, frequency: once, discretion: may}\n"
            "n: {title: BOTH, for: thing, conditions: {a: eligible('m')}, frequency: once, discretion: may}\n",
            "subject: thing, fields: {good: true}, expect: {n: {outcome: ineligible}}",
            "m a: not left out",
        ),
        (
            "award\nm: {title: BOTH, for: thing, conditions: {a: good}, quota: $least, frequency: yearly,"
            " discretion: may}\n",
            "rows: {thing: [{good: true}]}, expect: {rounds: {m: {places: 5}}}",
            "least 2000-01-01: 5 to 6",
        ),
        (
            "award\nm: {title: BOTH, for: thing, conditions: {a: good}, quota: 'lookup(places, 1)', frequency: yearly,"
            " discretion: may}\n--- table\nplaces: {title: BOTH, keys: {k: {type: int}}, value: {unit: item},"
            " rows: [{k: 1, value: 3}]}\n",
            "rows: {thing: [{good: true}]}, expect: {rounds: {m: {places: 3}}}",
            "places row 1: 3 to 4",
        ),
        (
            "match\nd: {title: BOTH, demand: thing, supply: part, compatible: {a: supply.cheap}}\n"
            "--- fact\ncheap: {of: part, value: paid <= $grant}\n",
            "rows: {thing: {t: {}}, part: {p: {paid: 200.00}}}, expect: {matches: {d: {t: [p]}}}",
            "cheap value: <= to <",
        ),
    ],
)
def test_whatever_an_answer_rests_on(blocks: str, example: str, killed: str) -> None:
    text = f"{blocks}--- example\nT1: {{as_of: 2019-07-14, {example}}}\n"
    without = pack_of(f"{blocks}--- example\nT1: {{as_of: 2019-07-14, rows: {{thing: [{{}}]}}}}\n")
    assert killed in survivors(without)
    assert killed not in survivors(pack_of(text))


def test_how_many_were_tried_and_killed() -> None:
    pack = pack_of(PACK + AT_IT + ABOVE)
    found = score(pack, accepted(pack))
    assert found.tried == len(list(mutants(pack)))
    assert found.killed == found.tried - len(found.survivors) == 3


@pytest.mark.parametrize(("every", "tried"), [(1, 8), (2, 4), (3, 3), (7, 2), (8, 1), (9, 1)])
def test_one_in_so_many_is_tried(every: int, tried: int) -> None:
    pack = pack_of(PACK + AT_IT)
    told: list[tuple[int, int, str]] = []
    found = score(pack, accepted(pack), every=every, progress=lambda *step: told.append(step))
    chosen = list(mutants(pack))[::every]
    assert found.tried == tried == len(chosen)
    assert told == [(number, tried, mutant.block.id) for number, mutant in enumerate(chosen, 1)]
    assert {str(mutant) for mutant in found.survivors} <= {str(mutant) for mutant in chosen}
