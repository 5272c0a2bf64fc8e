"""The worked examples of a pack: inherited, read into cases, with what they expect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.rulebook.cases.case_file import Case, read_case
from luoshi.rulebook.model.bases import Place
from luoshi.rulebook.model.blocks import ExampleDef, Pack
from luoshi.rulebook.model.findings import Finding, Findings, Where

MERGED = ("fields", "parameters", "judgements", "given", "rows")
LONGEST_LIKE = 20


@dataclass(frozen=True)
class Example:
    """A worked case ready to be decided. `case` is None when its input is refused, with the `findings`."""

    name: str
    place: Place
    on: date | None
    as_if_in_force: bool
    case: Case | None
    expect: Mapping[str, Any]
    findings: tuple[Finding, ...]


def read_examples(pack: Pack) -> list[Example]:
    """Every example of a pack."""
    by_name = {(item.place.file, item.name): item for item in pack.examples}
    return [_read(item, by_name, pack) for item in pack.examples]


def _read(item: ExampleDef, by_name: Mapping[tuple[str, str], ExampleDef], pack: Pack) -> Example:
    findings = Findings()
    where = Where(item.place.file, item.place.line, item.place.clause)
    content = _inherited(item, by_name, findings, where, 0)
    expect = content.pop("expect", None) or {}
    as_of = content.pop("as_of", None)
    as_if = content.pop("as_if_in_force", "false") == "true"
    content.pop("like", None)
    if as_of is None:
        findings.add("CHECK-007", where, name=item.name, problem="as_of is missing")
    case = read_case(content, pack, findings, where)
    return Example(
        item.name,
        item.place,
        date.fromisoformat(as_of) if as_of else None,
        as_if,
        None if findings else case,
        expect if isinstance(expect, dict) else {},
        tuple(findings.sorted()),
    )


def _inherited(
    item: ExampleDef, by_name: Mapping[tuple[str, str], ExampleDef], findings: Findings, where: Where, depth: int
) -> dict[str, Any]:
    """The content of an example on top of the one it is like; what is expected is never inherited."""
    own = dict(item.content)
    like = own.get("like")
    if like is None:
        return own
    other = by_name.get((item.place.file, str(like)))
    if other is None or depth > LONGEST_LIKE:
        findings.add("CHECK-007", where, name=item.name, problem=f"no example “{like}” in this file")
        return own
    base = _inherited(other, by_name, findings, where, depth + 1)
    base.pop("expect", None)
    merged = {**base, **own}
    for key in MERGED:
        if key in base and key in own:
            merged[key] = _merged(base[key], own[key], 1)
    if "changed" in base and "changed" in own:
        merged["changed"] = _merged(base["changed"], own["changed"], 3)
    return merged


def _merged(below: Any, above: Any, depth: int) -> Any:
    """Mappings merged key by key down to a depth; anything else replaced."""
    if not depth or not (isinstance(below, dict) and isinstance(above, dict)):
        return above
    return {**below, **{key: _merged(below.get(key), value, depth - 1) for key, value in above.items()}}
