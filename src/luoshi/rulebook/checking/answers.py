"""What each engine answers to a case, in one comparable form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from luoshi.rulebook.cases.case_file import Case
from luoshi.rulebook.cases.tables import to_tables
from luoshi.rulebook.engines import native, sql
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model.administration import Duty, IntegrityCheck
from luoshi.rulebook.model.bases import Condition
from luoshi.rulebook.model.blocks import Limit, Measure, Pack, Target
from luoshi.rulebook.model.outcomes import FULFILMENTS, NOT_APPLICABLE, SUSPICIONS, Outcome
from luoshi.rulebook.model.steps import Decision

RowKey = tuple[str, str]
"""A register and the id of a row, as text."""
CHECK_STATES = ("unmet", "met", "unknown", NOT_APPLICABLE)


@dataclass(frozen=True)
class Answer:
    """What a measure comes to: the words and names an example may expect."""

    outcome: str
    amount: Any
    unmet: tuple[str, ...]
    unknown: tuple[str, ...]
    amount_unknown: bool


@dataclass
class Answers:
    """What an engine answers about one row."""

    measures: dict[str, Answer] = field(default_factory=dict)
    checks: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


def by_case(pack: Pack, case: Case, on: date, facts: tuple[str, ...], *, as_if: bool) -> dict[RowKey, Answers]:
    """The case engine's answers for the subject, or for every row of the store when there is none."""
    engine = CaseEngine(pack, on, Settings(pack, on, case.local), as_if_in_force=as_if)
    run = engine.start(case.store)
    answers = {}
    for register, row in rows_decided(pack, case):
        answered = of_decision(engine.decide(case.store, register, row, run=run))
        answered.checks |= {item.duty.id: item.state for item in engine.duties(run, register, row)}
        answered.facts = {name: engine.fact(case.store, register, row, name).value for name in facts}
        answers[register, str(row)] = answered
    return answers


def rows_decided(pack: Pack, case: Case) -> list[tuple[str, Any]]:
    """The subject, or every row of the store about which the pack decides anything when there is none."""
    if case.subject:
        return [(case.subject, case.subject_id)]
    return [(register, row) for register in _decided(pack) for row in case.store.rows.get(register, ())]


def _decided(pack: Pack) -> list[str]:
    """The registers about whose rows the pack decides anything."""
    decided = [measure.register for measure in pack.measures.values()]
    checked = [block.register for block, _ in _checks(pack) if block.register is not None]
    return list(dict.fromkeys(decided + checked))


def _checks(pack: Pack) -> Iterator[tuple[Limit | Target | IntegrityCheck | Duty, Sequence[str]]]:
    """The limits, targets, integrity checks and answerable duties of a pack, with the words for their states."""
    yield from ((limit, CHECK_STATES) for limit in pack.limits.values())
    yield from ((target, CHECK_STATES) for target in pack.targets.values())
    yield from ((check, tuple(SUSPICIONS.values())) for check in pack.integrity_checks.values())
    told = (*FULFILMENTS.values(), NOT_APPLICABLE)
    yield from ((duty, told) for duty in pack.duties.values() if duty.done is not None)


def of_decision(decision: Decision) -> Answers:
    """The answers in a decision of the reference engine."""
    answers = Answers(checks={check.block.id: check.state for check in decision.checks})
    answers.checks |= {item.check.id: item.state for item in decision.suspicions}
    for item in decision.determinations:
        answers.measures[item.measure.id] = _answer(item.measure, item.outcome, item.amount, item.unmet, item.unknown)
    return answers


def _answer(measure: Measure, outcome: Outcome, amount: Any, unmet: int, unknown: int) -> Answer:
    return Answer(
        outcome.word,
        amount,
        _names(measure.conditions, unmet),
        _names(measure.conditions, unknown),
        bool(unknown >> len(measure.conditions)),
    )


def _names(conditions: tuple[Condition, ...], mask: int) -> tuple[str, ...]:
    return tuple(condition.name for index, condition in enumerate(conditions) if mask >> index & 1)


def by_sql(pack: Pack, case: Case, on: date, facts: tuple[str, ...], *, as_if: bool) -> dict[RowKey, Answers]:
    """The DuckDB engine's answers for the same rows."""
    return _by_tables(sql.decide_tables, pack, case, on, facts, as_if)


def by_native(pack: Pack, case: Case, on: date, facts: tuple[str, ...], *, as_if: bool) -> dict[RowKey, Answers]:
    """The native engine's answers for the same rows."""
    return _by_tables(native.decide_tables, pack, case, on, facts, as_if)


def _by_tables(
    decide: Callable[..., dict[str, pa.Table]], pack: Pack, case: Case, on: date, facts: tuple[str, ...], as_if: bool
) -> dict[RowKey, Answers]:
    """The answers of an engine that decides whole registers."""
    wanted = [(case.subject, name) for name in facts] if case.subject else []
    tables = decide(pack, to_tables(pack, case.store.rows), on, local=case.local, facts=wanted, as_if_in_force=as_if)
    answers: dict[RowKey, Answers] = {}
    if case.subject is not None and case.subject not in tables:
        answers[case.subject, str(case.subject_id)] = Answers()
    for register, table in tables.items():
        for row in table.to_pylist():
            if case.subject is None or (register == case.subject and case.subject_id in (None, row["id"])):
                answers[register, row["id"]] = _from_row(pack, register, row, facts)
    return answers


def _from_row(pack: Pack, register: str, row: Mapping[str, Any], facts: tuple[str, ...]) -> Answers:
    answers = Answers(facts={name: row[name] for name in facts})
    for measure in pack.measures.values():
        if measure.register == register:
            answers.measures[measure.id] = _answer(
                measure,
                Outcome(row[f"{measure.id}.outcome"]),
                row.get(f"{measure.id}.amount"),
                row[f"{measure.id}.unmet"],
                row[f"{measure.id}.unknown"],
            )
    for block, states in _checks(pack):
        if block.register == register and f"{block.id}.state" in row:
            answers.checks[block.id] = states[row[f"{block.id}.state"]]
    return answers
