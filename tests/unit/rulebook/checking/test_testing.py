"""Worked examples on every engine: what passes, what is told when it does not, and expectations that are none."""

from __future__ import annotations

import pytest

from luoshi.rulebook.checking.testing import ENGINES, run_examples
from tests.unit.rulebook.packs import pack_of

PACK = """fact
big: {of: thing, value: size > $least}
fair: {of: thing, judgement: bool}
--- measure
m:
  title: BOTH
  for: thing
  conditions: {big: big, fair: fair, soft: not $strict or good}
  amount: $grant * $share
  frequency: once
  discretion: may
--- award
best:
  title: BOTH
  for: thing
  conditions: {big: big}
  prize: $grant
  quota: $least
  frequency: yearly
  discretion: may
most: {title: BOTH, for: thing, conditions: {big: big}, frequency: yearly, discretion: may}
--- limit
cap: {title: BOTH, of: thing, holds: {a: size < 10}, force: hard}
--- target
enough: {title: BOTH, of: area, level: city, indicator: count_of(firm), value: 1}
--- integrity
odd: {title: BOTH, of: thing, pattern: size > 5 and colour = 'red', follow_up: BOTH}
--- duty
told: {title: BOTH, actor: BOTH, of: thing, done: size > 5 and colour = 'red'}
of-good: {title: BOTH, actor: BOTH, of: thing, when: good, done: size > 5}
untold: {title: BOTH, actor: BOTH}
--- match
deal:
  title: BOTH
  demand: thing
  supply: part
  compatible: {good: supply.good}
  preference: [{by: supply.paid, order: lowest}]
--- example
"""
T1 = (
    "T1: {as_of: 2019-07-14, subject: thing, fields: {size: 6, good: true%s}, judgements: {fair: true}, expect: {%s}}\n"
)


def problems(text: str, engines: tuple[str, ...] = tuple(ENGINES)) -> list[str]:
    (tested,) = run_examples(pack_of(PACK + text), engines)
    return list(tested.problems)


def t1(expect: str, more: str = "") -> list[str]:
    return problems(T1 % (more, expect), ("case",))


@pytest.mark.parametrize("engines", [("case",), ("sql",), ("case", "sql")])
def test_what_is_expected_and_answered(engines: tuple[str, ...]) -> None:
    expect = (
        "m: {outcome: undetermined, missing: [{parameter: share}]}, cap: met, facts: {big: true}, best: {amount: 200}"
    )
    assert problems(T1 % ("", expect), engines) == []


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ("", "nothing is expected"),
        ("m: {outcome: eligible}", "case: m: expected outcome eligible, got undetermined (unmet (), unknown ())"),
        ("cap: unmet", "case: cap: expected unmet, got met"),
        ("facts: {big: false}", "case: fact big: expected false, got True"),
        ("facts: {bigg: true}", "there is no fact “bigg” of thing with a value of its own"),
        ("n: {outcome: eligible}", "there is no measure, limit, target, integrity check or duty “n”"),
        ("untold: done", "there is no measure, limit, target, integrity check or duty “untold”"),
        ("told: not_done", "case: told: expected not_done, got unknown"),
        ("m: {missing: [{fact: size}]}", "case: m: expected missing [('fact', 'size')], got [('parameter', 'share')]"),
        ("findings: [CASE-018]", "expected to be refused with ['CASE-018'], but it was accepted"),
        ("rounds: {best: {eligible: 2}}", "case: best: expected eligible 2, got 1"),
        ("rounds: {m: {eligible: 1}}", "case: there is no award “m”"),
        ("rounds: {cap: {eligible: 1}}", "case: there is no award “cap”"),
    ],
)
def test_what_is_told_otherwise(expect: str, told: str) -> None:
    assert told in t1(expect)


def test_where_nothing_is_expected_the_engines_do_not_disagree() -> None:
    assert problems(T1 % ("", "")) == ["nothing is expected"]


def test_a_match_may_be_all_that_is_expected_of_a_subject() -> None:
    rows = "rows: {part: [{id: p, good: true, paid: 2.00}, {id: q, good: true, paid: 1.00}, {id: r, good: false}]}"
    match = "T1: {as_of: 2019-07-14, subject: thing, %s, expect: {matches: {deal: {this: [q, p]}}}}\n"
    assert problems(match % rows) == []


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ("findings: [CASE-018]", []),
        ("findings: [CASE-018, CASE-018]", []),
        ("findings: [CASE-015]", ["expected findings ['CASE-015'], got ['CASE-018']"]),
        ("m: {outcome: eligible}", ["CASE-018 "]),
    ],
)
def test_a_refused_input(expect: str, told: list[str]) -> None:
    seen = t1(expect, ", sise: 1")
    assert len(seen) == len(told)
    assert all(found.startswith(start) for found, start in zip(seen, told, strict=True))


def test_a_day_is_needed() -> None:
    assert problems("T1: {subject: thing, expect: {cap: met}}\n")[0].startswith("CHECK-007")


ROUND = "T1: {as_of: 2019-07-14, rows: {thing: [{times: %d, size: 6}, {size: 5}]}, expect: {rounds: {best: {%s}}}}\n"


@pytest.mark.parametrize(
    ("eligible", "expect"),
    [
        (5, "eligible: 5, places: 5, winners: 5, choice: none, prizes: 1000.00"),
        (6, "eligible: 6, places: 5, winners: 5, choice: people, prizes: 1000.00"),
        (0, "eligible: 0, winners: 0, choice: none, prizes: unknown"),
    ],
)
def test_a_round_is_looked_at_as_a_whole(eligible: int, expect: str) -> None:
    assert problems(ROUND % (eligible, expect)) == []


def test_people_choose_where_the_text_gives_no_number() -> None:
    text = (ROUND % (9, "eligible: 9")).replace(
        "best: {eligible: 9}", "most: {eligible: 9, places: unknown, choice: people}"
    )
    assert problems(text) == []


def test_a_target_of_an_area_at_its_level() -> None:
    city = "T1: {as_of: 2019-07-14, subject: area, rows: {firm: [{area: '331124'}]}, expect: {enough: %s}}\n"
    assert problems(city % "met") == []
    county = city.replace("subject: area", "subject: area, fields: {id: '331124'}")
    assert problems(county % "not_applicable") == []


@pytest.mark.parametrize(("colour", "size", "state"), [("red", 6, "found"), ("red", 5, "clear"), ("blue", 6, "clear")])
@pytest.mark.parametrize("engine", list(ENGINES))
def test_an_integrity_check_is_found_or_clear(engine: str, colour: str, size: int, state: str) -> None:
    text = "T1: {as_of: 2019-07-14, subject: thing, fields: {size: %s, colour: %s}, expect: {odd: %s}}\n"
    assert problems(text % (size, colour, state), (engine,)) == []


@pytest.mark.parametrize(
    ("fields", "state"),
    [("size: 6, colour: red", "done"), ("size: 5", "not_done"), ("size: 6", "unknown"), ("colour: blue", "not_done")],
)
@pytest.mark.parametrize("engine", list(ENGINES))
def test_a_duty_was_done_or_not(engine: str, fields: str, state: str) -> None:
    text = "T1: {as_of: 2019-07-14, subject: thing, fields: {%s}, expect: {told: %s}}\n"
    assert problems(text % (fields, state), (engine,)) == []


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ("size: 6, good: true", "done"),
        ("size: 5, good: true", "not_done"),
        ("good: true", "unknown"),
        ("size: 6, good: false", "not_applicable"),
        ("good: false", "not_applicable"),
        ("size: 6", "unknown"),
    ],
)
@pytest.mark.parametrize("engine", list(ENGINES))
def test_a_duty_is_told_of_some_rows_only(engine: str, fields: str, state: str) -> None:
    text = "T1: {as_of: 2019-07-14, subject: thing, fields: {%s}, expect: {of-good: %s}}\n"
    assert problems(text % (fields, state), (engine,)) == []


@pytest.mark.parametrize("engine", list(ENGINES))
def test_an_integrity_check_may_be_unknown(engine: str) -> None:
    text = "T1: {as_of: 2019-07-14, subject: thing, fields: {size: 6}, expect: {odd: unknown}}\n"
    assert problems(text, (engine,)) == []


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ("deal: {t: [low, high]}", []),
        ("deal: {t: [high, low]}", ["case: deal: expected ['high', 'low'] for t, got ['low', 'high']"]),
        ("ghost: {t: []}", ["case: there is no match “ghost”"]),
    ],
)
def test_a_match_names_the_suitable_in_the_order_preferred(expect: str, told: list[str]) -> None:
    parts = "{high: {good: true, paid: 9.00}, low: {good: true, paid: 1.00}, bad: {good: false}}"
    rows = f"rows: {{thing: {{t: {{size: 1}}}}, part: {parts}}}"
    text = f"T1: {{as_of: 2019-07-14, {rows}, expect: {{matches: {{{expect}}}}}}}\n"
    assert problems(text, ("case",)) == told


def test_a_simulation_is_as_if_in_force() -> None:
    early = T1.replace("2019-07-14", "1999-07-14")
    assert problems(early % ("", "best: {outcome: not_in_force}")) == []
    simulated = early.replace("subject: thing", "subject: thing, as_if_in_force: true")
    assert problems(simulated % ("", "best: {outcome: undetermined}")) == []


def test_engines_that_disagree_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def stubborn(*arguments: object, **named: object) -> dict[str, object]:
        return {}

    monkeypatch.setitem(ENGINES, "stubborn", stubborn)  # type: ignore[arg-type]  # an engine that answers nothing
    seen = problems(T1 % ("", "cap: met"), ("case", "stubborn"))
    assert seen == ["stubborn: cap: expected met, got None", "the engines disagree"]
