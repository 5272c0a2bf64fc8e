"""Makes the margins of a pack: each block becomes an entry of its clause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

from luoshi.office.desk.margin import (
    DutyEntry,
    LimitEntry,
    Margin,
    MeasureEntry,
    ParameterEntry,
    ReadingEntry,
    TargetEntry,
)
from luoshi.office.desk.standing import Standing
from luoshi.office.desk.wording import money, number_reached, worded
from luoshi.office.worklists.queries import seen_checks
from luoshi.rulebook.explaining.phrases import Phrases
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.administration import Duty
from luoshi.rulebook.model.bases import Bilingual, Block
from luoshi.rulebook.model.blocks import Assumption, Award, Limit, Measure, Pack, ParameterDef, Target
from luoshi.rulebook.values.area_code import lineage

B = TypeVar("B", bound=Block)


class Entries:
    """Entries of a pack's blocks, in one language, as things stand in one area on one day."""

    def __init__(self, pack: Pack, standing: Standing, lang: str) -> None:
        self.pack, self.standing, self.lang = pack, standing, lang
        self._phrases = Phrases(pack, lang)
        self._values = standing.settings.at(standing.area)
        self._listed = frozenset(seen_checks(pack, standing.area))

    def margins(self) -> Mapping[str, Margin]:
        """The margin of every clause of the pack's own text that has one."""
        measures, targets = _by_clause(self.pack.measures.values()), _by_clause(self.pack.targets.values())
        duties, limits = _by_clause(self.pack.duties.values()), _by_clause(self.pack.limits.values())
        readings = _by_clause(self.pack.assumptions.values())
        parameters = _by_clause(item for item in self.pack.parameters.values() if item.local is not None)
        return {
            clause: margin
            for clause in self.pack.clauses
            if (
                margin := Margin(
                    measures=tuple(self.measure(item) for item in measures[clause]),
                    targets=tuple(self.target(item) for item in targets[clause]),
                    duties=tuple(self.duty(item) for item in duties[clause]),
                    parameters=tuple(self.parameter(item) for item in parameters[clause]),
                    limits=tuple(self.limit(item) for item in limits[clause]),
                    readings=tuple(self.reading(item) for item in readings[clause]),
                )
            )
        }

    def measure(self, item: Measure) -> MeasureEntry:
        """A measure with its figures."""
        figures = self.standing.figures.get(item.id)
        pays = item.amount is not None
        return MeasureEntry(
            id=item.id,
            title=item.title.say(self.lang),
            is_award=isinstance(item, Award),
            pays=pays,
            discretion=item.discretion,
            frequency=item.frequency,
            funds=tuple(self.pack.funds[fund].title.say(self.lang) for fund in item.funds if fund in self.pack.funds),
            figures=figures,
            amount=money(figures.amount, self.lang) if figures and pays else None,
            claims=self.standing.claims.get(item.id),
        )

    def target(self, item: Target) -> TargetEntry:
        """A target with the states of the areas that are held to it, and with the number that one alone has reached."""
        held = list(self.standing.reached.get(item.id, {}).values())
        alone = held[0] if len(held) == 1 else None
        return TargetEntry(
            id=item.id,
            title=item.title.say(self.lang),
            direction=item.direction,
            value=self._worth(item.value),
            level=item.level,
            by=item.by,
            every=item.every,
            states=self.standing.states.get(item.id),
            is_due=item.by is None or item.by <= self.standing.on,
            reached=number_reached(alone) if alone else "",
            percent=alone.percent if alone else None,
        )

    def duty(self, item: Duty) -> DutyEntry:
        """A duty with what the rows that tell of it say."""
        return DutyEntry(
            id=item.id,
            title=item.title.say(self.lang),
            actor=item.actor.say(self.lang),
            due=self._said(item.due),
            by=item.by,
            every=None if item.every == "silent" else item.every,
            told=self.standing.duties.get(item.id),
            is_due=item.by is not None and item.by <= self.standing.on,
        )

    def parameter(self, item: ParameterDef) -> ParameterEntry:
        """A local value, with where it comes from."""
        area, places = self.standing.area, self.standing.settings.areas(item.id)
        value = self._values[item.id]
        below = sum(code.startswith(area) for code in places)
        if places & set(lineage(area)):
            state = "set"
        elif value is not None:
            state = "given"
        else:
            state = "below" if below else "missing"
        return ParameterEntry(
            id=item.id,
            title=item.title.say(self.lang),
            state=state,
            value="" if value is None else self._value(value, item),
            count=below,
            set_by=item.local.set_by if item.local else (),
            instrument=self._said(item.local.instrument) if item.local else None,
        )

    def limit(self, item: Limit) -> LimitEntry:
        """A limit."""
        return LimitEntry(item.id, item.title.say(self.lang), item.force, item.id in self._listed)

    def reading(self, item: Assumption) -> ReadingEntry:
        """The reading in use and those not in use; a switch may have been turned by a locality."""
        every = [(item.default, item.reading), *item.alternatives]
        chosen = 0
        if item.type is not None:
            value = self._values[item.id]
            chosen = next((place for place, (worth, _) in enumerate(every) if worth == value), 0)
        words = [text.say(self.lang) for _, text in every]
        return ReadingEntry(
            id=item.id,
            title=item.title.say(self.lang),
            reading=words[chosen],
            alternatives=tuple(words[:chosen] + words[chosen + 1 :]),
            decides=self._said(item.decides),
            is_switched=chosen != 0,
        )

    def _worth(self, node: n.Node) -> str:
        """The value of a target: what its parameter is here, else in words what it is computed from."""
        if isinstance(node, n.Parameter) and (value := self._values[node.name]) is not None:
            return self._value(value, self.pack.parameters[node.name])
        if isinstance(node, n.Choose) and all(isinstance(test, n.Switch) for test, _ in node.arms):
            return self._worth(next((value for test, value in node.arms if self._is_on(test)), node.otherwise))
        return self._phrases.phrase(node)

    def _is_on(self, switch: n.Node) -> bool:
        return isinstance(switch, n.Switch) and self._values[switch.name] is True

    def _value(self, value: n.Value, item: ParameterDef) -> str:
        return worded(value, item.type, item.unit_label, self.lang, dict(item.codes))

    def _said(self, text: Bilingual | None) -> str | None:
        return text.say(self.lang) if text else None


def _by_clause(blocks: Iterable[B]) -> defaultdict[str, list[B]]:
    """The pack's own blocks by clause; those that imported packs lend stand under clauses of other texts."""
    found: defaultdict[str, list[B]] = defaultdict(list)
    for block in blocks:
        if "/" not in block.place.file:
            found[block.clause].append(block)
    return found
