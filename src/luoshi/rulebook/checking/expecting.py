"""Where an engine's answers depart from what an example expects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from luoshi.rulebook.checking.answers import Answer, Answers

RESERVED = frozenset({"facts", "findings", "matches", "rounds"})


def departures(expect: Mapping[str, Any], own: Answers) -> Iterator[str]:
    """Each expectation about the subject that the answers do not meet."""
    for name, wanted in expect.items():
        if name in RESERVED:
            continue
        if isinstance(wanted, dict):
            yield from _measure(name, wanted, own)
        elif own.checks.get(name) != wanted:
            yield f"{name}: expected {wanted}, got {own.checks.get(name)}"
    for name, wanted in expect.get("facts", {}).items():
        if not same_value(wanted, own.facts.get(name)):
            yield f"fact {name}: expected {wanted}, got {own.facts.get(name)}"


def _measure(name: str, wanted: Mapping[str, Any], own: Answers) -> Iterator[str]:
    answer = own.measures.get(name)
    if answer is None:
        yield f"{name}: not decided for this subject"
        return
    for key in ("outcome", "amount", "unmet", "unknown"):
        if key in wanted:
            yield from _key(name, key, wanted[key], answer)


def _key(name: str, key: str, wanted: Any, answer: Answer) -> Iterator[str]:
    seen = getattr(answer, key)
    listed = key in {"unmet", "unknown"}
    if not (sorted(wanted or []) == sorted(seen) if listed else same_value(wanted, seen)):
        yield f"{name}: expected {key} {wanted}, got {seen} (unmet {answer.unmet}, unknown {answer.unknown})"


def same_value(wanted: Any, seen: Any) -> bool:
    """Whether a written expectation is the value seen; `unknown` stands for a value that is not there."""
    if wanted in (None, "unknown") or seen is None:
        return wanted in (None, "unknown") and seen is None
    if isinstance(seen, bool):
        return str(wanted) == str(seen).lower()
    if isinstance(seen, int | Decimal):
        try:
            return Decimal(str(wanted)) == seen
        except InvalidOperation:
            return False
    return str(wanted) == str(seen)


def comparable(answers: Mapping[Any, Answers]) -> dict[str, Any]:
    """Answers in a form in which equal values look equal, whichever engine they come from."""
    return {
        str(row): (
            {name: (a.outcome, _plain(a.amount), a.unmet, a.unknown) for name, a in item.measures.items()},
            item.checks,
            {name: _plain(value) for name, value in item.facts.items()},
        )
        for row, item in answers.items()
    }


def _plain(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return value
    return str(Decimal(value).normalize() + 0)
