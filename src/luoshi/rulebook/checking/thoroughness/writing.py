"""A proposal as an example that can be put into the pack, beside the example it was made from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from luoshi.rulebook.checking.answers import Answer, Answers
from luoshi.rulebook.checking.thoroughness.accepting import Accepted
from luoshi.rulebook.checking.thoroughness.proposing import Proposal
from luoshi.rulebook.checking.thoroughness.variants import Variant
from luoshi.rulebook.inputs.settings import LocalValue
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.outcomes import Outcome
from luoshi.rulebook.model.types import Ref
from luoshi.rulebook.values.calendar import NEVER


def all_written(proposals: Iterable[Proposal], pack: Pack) -> Iterator[str]:
    """Each proposal as the YAML of an example, no two of one name, and none of the name of one that is there."""
    names = Counter(re.sub(r" \(\d+\)$", "", example.name) for example in pack.examples)
    for proposal in proposals:
        name = name_of(proposal)
        names[name] += 1
        yield written(proposal, pack, name if names[name] == 1 else f"{name} ({names[name]})")


def name_of(proposal: Proposal) -> str:
    """The name of the example it was made from, or its number, and what is different."""
    base, variant = proposal.base, proposal.variant
    number, _, _ = base.example.name.partition(" ")
    head = number if re.fullmatch(r"[A-Z]+[A-Z0-9]*-?[A-Za-z0-9]*", number) else base.example.name
    if variant.changed is not None:
        name, value = variant.changed
        return f"{head} with {name} {_word(value)}"
    return f"{head} on {variant.on}" if variant.case is base.case else f"{head} with other rows"


def _word(value: Any) -> Any:
    return "unknown" if value is None else "never" if value == NEVER else _text(value)


def written(proposal: Proposal, pack: Pack, name: str) -> str:
    """The example as YAML. What it expects is what both engines answer today: people have to confirm it."""
    content = {name: {**_case(proposal, pack), "expect": _expected(proposal.answers)}}
    return yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=110)


def _case(proposal: Proposal, pack: Pack) -> dict[str, Any]:
    variant, base = proposal.variant, proposal.base
    if variant.changed is not None:
        name, value = variant.changed
        is_field = name in pack.registers[str(base.case.subject)].fields
        return {"like": base.example.name, **_changed(name, value, is_field=is_field)}
    if variant.case is base.case:
        return {"like": base.example.name, "as_of": variant.on}
    if variant.on == base.on and _same_rows_or_fewer(variant, base):
        return {"like": base.example.name, "changed": _differences(variant, base)}
    return dict(_whole(variant, pack, as_if=base.example.as_if_in_force))


def _same_rows_or_fewer(variant: Variant, base: Accepted) -> bool:
    """Whether every row of a variant is there in the case it was made from."""
    before = base.case.store.rows
    return all(register in before and rows.keys() <= before[register].keys() for register, rows in _rows(variant))


def _rows(variant: Variant) -> Iterable[tuple[str, Mapping[Any, Mapping[str, Any]]]]:
    return variant.case.store.rows.items()


def _differences(variant: Variant, base: Accepted) -> dict[str, dict[str, Any]]:
    """The other values of the rows of a variant; none for a row that is left out."""
    before, found = base.case.store.rows, {}
    for register, rows in _rows(variant):
        changed = {
            str(row_id): _row_difference(row, rows[row_id]) if row_id in rows else None
            for row_id, row in before[register].items()
            if rows.get(row_id) != row
        }
        if changed:
            found[register] = changed
    return found


def _row_difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: None if after.get(name) == NEVER else _text(after.get(name)) for name in names}


def _changed(name: str, value: Any, *, is_field: bool) -> dict[str, Any]:
    """One other value of the subject. A fact is taken back wherever the example it is like may have given it."""
    keys = ["fields"] if is_field else ["given"] if value is not None else ["fields", "judgements", "given"]
    return {key: {name: None if value == NEVER else _text(value)} for key in keys}


def _whole(variant: Variant, pack: Pack, *, as_if: bool) -> Iterator[tuple[str, Any]]:
    """The case with every row, for one that differs in a row of another register."""
    case = variant.case
    subject = str(case.subject)
    yield "as_of", variant.on
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
                row_id: _holders(pack, register, subject) | _row(row)
                for row_id, row in rows.items()
                if (register, row_id) != (subject, case.subject_id)
            }
            for register, rows in case.store.rows.items()
            if register != subject or len(rows) > 1
        },
    )
    if case.local:
        yield "parameters", {item.name: _local(item) for item in case.local}


def _holders(pack: Pack, register: str, subject: str) -> dict[str, None]:
    """References to the subject, led nowhere: where the only one were left out, it would be taken to be meant."""
    fields = pack.registers[register].fields.values() if register != subject else ()
    return {field.name: None for field in fields if field.type == Ref(subject)}


def _local(item: LocalValue) -> dict[str, Any]:
    parts = {"value": _text(item.value), "area": item.area, "by": item.by, "document": item.document}
    if item.start != date.min:
        parts["from"] = item.start
    return {key: value for key, value in parts.items() if value not in (None, "")}


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _text(value) for name, value in row.items() if value is not None and value != NEVER}


def _text(value: Any) -> Any:
    """A value as the writer takes it: what is no number, day or truth is text."""
    return value if value is None or isinstance(value, bool | int | date | Decimal) else str(value)


class _Dumper(yaml.SafeDumper):
    """Writes what the packs may hold: every value in full, numbers as they are."""

    def ignore_aliases(self, data: Any) -> bool:
        """No value refers to another."""
        return True

    def number(self, value: Decimal) -> yaml.ScalarNode:
        """A number with its decimal places."""
        text = f"{value:f}"
        return self.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


_Dumper.add_representer(Decimal, _Dumper.number)


def _expected(answers: Answers) -> dict[str, Any]:
    expected: dict[str, Any] = {name: _measure(answer) for name, answer in answers.measures.items()} | answers.checks
    if answers.facts:
        facts = {name: "unknown" if value is None else _text(value) for name, value in answers.facts.items()}
        expected["facts"] = facts
    return expected


def _measure(answer: Answer) -> dict[str, Any]:
    """The outcome with the amount, or with the conditions that stand against it: also when there are none."""
    content: dict[str, Any] = {"outcome": answer.outcome}
    if isinstance(answer.amount, int | Decimal):
        content["amount"] = _text(answer.amount)
    if answer.outcome != Outcome.ELIGIBLE.word:
        content |= {"unmet": list(answer.unmet), "unknown": list(answer.unknown)}
    return content
