"""Runs the worked examples of a pack on every engine and says where an answer departs from what is expected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from luoshi.rulebook.cases.examples import Example, read_examples
from luoshi.rulebook.checking.answers import Answer, Answers, by_case, by_sql
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.explaining.missing import missing_of
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model.blocks import Award, Pack
from luoshi.rulebook.model.outcomes import Outcome

ENGINES: dict[str, Callable[..., dict[Any, Answers]]] = {"case": by_case, "sql": by_sql}
RESERVED = {"facts", "findings", "rounds"}


@dataclass(frozen=True)
class Tested:
    """An example and, by engine, what went wrong; nothing is well."""

    example: Example
    problems: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether every engine answered as expected."""
        return not self.problems


def run_examples(pack: Pack, engines: tuple[str, ...] = ("case", "sql")) -> Iterator[Tested]:
    """Every example of a pack on every engine."""
    for example in read_examples(pack):
        yield Tested(example, tuple(_problems(pack, example, engines)))


def _problems(pack: Pack, example: Example, engines: tuple[str, ...]) -> Iterator[str]:
    if not example.expect:
        yield "nothing is expected"
    if example.case is None or example.on is None:
        yield from _refusal(example)
        return
    if "findings" in example.expect:
        yield f"expected to be refused with {example.expect['findings']}, but it was accepted"
        return
    yield from _unknown_names(pack, example)
    facts = tuple(example.expect.get("facts", {}))
    answered = {}
    for name in engines:
        answers = ENGINES[name](pack, example.case, example.on, facts, as_if=example.as_if_in_force)
        answered[name] = answers
        for problem in _compare(pack, example, answers):
            yield f"{name}: {problem}"
    yield from _missing(pack, example)
    if len({repr(sorted((str(row), item) for row, item in answers.items())) for answers in map(_plain, answered.values())}) > 1:
        yield "the engines disagree"


def _plain(answers: dict[Any, Answers]) -> dict[Any, Any]:
    """Answers in a form in which equal values look equal."""
    return {
        str(row): (
            sorted((name, a.outcome, _number(a.amount), a.unmet, a.unknown) for name, a in item.measures.items()),
            sorted(item.checks.items()),
        )
        for row, item in answers.items()
    }


def _number(value: Any) -> Any:
    return str(Decimal(value).normalize()) if isinstance(value, int | Decimal) and value is not None else value


def _refusal(example: Example) -> Iterator[str]:
    expected = example.expect.get("findings")
    seen = sorted({finding.code for finding in example.findings})
    if not isinstance(expected, list):
        yield from (f"{finding.code} {finding.facts}" for finding in example.findings)
    elif sorted(set(expected)) != seen:
        yield f"expected findings {sorted(set(expected))}, got {seen}"


def _unknown_names(pack: Pack, example: Example) -> Iterator[str]:
    known = {*pack.measures, *pack.limits, *pack.targets, *RESERVED}
    for name in example.expect:
        if name not in known:
            yield f"there is no measure, limit or target “{name}”"


def _compare(pack: Pack, example: Example, answers: dict[Any, Answers]) -> Iterator[str]:
    assert example.case is not None
    for award, wanted in example.expect.get("rounds", {}).items():
        yield from _compare_round(pack, award, wanted, answers, example)
    if example.case.subject is None:
        return
    own = answers.get(example.case.subject_id) or answers.get(str(example.case.subject_id)) or Answers()
    for name, wanted in example.expect.items():
        if name in RESERVED:
            continue
        if isinstance(wanted, dict):
            yield from _compare_measure(name, wanted, own)
        elif own.checks.get(name) != wanted:
            yield f"{name}: expected {wanted}, got {own.checks.get(name)}"
    for name, wanted in example.expect.get("facts", {}).items():
        if not _same(wanted, own.facts.get(name)):
            yield f"fact {name}: expected {wanted}, got {own.facts.get(name)}"


def _compare_measure(name: str, wanted: Mapping[str, Any], own: Answers) -> Iterator[str]:
    answer = own.measures.get(name)
    if answer is None:
        yield f"{name}: not decided for this subject"
        return
    for key in ("outcome", "amount", "unmet", "unknown"):
        if key in wanted:
            yield from _compare_key(name, key, wanted[key], answer)


def _compare_key(name: str, key: str, wanted: Any, answer: Answer) -> Iterator[str]:
    seen = getattr(answer, key)
    same = sorted(wanted or []) == sorted(seen) if key in {"unmet", "unknown"} else _same(wanted, seen)
    if not same:
        yield f"{name}: expected {key} {wanted}, got {seen} (unmet {answer.unmet}, unknown {answer.unknown})"


def _same(wanted: Any, seen: Any) -> bool:
    """Whether a written expectation is the value seen."""
    if wanted is None or seen is None:
        return wanted is seen
    if isinstance(seen, bool):
        return str(wanted) == str(seen).lower()
    if isinstance(seen, int | Decimal):
        try:
            return Decimal(str(wanted)) == seen
        except InvalidOperation:
            return False
    return str(wanted) == str(seen)


def _missing(pack: Pack, example: Example) -> Iterator[str]:
    """What is reported missing; only the engine that records steps knows."""
    case, on = example.case, example.on
    assert case is not None and on is not None
    wanted = {name: item["missing"] for name, item in example.expect.items() if _has_missing(item)}
    if not wanted or case.subject is None:
        return
    engine = CaseEngine(pack, on, Settings(pack, on, case.local), as_if_in_force=example.as_if_in_force)
    for item in engine.decide(case.store, case.subject, case.subject_id).determinations:
        if item.measure.id in wanted:
            seen = {(missing.kind, missing.name) for missing in missing_of(item)}
            expected = {pair for entry in wanted[item.measure.id] for pair in dict(entry).items()}
            if not expected <= seen:
                yield f"case: {item.measure.id}: expected missing {sorted(expected)}, got {sorted(seen)}"


def _has_missing(item: Any) -> bool:
    return isinstance(item, dict) and "missing" in item


def _compare_round(
    pack: Pack, award_id: str, wanted: Mapping[str, Any], answers: dict[Any, Answers], example: Example
) -> Iterator[str]:
    award = pack.measures.get(award_id)
    if not isinstance(award, Award):
        yield f"there is no award “{award_id}”"
        return
    seen = award_round(pack, award, answers, example)
    for key, value in wanted.items():
        if not _same(value, seen.get(key)):
            yield f"{award_id}: expected {key} {value}, got {seen.get(key)}"


def award_round(pack: Pack, award: Award, answers: dict[Any, Answers], example: Example) -> dict[str, Any]:
    """A round as a whole: how many are eligible, how many places there are, and whether people must choose."""
    assert example.on is not None and example.case is not None
    own = [item.measures[award.id] for item in answers.values() if award.id in item.measures]
    eligible = [answer for answer in own if answer.outcome == Outcome.ELIGIBLE.word]
    engine = CaseEngine(pack, example.on, Settings(pack, example.on, example.case.local))
    places = engine.constant(award.quota) if award.quota is not None else None
    winners = len(eligible) if places is None else min(len(eligible), int(places))
    prize = eligible[0].amount if eligible else None
    return {
        "eligible": len(eligible),
        "places": places,
        "winners": winners,
        "choice": "people" if places is not None and len(eligible) > int(places) else "none",
        "prizes": None if prize is None else prize * winners,
    }
