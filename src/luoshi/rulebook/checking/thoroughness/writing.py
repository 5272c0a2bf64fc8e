"""A proposal as an example that can be put into the pack, beside the example it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from luoshi.rulebook.checking.answers import Answer, Answers
from luoshi.rulebook.checking.thoroughness.proposing import Proposal
from luoshi.rulebook.checking.thoroughness.variants import Variant
from luoshi.rulebook.inputs.settings import LocalValue
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.values.calendar import NEVER


def written(proposal: Proposal, pack: Pack, name: str) -> str:
    """The example as YAML. What it expects is what both engines answer today: people have to confirm it."""
    content = {name: {**_case(proposal, pack), "expect": _expected(proposal.answers)}}
    return yaml.dump(content, allow_unicode=True, sort_keys=False, default_flow_style=None, width=110)


def _case(proposal: Proposal, pack: Pack) -> dict[str, Any]:
    variant, base = proposal.variant, proposal.base
    if variant.changed is not None:
        name, value = variant.changed
        key = "fields" if name in pack.registers[str(base.case.subject)].fields else "given"
        return {"like": base.example.name, key: {name: _text(value)}}
    if variant.case is base.case:
        return {"like": base.example.name, "as_of": variant.on.isoformat()}
    return dict(_whole(variant, pack, as_if=base.example.as_if_in_force))


def _whole(variant: Variant, pack: Pack, *, as_if: bool) -> Iterator[tuple[str, Any]]:
    """The case with every row, for one that differs in a row of another register."""
    case = variant.case
    subject = str(case.subject)
    yield "as_of", variant.on.isoformat()
    if as_if:
        yield "as_if_in_force", True
    yield "subject", subject
    own = case.store.rows[subject][case.subject_id]
    fields = pack.registers[subject].fields
    yield "fields", {"id": case.subject_id} | _row({name: own[name] for name in own if name in fields})
    if given := _row({name: own[name] for name in own if name not in fields}):
        yield "given", given
    yield (
        "rows",
        {
            register: {
                row_id: _row(row) for row_id, row in rows.items() if (register, row_id) != (subject, case.subject_id)
            }
            for register, rows in case.store.rows.items()
            if register != subject or len(rows) > 1
        },
    )
    if case.local:
        yield "parameters", {item.name: _local(item) for item in case.local}


def _local(item: LocalValue) -> dict[str, Any]:
    parts = {"value": _text(item.value), "area": item.area, "by": item.by, "document": item.document}
    if item.start != date.min:
        parts["from"] = item.start.isoformat()
    return {key: value for key, value in parts.items() if value}


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _text(value) for name, value in row.items() if value is not None and value != NEVER}


def _text(value: Any) -> Any:
    """A value as it is written: numbers and days as plain text."""
    if value is None or isinstance(value, bool | int):
        return value
    return _Plain(value.isoformat() if isinstance(value, date) else str(value))


class _Plain(str):
    """Text that is written without quotes where it reads as a number or day: the pack reads every value as text."""


def _plain(dumper: yaml.Dumper, text: _Plain) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text))


yaml.add_representer(_Plain, _plain)


def _expected(answers: Answers) -> dict[str, Any]:
    expected: dict[str, Any] = {name: _measure(answer) for name, answer in answers.measures.items()} | answers.checks
    if answers.facts:
        facts = {name: "unknown" if value is None else _text(value) for name, value in answers.facts.items()}
        expected["facts"] = facts
    return expected


def _measure(answer: Answer) -> dict[str, Any]:
    content: dict[str, Any] = {"outcome": answer.outcome}
    if isinstance(answer.amount, int | Decimal):
        content["amount"] = _text(answer.amount)
    content |= {key: list(names) for key, names in (("unmet", answer.unmet), ("unknown", answer.unknown)) if names}
    return content
