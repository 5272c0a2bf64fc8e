"""Blocks that administer: duties, scorecards, matches, integrity checks."""

from __future__ import annotations

from dataclasses import replace

from luoshi.rulebook.loading.making import Maker
from luoshi.rulebook.loading.reading import Entry
from luoshi.rulebook.loading.scope import Names
from luoshi.rulebook.loading.shapes.administration import (
    DutyShape,
    IntegrityShape,
    ItemShape,
    MatchShape,
    PreferenceShape,
    ScorecardShape,
)
from luoshi.rulebook.loading.simple_blocks import text_or_none
from luoshi.rulebook.model.administration import (
    Duty,
    IntegrityCheck,
    Match,
    Preference,
    Scorecard,
    ScorecardItem,
    pair_register,
)
from luoshi.rulebook.model.blocks import Register, RegisterField
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.types import Bool, Ref


def make_duty(entry: Entry, shape: DutyShape, names: Names) -> Duty:
    """A duty; where it says so, a register's rows tell whether it was done."""
    done = when = None
    if shape.of is not None and shape.done is not None:
        names.register(shape.of)
        maker = Maker(entry, names)
        done = maker.truth(shape.of, shape.done, "done")
        when = None if shape.when is None else maker.truth(shape.of, shape.when, "when")
    return Duty(
        entry.id,
        shape.title.text(),
        entry.place,
        actor=shape.actor.text(),
        every=shape.every,
        by=shape.by,
        due=text_or_none(shape.due),
        done_when=text_or_none(shape.done_when),
        register=shape.of,
        done=done,
        when=when,
    )


def make_scorecard(entry: Entry, shape: ScorecardShape, names: Names) -> Scorecard:
    """A scorecard."""
    names.register(shape.of)
    maker = Maker(entry, names)
    items = tuple(_item(maker, shape.of, index, item) for index, item in enumerate(shape.items))
    return Scorecard(
        entry.id, shape.title.text(), entry.place, register=shape.of, level=shape.level, every=shape.every, items=items
    )


def _item(maker: Maker, register: str, index: int, shape: ItemShape) -> ScorecardItem:
    measured_by = maker.optional(register, shape.measured_by, "items", index, "measured_by")
    return ScorecardItem(shape.title.text(), shape.points, shape.bonus, measured_by)


def make_match(entry: Entry, shape: MatchShape, names: Names) -> Match:
    """A match; its expressions are typed over pairs of a demand and a supply."""
    pair = _pair(entry, shape, names)
    scope = replace(names, registers={**names.registers, pair.id: pair})
    maker = Maker(entry, scope)
    match = Match(
        entry.id,
        shape.title.text(),
        entry.place,
        demand=shape.demand,
        supply=shape.supply,
        compatible=maker.conditions(pair.id, shape.compatible, "compatible"),
        size=maker.number(pair.id, shape.size, "size"),
        capacity=maker.number(pair.id, shape.capacity, "capacity"),
        preference=tuple(_preference(maker, pair.id, index, item) for index, item in enumerate(shape.preference)),
        confirmed_by=text_or_none(shape.confirmed_by),
    )
    names.tokens_left = scope.tokens_left
    return match


def _pair(entry: Entry, shape: MatchShape, names: Names) -> Register:
    """The register of pairs. A pair lies where its demand lies: the local values that hold there are used."""
    demand, supply = names.register(shape.demand), names.register(shape.supply)
    fields = {
        "demand": RegisterField("demand", Ref(shape.demand), demand.title),
        "supply": RegisterField("supply", Ref(shape.supply), supply.title),
    }
    return Register(
        pair_register(entry.id),
        shape.title.text(),
        entry.place,
        row=shape.title.text(),
        keeper=None,
        key=("demand", "supply"),
        area=("demand", *demand.area) if demand.area else (),
        fields=fields,
    )


def _preference(maker: Maker, pair: str, index: int, shape: PreferenceShape) -> Preference:
    node = maker.node(pair, shape.by, "preference", index, "by")
    if (shape.order == "true_first") != isinstance(node.type, Bool):
        raise Mismatch("PACK-056", seen=str(node.type), order=shape.order, path=("preference", index))
    return Preference(node, shape.order, text_or_none(shape.title))


def make_integrity_check(entry: Entry, shape: IntegrityShape, names: Names) -> IntegrityCheck:
    """An integrity check."""
    names.register(shape.of)
    pattern = Maker(entry, names).truth(shape.of, shape.pattern, "pattern")
    return IntegrityCheck(
        entry.id,
        shape.title.text(),
        entry.place,
        register=shape.of,
        pattern=pattern,
        follow_up=shape.follow_up.text(),
    )
