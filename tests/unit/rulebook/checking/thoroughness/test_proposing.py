"""Proposals close the gap they are made for: written into the pack they load, pass on both engines, and try or kill."""

from __future__ import annotations

from dataclasses import replace

import pytest

from luoshi.rulebook.checking.thoroughness.accepting import Accepted, accepted
from luoshi.rulebook.checking.thoroughness.exercising import exercised
from luoshi.rulebook.checking.thoroughness.killing import score
from luoshi.rulebook.checking.thoroughness.proposing import MOST_CASES, Proposal, propose_kills, propose_trials
from luoshi.rulebook.inputs.store import Store
from tests.unit.rulebook.checking.thoroughness.gaps import failures, kills, survivors, trials, untried, with_written
from tests.unit.rulebook.packs import pack_of

M = "measure\nm: {title: BOTH, for: thing, frequency: once, discretion: may, conditions: {%s}%s}\n"
T = "--- example\nT1 far: {as_of: 2019-07-14, subject: thing, %s}\n"
EXPECTED = ", expect: {m: {outcome: %s}}"
ROWS = "rows: {part: {p: {paid: 200.01, day: 2019-07-14}, q: {paid: 200.01}}}"

WORLDS = {
    "whole numbers": M % ("a: size > 5", "") + T % ("fields: {size: 9}" + EXPECTED % "eligible"),
    "a parameter": M % ("a: size <= $least", "") + T % ("fields: {size: 1}" + EXPECTED % "eligible"),
    "money": M % ("a: price > $grant", "") + T % ("fields: {price: 9.00}" + EXPECTED % "ineligible"),
    "rates": M % ("a: ratio >= 0.5", "") + T % ("fields: {ratio: 1}" + EXPECTED % "eligible"),
    "days": M % ("a: born <= on_date", "") + T % ("fields: {born: 2019-07-14}" + EXPECTED % "eligible"),
    "an end": M % ("a: on_date < ended", "") + T % ("fields: {ended: 2019-07-14}" + EXPECTED % "ineligible"),
    "both": M % ("a: good and size > 5", "") + T % ("fields: {good: true, size: 6}" + EXPECTED % "eligible"),
    "either": M % ("a: good or colour = 'red'", "")
    + T % ("fields: {good: false, colour: red}" + EXPECTED % "eligible"),
    "an amount": M % ("a: good", ", amount: 'if(size > 5, price, $grant)'")
    + T % ("fields: {good: true, size: 9, price: 1.00}" + EXPECTED % "eligible"),
    "a fact": M % ("a: big", "")
    + "--- fact\nbig: {of: thing, value: size > 5}\n"
    + T % ("fields: {size: 9}, expect: {m: {outcome: eligible}, facts: {big: true}}"),
    "a fact by itself": "fact\nf: {of: thing, value: size > 5}\n" + T % "fields: {size: 9}, expect: {facts: {f: true}}",
    "a judgement": M % ("a: fair and size > 5", "")
    + "--- fact\nfair: {of: thing, judgement: bool}\n"
    + T % ("fields: {size: 6}, judgements: {fair: true}" + EXPECTED % "eligible"),
    "another measure": M % ("a: size > 5", "")
    + "n: {title: BOTH, for: thing, frequency: once, discretion: may, conditions: {a: eligible('m')}}\n"
    + T % ("fields: {size: 9}, expect: {n: {outcome: eligible}}"),
    "a limit": "limit\nl: {title: BOTH, of: thing, when: size > 5, holds: {a: price < $grant}, force: hard}\n"
    + T % "fields: {size: 9, price: 1.00}, expect: {l: met}",
    "a target": "target\nt: {title: BOTH, of: thing, indicator: 'max(size, if(good and size > 7, 1, 2))', value: 5}\n"
    + T % "fields: {size: 9, good: true}, expect: {t: met}",
    "an integrity check": "integrity\ni: {title: BOTH, of: thing, pattern: size > 5, follow_up: BOTH}\n"
    + T % "fields: {size: 9}, expect: {i: found}",
    "rows of another register": M % ("a: 'count_of(part, paid > $grant) >= 2'", "")
    + T % (ROWS + EXPECTED % "eligible"),
    "days of another register": M % ("a: 'any_of(part, day <= on_date)'", "") + T % (ROWS + EXPECTED % "eligible"),
    "a row referred to": M % ("a: next.size > 5", "")
    + T % ("fields: {next: t}, rows: {thing: {t: {size: 6}}}" + EXPECTED % "eligible"),
    "not in force": (M % ("a: size > 5", "") + T % ("fields: {size: 9}" + EXPECTED % "not_in_force")).replace(
        "2019-07-14", "1999-12-01"
    ),
    "a simulation": (
        M % ("a: size > 5", "") + T % ("as_if_in_force: true, fields: {size: 9}" + EXPECTED % "eligible")
    ).replace("2019-07-14", "1999-12-01"),
    "a local value": M % ("a: $strict or size > 5 or next.good", "")
    + T
    % (
        "parameters: {strict: false}, fields: {size: 6, next: t}, rows: {thing: {t: {good: false}}}"
        + EXPECTED % "eligible"
    ),
}
KILLED_ALREADY = {"an end", "an integrity check"}
"""What the example leaves untried there, no mutant stands for."""


@pytest.mark.parametrize("blocks", WORLDS.values(), ids=WORLDS)
def test_what_is_proposed_tries_what_had_not_been_tried(blocks: str) -> None:
    pack = pack_of(blocks)
    assert failures(pack) == []
    proposals = trials(pack)
    assert bool(proposals) == bool(untried(pack))
    closed = with_written(blocks, proposals)
    assert failures(closed) == []
    assert untried(closed) == set()


@pytest.mark.parametrize("world", WORLDS)
def test_what_is_proposed_kills_the_mutant_it_is_proposed_for(world: str) -> None:
    blocks = WORLDS[world]
    proposals = kills(pack_of(blocks))
    assert bool(proposals) is (world not in KILLED_ALREADY)
    for proposal in proposals:
        mutant = proposal.why.partition(" ")[2]
        assert mutant in survivors(pack_of(blocks))
        closed = with_written(blocks, [proposal])
        assert failures(closed) == []
        assert mutant not in survivors(closed)


@pytest.mark.parametrize(
    ("blocks", "gone"),
    [
        (WORLDS["whole numbers"], {"m a: left out", "m a: > to >=", "m a: 5 to 6"}),
        (WORLDS["money"], {"m a: left out", "m a: > to >=", "grant 2010-01-01: 200.00 to 200.01"}),
        (WORLDS["a limit"], {"l when: left out", "l when: > to >=", "l when: 5 to 6", "l a: left out", "l a: < to <="}),
    ],
)
def test_every_mutant_of_what_is_decided_may_be_killed(blocks: str, gone: set[str]) -> None:
    left = survivors(with_written(blocks, kills(pack_of(blocks))))
    assert not gone & left


@pytest.mark.parametrize(
    ("blocks", "mutant", "names"),
    [
        (
            M % ("a: good, b: size > 5 or price > $grant", "")
            + T % "fields: {good: false, size: 9}, expect: {m: {outcome: ineligible}}",
            "m b: or to and",
            {"m"},
        ),
        (
            (M % ("a: size > 5", "") + T % "fields: {size: 9}, expect: {m: {outcome: not_in_force}}").replace(
                "2019-07-14", "1999-12-01"
            ),
            "m a: > to >=",
            {"m"},
        ),
    ],
)
def test_a_mutant_that_changes_the_reasons_and_not_the_outcome(blocks: str, mutant: str, names: set[str]) -> None:
    (proposal,) = [item for item in kills(pack_of(blocks)) if item.why.endswith(mutant)]
    assert set(proposal.answers.measures) == names
    assert mutant not in survivors(with_written(blocks, [proposal]))


def test_a_mutant_that_the_worked_case_would_tell_if_more_were_expected() -> None:
    limit = "limit\nl: {title: BOTH, of: thing, holds: {a: size < 10}, force: hard}\n"
    blocks = limit + "--- " + M % ("a: good", "") + T % ("fields: {size: 10, good: true}" + EXPECTED % "eligible")
    first = kills(pack_of(blocks))[0]
    assert first.why.endswith("m a: left out")
    second = next(item for item in kills(pack_of(blocks)) if item.why.endswith("l a: left out"))
    assert second.variant.case is second.base.case and second.variant.on == second.base.on
    assert (set(second.answers.measures), second.answers.checks) == (set(), {"l": "unmet"})


SHARE = (
    M % ("a: fair > 0.5", "")
    + "--- fact\nfair: {of: thing, share: part, where: good and paid >= $grant, among: is_known(day)}\n"
    + T % ("rows: {part: {p: {good: true, paid: 200.00, day: 2019-07-14}}}" + EXPECTED % "eligible")
)


def test_a_share_has_no_value_of_its_own_to_expect() -> None:
    proposals = kills(pack_of(SHARE))
    assert any("fair value" in item.why for item in proposals)
    assert all(not item.answers.facts for item in [*proposals, *trials(pack_of(SHARE))])
    assert failures(with_written(SHARE, trials(pack_of(SHARE)))) == []
    assert untried(with_written(SHARE, trials(pack_of(SHARE)))) == set()


@pytest.mark.parametrize("world", ["whole numbers", "rows of another register", "a fact"])
def test_only_what_matters_is_expected(world: str) -> None:
    more = "--- limit\nother: {title: BOTH, of: thing, holds: {a: is_known(label)}, force: hard}\n"
    blocks = WORLDS[world].replace("--- example", more + "--- example")
    for proposal in trials(pack_of(blocks)):
        assert set(proposal.answers.measures) == {"m"}
        assert proposal.answers.checks == {}
        assert set(proposal.answers.facts) == ({"big"} if world == "a fact" else set())


def test_why_a_case_is_proposed() -> None:
    assert [item.why for item in trials(pack_of(WORLDS["whole numbers"]))] == ["m below", "m at", "m above"]
    assert [item.why for item in trials(pack_of(WORLDS["both"]))] == ["m unmet; m below", "m at"]


@pytest.mark.parametrize(
    "blocks",
    [
        M % ("a: size > next.size", "") + T % ("fields: {good: true}" + EXPECTED % "undetermined"),
        M % ("a: size > 5", "") + "--- example\nT1: {as_of: 2019-07-14, rows: {thing: [{size: 9}]}}\n",
        M % ("a: size > 5", "") + "--- example\nT1: {as_of: 2019-07-14, subject: firm}\n",
    ],
)
def test_where_nothing_near_by_would_close_the_gap(blocks: str) -> None:
    assert untried(pack_of(blocks))
    assert trials(pack_of(blocks)) == []


def test_examples_about_whole_registers_are_not_varied() -> None:
    blocks = M % ("a: size > 5", "") + "--- example\nT1: {as_of: 2019-07-14, rows: {thing: [{size: 9}]}}\n"
    assert survivors(pack_of(blocks)) and kills(pack_of(blocks)) == []


@pytest.mark.parametrize(("before", "found"), [(MOST_CASES - 1, True), (MOST_CASES, False)])
def test_a_few_worked_cases_are_varied_for_each_mutant(before: int, found: bool) -> None:
    """Nothing near the first cases tells the mutant: what they compare is unknown. The last one is not reached."""
    blocks = M % ("a: size > next.size", "") + "--- example\n"
    for number in range(before):
        blocks += f"U{number}: {{as_of: 2019-07-14, subject: thing, expect: {{m: {{outcome: undetermined}}}}}}\n"
    blocks += "V: {as_of: 2019-07-14, subject: thing, fields: {size: 5, next: t}, rows: {thing: {t: {size: 4}}}}\n"
    assert any(item.why.endswith("> to >=") for item in kills(pack_of(blocks))) is found


def disagreeing(example: Accepted) -> Accepted:
    """An example that no file can hold: an end that is unknown. For registers, a blank there means never."""
    rows = example.case.store.rows
    row = {**rows["thing"]["this"], "ended": None}
    store = Store(example.case.store.pack, {**rows, "thing": {"this": row}})
    return replace(example, case=replace(example.case, store=store))


def test_nothing_is_proposed_on_which_the_engines_disagree() -> None:
    blocks = M % ("a: size > 5, b: on_date < ended", "") + T % ("fields: {size: 9}" + EXPECTED % "eligible")
    pack = pack_of(blocks)

    def proposed(examples: list[Accepted]) -> list[Proposal]:
        left = score(pack, accepted(pack)).survivors
        return [*propose_trials(pack, exercised(pack, ()), examples), *propose_kills(pack, left, examples)]

    assert proposed(accepted(pack))
    assert proposed([disagreeing(item) for item in accepted(pack)]) == []


def test_how_far_the_search_is() -> None:
    blocks = WORLDS["whole numbers"] + "T2 near:\n  like: T1 far\n  fields: {size: 5}\n"
    pack = pack_of(blocks)
    examples = accepted(pack)
    told: list[tuple[int, int, str]] = []
    list(propose_trials(pack, exercised(pack, examples), examples, lambda *step: told.append(step)))
    assert told == [(1, 4, "T1 far"), (2, 4, "T2 near"), (3, 4, "T1 far"), (4, 4, "T2 near")]
    told.clear()
    assert list(propose_trials(pack, (), examples, lambda *step: told.append(step))) == []
    assert len(told) == 4
