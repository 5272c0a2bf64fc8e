"""Runs the worked examples of a pack on every engine and says where an answer departs from what is expected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from luoshi.rulebook.cases.case_file import Case
from luoshi.rulebook.cases.examples import Example, read_examples
from luoshi.rulebook.checking.answers import Answers, by_case, by_native, by_sql
from luoshi.rulebook.checking.expecting import RESERVED, comparable, departures, same_value
from luoshi.rulebook.checking.narrowing import measures_asked_about, narrowed
from luoshi.rulebook.checking.rounds import round_of
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.engines.case.pairing import Pairing
from luoshi.rulebook.explaining.missing import missing_of
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model.blocks import Award, Pack
from luoshi.rulebook.model.types import SHARE

ENGINES: dict[str, Callable[..., dict[Any, Answers]]] = {"case": by_case, "sql": by_sql, "native": by_native}


@dataclass(frozen=True)
class Tested:
    """An example and what went wrong; no problems is well."""

    example: Example
    problems: tuple[str, ...]


def run_examples(pack: Pack, engines: tuple[str, ...] = tuple(ENGINES)) -> Iterator[Tested]:
    """Every example of a pack on every engine, each deciding what the example expects something of."""
    asked = measures_asked_about(pack)
    for example in read_examples(pack):
        yield Tested(example, tuple(problems_of(narrowed(pack, example.expect, asked), example, engines)))


def problems_of(pack: Pack, example: Example, engines: tuple[str, ...] = tuple(ENGINES)) -> Iterator[str]:
    """Where the engines depart from what an example expects, and from one another."""
    if not example.expect:
        yield "nothing is expected"
    if example.case is None or example.on is None:
        yield from _refusal(example)
    elif "findings" in example.expect:
        yield f"expected to be refused with {example.expect['findings']}, but it was accepted"
    else:
        wrong = list(_unknown_names(pack, example, example.case))
        yield from wrong or _decided(pack, example, example.case, engines)


def _refusal(example: Example) -> Iterator[str]:
    """A refused input is right when it is refused for the reasons expected."""
    expected = example.expect.get("findings")
    seen = sorted({finding.code for finding in example.findings})
    if not isinstance(expected, list):
        yield from (f"{finding.code} {finding.facts}" for finding in example.findings)
    elif sorted(set(expected)) != seen:
        yield f"expected findings {sorted(set(expected))}, got {seen}"


def _unknown_names(pack: Pack, example: Example, case: Case) -> Iterator[str]:
    duties = (duty.id for duty in pack.duties.values() if duty.done is not None)
    known = {*pack.measures, *pack.limits, *pack.targets, *pack.integrity_checks, *duties, *RESERVED}
    yield from (
        f"there is no measure, limit, target, integrity check or duty “{name}”"
        for name in example.expect
        if name not in known
    )
    facts = {name for (register, name), fact in pack.facts.items() if register == case.subject and fact.type != SHARE}
    named = example.expect.get("facts", {})
    yield from (
        f"there is no fact “{name}” of {case.subject} with a value of its own" for name in named if name not in facts
    )


def _decided(pack: Pack, example: Example, case: Case, engines: tuple[str, ...]) -> Iterator[str]:
    facts = tuple(example.expect.get("facts", {}))
    answered = {}
    for name in engines:
        answers = ENGINES[name](pack, case, example.on, facts, as_if=example.as_if_in_force)
        answered[name] = comparable(answers)
        for problem in _compare(pack, example, case, answers):
            yield f"{name}: {problem}"
    yield from _missing(pack, example, case)
    if any(answers != next(iter(answered.values())) for answers in answered.values()):
        yield "the engines disagree"


def _compare(pack: Pack, example: Example, case: Case, answers: dict[Any, Answers]) -> Iterator[str]:
    for award, wanted in example.expect.get("rounds", {}).items():
        yield from _compare_round(pack, award, wanted, answers, _engine(pack, example, case))
    for match, pairs in example.expect.get("matches", {}).items():
        yield from _compare_match(pack, match, pairs, case, _engine(pack, example, case))
    if case.subject is not None:
        own = answers.get((case.subject, str(case.subject_id))) or Answers()
        yield from departures(example.expect, own)


def _engine(pack: Pack, example: Example, case: Case) -> CaseEngine:
    assert example.on is not None
    settings = Settings(pack, example.on, case.local)
    return CaseEngine(pack, example.on, settings, as_if_in_force=example.as_if_in_force)


def _compare_round(
    pack: Pack, name: str, wanted: Mapping[str, Any], answers: dict[Any, Answers], engine: CaseEngine
) -> Iterator[str]:
    award = pack.measures.get(name)
    if not isinstance(award, Award):
        yield f"there is no award “{name}”"
        return
    places = engine.constant(award.quota) if award.quota is not None else None
    seen = round_of([item.measures[name] for item in answers.values() if name in item.measures], places)
    for key, value in wanted.items():
        if not same_value(value, seen.get(key)):
            yield f"{name}: expected {key} {value}, got {seen.get(key)}"


def _compare_match(pack: Pack, name: str, wanted: Mapping[str, Any], case: Case, engine: CaseEngine) -> Iterator[str]:
    match = pack.matches.get(name)
    if match is None:
        yield f"there is no match “{name}”"
        return
    pairing = Pairing(engine, match, case.store)
    for demand, supplies in wanted.items():
        seen = [str(pair.supply) for pair in pairing.suitable(demand)]
        if seen != supplies:
            yield f"{name}: expected {supplies} for {demand}, got {seen}"


def _missing(pack: Pack, example: Example, case: Case) -> Iterator[str]:
    """What is reported missing; only the engine that records steps knows."""
    expected = {name: item["missing"] for name, item in example.expect.items() if "missing" in item}
    if not expected or case.subject is None:
        return
    decision = _engine(pack, example, case).decide(case.store, case.subject, case.subject_id)
    for item in decision.determinations:
        if item.measure.id in expected:
            seen = {(missing.kind, missing.name) for missing in missing_of(item)}
            wanted = {pair for entry in expected[item.measure.id] for pair in dict(entry).items()}
            if not wanted <= seen:
                yield f"case: {item.measure.id}: expected missing {sorted(wanted)}, got {sorted(seen)}"
