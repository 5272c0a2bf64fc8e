"""What leaves subjects undetermined: the unknown conditions of each measure, and what may be missing behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from luoshi.rulebook.explaining.missing import Missing
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Measure
from luoshi.rulebook.model.outcomes import amount_bit
from luoshi.rulebook.simulating.causes import AMOUNT
from luoshi.rulebook.simulating.side import Side


@dataclass(frozen=True)
class Undecided:
    """A condition (or the amount) of a measure that is unknown for some undetermined subjects, before and after.

    `missing` is what may be missing: what is missing everywhere comes first.
    """

    measure: str
    condition: str
    before: int
    after: int
    missing: tuple[Missing, ...]


def undecided(before: Side, after: Side, masks: pa.Table, kept: Collection[str]) -> list[Undecided]:
    """The unknown conditions of the counted masks, in the order of the packs; `kept` registers are in the data."""
    sides = before, after
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in masks.to_pylist():
        measure = sides[row["side"]].pack.measures[row["measure"]]
        for name in _unknown(measure, row["unknown"]):
            counts[measure.id, name][row["side"]] += row["count"]
    new, old = _missing(after, counts, 1, kept), _missing(before, counts, 0, kept)
    found = []
    for key in dict.fromkeys([*_names(after), *_names(before)]):
        if key in counts:
            lacking = dict.fromkeys([*new.get(key, ()), *old.get(key, ())])
            found.append(Undecided(*key, counts[key][0], counts[key][1], tuple(lacking)))
    return found


def _names(side: Side) -> Iterator[tuple[str, str]]:
    """The conditions and amounts of all measures."""
    for measure in side.pack.measures.values():
        yield from ((measure.id, name) for name, _ in _named(measure))


def _missing(
    side: Side, counts: Mapping[tuple[str, str], list[int]], place: int, kept: Collection[str]
) -> dict[tuple[str, str], tuple[Missing, ...]]:
    """What may be missing behind everything that is unknown on a side."""
    absent = Absent(side, kept)
    return {
        (measure.id, name): tuple(absent.behind(node, measure.register))
        for measure in side.pack.measures.values()
        for name, node in _named(measure)
        if counts.get((measure.id, name), (0, 0))[place]
    }


def _named(measure: Measure) -> Iterator[tuple[str, n.Node]]:
    yield from ((item.name, item.test) for item in measure.conditions)
    if measure.amount is not None:
        yield AMOUNT, measure.amount


def _unknown(measure: Measure, mask: int) -> Iterator[str]:
    """The names of the conditions that a mask marks."""
    yield from (item.name for index, item in enumerate(measure.conditions) if mask >> index & 1)
    if mask >> amount_bit(measure) & 1:
        yield AMOUNT


class Absent:
    """What is missing, or may be, behind the expressions of a side."""

    def __init__(self, side: Side, kept: Collection[str]) -> None:
        self._pack, self._settings, self._kept = side.pack, side.settings(), kept

    def behind(self, node: n.Node, register: str) -> list[Missing]:
        """What may be missing behind a node over a register: what nobody has set or keeps, then judgements, then
        fields that may be blank, each once."""
        found = dict.fromkeys(self._behind(node, set()))
        ranked = sorted(found, key=lambda item: item[0])
        return [_near(item, register) for _, item in ranked]

    def _behind(self, node: n.Node, seen: set[tuple[str, str]]) -> Iterator[tuple[int, Missing]]:
        for inner in n.walk(node):
            if isinstance(inner, n.Fact):
                yield from self._fact(inner, seen)
            elif isinstance(inner, n.Eligible) and ("", inner.measure) not in seen:
                seen.add(("", inner.measure))
                for condition in self._pack.measures[inner.measure].conditions:
                    yield from self._behind(condition.test, seen)
            else:
                yield from self._own(inner)

    def _fact(self, node: n.Fact, seen: set[tuple[str, str]]) -> Iterator[tuple[int, Missing]]:
        key = (node.register, node.name)
        if key in seen:
            return
        seen.add(key)
        value = self._pack.facts[key].value
        if value is None:
            yield 1, Missing("judgement", ".".join(key))
        else:
            yield from self._behind(value, seen)

    def _own(self, node: n.Node) -> Iterator[tuple[int, Missing]]:
        """What a node itself may lack."""
        if isinstance(node, n.Parameter | n.Switch):
            yield from self._setting(node.name, self._settings)
        elif isinstance(node, n.Aggregate) and node.register not in self._kept:
            yield 0, Missing("fact", node.register)
        elif isinstance(node, n.Lookup):
            yield 2, Missing("parameter", node.table)
        elif isinstance(node, n.Field) and self._may_be_blank(node):
            yield 2, Missing("fact", f"{node.register}.{node.name}")

    @staticmethod
    def _setting(name: str, settings: Settings) -> Iterable[tuple[int, Missing]]:
        """A parameter without a value: everywhere, or where no locality has set one."""
        if settings.value(name, None) is not None:
            return ()
        return ((2 if settings.areas(name) else 0, Missing("parameter", name)),)

    def _may_be_blank(self, node: n.Field) -> bool:
        field = self._pack.registers[node.register].fields.get(node.name)
        return field is not None and not field.blank_never


def _near(item: Missing, register: str) -> Missing:
    """The item as seen from a register: its own fields and facts without its name before them."""
    owner, _, name = item.name.partition(".")
    return Missing(item.kind, name) if name and owner == register else item
