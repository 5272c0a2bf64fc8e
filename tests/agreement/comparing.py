"""What the engines say about the same rows, cell by cell. The case engine is right by definition."""

from __future__ import annotations

from datetime import date
from typing import Any

from luoshi.rulebook.cases.case_file import Case
from luoshi.rulebook.checking.answers import Answers, by_case, by_native, by_sql
from luoshi.rulebook.checking.expecting import comparable
from luoshi.rulebook.inputs.store import Store
from luoshi.rulebook.model.blocks import Pack

PARTS_OF_AN_ANSWER = 4


def compared(pack: Pack, rows: dict[str, Any], on: date) -> int:
    """How many cells about things all engines agree on; an error that shows those that differ."""
    facts = tuple(name for register, name in pack.facts if register == "thing")
    store = Store(pack, rows)
    found = by_case(pack, Case(store, "", None, ()), on, facts, as_if=False)
    wanted = comparable(found)
    for answers_of in (by_sql, by_native):
        seen = comparable(answers_of(pack, Case(store, "thing", None, ()), on, facts, as_if=False))
        differing = {key: (answer, seen.get(key)) for key, answer in wanted.items() if seen.get(key) != answer}
        assert seen.keys() == wanted.keys() and not differing, (answers_of.__name__, list(differing.items())[:3])
    return sum(map(_cells, found.values()))


def _cells(answers: Answers) -> int:
    return PARTS_OF_AN_ANSWER * len(answers.measures) + len(answers.checks) + len(answers.facts)
