"""What differs between two sides: block by block, in what blocks mean and not in how they are worded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from luoshi.rulebook.inputs.settings import EVERYWHERE, Settings
from luoshi.rulebook.model.bases import Bilingual, Block, Place
from luoshi.rulebook.model.blocks import Measure
from luoshi.rulebook.model.nodes import Node, Value
from luoshi.rulebook.simulating.side import Side

Key = tuple[str, Any]
"""A block: its kind, as the pack names it, and its key there."""
DAY: Key = ("day", "")
POLICY: Key = ("policy", "")
SET = ("parameters", "assumptions")
DECIDING = ("register", "amount", "rounding", "funds", "valid", "quota", "per")
"""The keys of a measure or award, beside its conditions, that outcomes and cost depend on."""
KINDS = (
    "registers",
    "tables",
    "facts",
    "measures",
    "limits",
    "targets",
    "crosschecks",
    "funds",
    "departments",
    "offices",
    "procedures",
    "sheets",
    "statements",
    "duties",
    "scorecards",
    "matches",
    "integrity_checks",
)


@dataclass(frozen=True)
class Part:
    """A part of a block that differs.

    Of a parameter or reading an area (empty: where no nearer value holds) with the values there; of a measure a
    condition, or a key that something depends on; of other blocks nothing in particular.
    """

    name: str
    before: Value | None = None
    after: Value | None = None


@dataclass(frozen=True)
class Change:
    """A block that differs. `how` is changed, added or removed; `block` is None for the day and for the policy."""

    key: Key
    how: str
    block: Block | None
    parts: tuple[Part, ...] = ()

    @property
    def name(self) -> str:
        """The block as results name it: its id, of a fact with the register before it; else `day` or `policy`."""
        kind, key = self.key
        return kind if self.block is None else ".".join(key) if isinstance(key, tuple) else str(key)

    @property
    def decides(self) -> bool:
        """Whether an outcome can depend on it; of a measure, only on what is listed as its parts."""
        return self.key[0] != "measures" or self.how != "changed" or bool(self.parts)


def changes_between(before: Side, after: Side) -> tuple[Change, ...]:
    """Everything in which two sides differ, in the order of the pack: values set first."""
    return tuple(_changes(before, after))


def _changes(before: Side, after: Side) -> Iterator[Change]:
    if before.on != after.on:
        yield Change(DAY, "changed", None, (Part("", before.on, after.on),))
    if _force(before) != _force(after):
        yield Change(POLICY, "changed", None)
    held = before.settings(), after.settings()
    for kind in (*SET, *KINDS):
        old, new = getattr(before.pack, kind), getattr(after.pack, kind)
        for key in [*new, *(key for key in old if key not in new)]:
            change = _change((kind, key), old.get(key), new.get(key), held)
            if change is not None:
                yield change


def _force(side: Side) -> tuple[Any, ...]:
    policy = side.pack.policy
    return policy.status, policy.in_force_from, policy.in_force_to, side.as_if_in_force


def _change(key: Key, old: Block | None, new: Block | None, held: tuple[Settings, Settings]) -> Change | None:
    """How one block differs; None when it means the same."""
    if old is None or new is None:
        return Change(key, "added" if old is None else "removed", new or old)
    if key[0] in SET:
        parts = tuple(_values(old.id, held))
        return Change(key, "changed", new, parts) if parts else None
    if old is new or meaning(old) == meaning(new):
        return None
    named = _parts(old, new) if isinstance(old, Measure) and isinstance(new, Measure) else ()
    return Change(key, "changed", new, tuple(named))


def _values(name: str, held: tuple[Settings, Settings]) -> Iterator[Part]:
    """The areas in which different values hold."""
    areas = sorted({EVERYWHERE, *(area for settings in held for area in settings.areas(name))})
    for area in areas:
        before, after = (settings.value(name, area or None) for settings in held)
        if before != after:
            yield Part(area, before, after)


def _parts(old: Measure, new: Measure) -> Iterator[Part]:
    """The conditions that differ, then the other keys of a measure that decide and differ."""
    tests = [{item.name: item.test for item in measure.conditions} for measure in (old, new)]
    for name in [*tests[1], *(name for name in tests[0] if name not in tests[1])]:
        if tests[0].get(name) != tests[1].get(name):
            yield Part(name)
    for key in DECIDING:
        if meaning(getattr(old, key, None)) != meaning(getattr(new, key, None)):
            yield Part(key)


def meaning(value: Any) -> Any:
    """A block, or a part of one, without its words and its place: what is left decides."""
    if isinstance(value, Bilingual | Place):
        return None
    if is_dataclass(value) and not isinstance(value, Node):
        kept = (getattr(value, key.name) for key in fields(value) if key.name != "line")
        return (type(value), *map(meaning, kept))
    if isinstance(value, Mapping):
        return {key: meaning(item) for key, item in value.items()}
    return tuple(map(meaning, value)) if isinstance(value, tuple) else value
