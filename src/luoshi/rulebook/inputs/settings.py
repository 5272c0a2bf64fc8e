"""Parameters and switches as they hold on a day: the pack's own values and those set by localities.

The value set for the area nearest to the subject wins: village, township, county, city, province, then the pack's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.rulebook.model.blocks import Assumption, LocalRange, Pack, ParameterDef
from luoshi.rulebook.model.findings import Findings, Where
from luoshi.rulebook.model.nodes import Value
from luoshi.rulebook.values.area_code import level_of, lineage

EVERYWHERE = ""
Dated = Sequence[tuple[date, Value | None]]


@dataclass(frozen=True)
class LocalValue:
    """A value that a locality has set. `area` is empty when it holds wherever the subject is; `by` is a level.

    Without a value what was set in the area ends on that day: what holds around it, or the pack's own, holds again.
    """

    name: str
    value: Value | None
    area: str = EVERYWHERE
    start: date = date.min
    by: str | None = None
    document: str | None = None
    where: Where = Where()


class _At(dict[str, Value | None]):
    """The values that hold in one area; the nearest area with a value of its own wins."""

    def __init__(self, chosen: Callable[[str], Mapping[str, Value]], area: str | None) -> None:
        super().__init__()
        self._chosen = chosen
        self._codes = (*(lineage(area) if area else ()), EVERYWHERE)

    def __missing__(self, name: str) -> Value | None:
        by_area = self._chosen(name)
        value = next((by_area[code] for code in self._codes if code in by_area), None)
        self[name] = value
        return value


class Settings:
    """Parameters and switches of a pack on a day. What holds where is worked out when a name is first asked for."""

    def __init__(self, pack: Pack, on: date, local: Iterable[LocalValue] = ()) -> None:
        self._pack, self._on = pack, on
        self._local: dict[str, list[LocalValue]] = defaultdict(list)
        for item in local:
            self._local[item.name].append(item)
        self._chosen: dict[str, Mapping[str, Value]] = {}
        self._places: dict[str | None, _At] = {}

    def value(self, name: str, area: str | None) -> Value | None:
        """The value that holds for a subject in `area`, None where nobody has set one."""
        return self.at(area)[name]

    def at(self, area: str | None) -> Mapping[str, Value | None]:
        """Every value as it holds in `area`, worked out when it is asked for."""
        if area not in self._places:
            self._places[area] = _At(self.chosen, area)
        return self._places[area]

    def areas(self, name: str) -> frozenset[str]:
        """The areas with a value of their own; empty when one value holds everywhere."""
        return frozenset(self.chosen(name)) - {EVERYWHERE}

    def chosen(self, name: str) -> Mapping[str, Value]:
        """The values of one name on the day, by the area in which they were set."""
        if name not in self._chosen:
            dated = _dated(_own(self._pack, name), self._local.get(name, ()))
            held = {area: _on(values, self._on) for area, values in dated.items()}
            self._chosen[name] = {area: value for area, value in held.items() if value is not None}
        return self._chosen[name]


def _dated(own: Mapping[str, Dated], local: Iterable[LocalValue]) -> Mapping[str, Dated]:
    """The values of a name by area and by start date: the pack's own, and those that localities have set or ended."""
    dated: dict[str, list[tuple[date, Value | None]]] = defaultdict(list)
    dated.update({area: list(values) for area, values in own.items()})
    for item in local:
        value = _on(own.get(item.area, ()), item.start) if item.value is None else item.value
        dated[item.area].append((item.start, value))
    return {area: sorted(values, key=lambda pair: pair[0]) for area, values in dated.items()}


def _own(pack: Pack, name: str) -> Mapping[str, Dated]:
    """The values that the pack itself says for a name, by area and by start date."""
    definition, switch = pack.parameters.get(name), pack.assumptions.get(name)
    found: dict[str, Dated] = {}
    if definition is not None:
        found = {EVERYWHERE: definition.values, **definition.by_area}
    if switch is not None and switch.default is not None:
        found[EVERYWHERE] = ((date.min, switch.default),)
    return {area: sorted(values, key=lambda pair: pair[0]) for area, values in found.items()}


def _on(dated: Dated, on: date) -> Value | None:
    """The last of the values that has begun on a day."""
    return next((value for start, value in reversed(dated) if start <= on), None)


def check_local_value(item: LocalValue, pack: Pack, findings: Findings) -> None:
    """Note every reason why a locality may not set this value. To end one needs nothing."""
    if item.value is None:
        return
    if item.name in pack.assumptions:
        _check_switch(item, pack.assumptions[item.name], findings)
    else:
        _check_parameter(item, pack.parameters[item.name], findings)


def _check_switch(item: LocalValue, switch: Assumption, findings: Findings) -> None:
    allowed = [switch.default, *(value for value, _ in switch.alternatives)]
    if switch.type is None:
        findings.add("CASE-005", item.where, name=item.name)
    elif item.value not in allowed:
        findings.add("CASE-006", item.where, name=item.name, seen=item.value, expected=allowed)


def _check_parameter(item: LocalValue, definition: ParameterDef, findings: Findings) -> None:
    local = definition.local
    if local is None:
        findings.add("CASE-010", item.where, name=item.name)
        return
    if not item.document:
        findings.add("CASE-009", item.where, name=item.name, instrument=_words(local))
    levels = {item.by} if item.by else ({level_of(item.area)} if item.area else set())
    if not levels & set(local.set_by):
        findings.add("CASE-008", item.where, name=item.name, seen=sorted(levels), expected=local.set_by)
    if isinstance(item.value, int | Decimal) and not isinstance(item.value, bool) and not is_within(item.value, local):
        findings.add(
            "CASE-007", item.where, name=item.name, seen=item.value, least=local.least, most=local.most, step=local.step
        )


def _words(local: LocalRange) -> str:
    return local.instrument.zh if local.instrument else ""


def is_within(value: int | Decimal, local: LocalRange) -> bool:
    """Whether a number lies within the bounds for localities, and on one of the steps."""
    if local.least is not None and value < local.least:
        return False
    if local.most is not None and value > local.most:
        return False
    return local.step is None or (value - (local.least or 0)) % local.step == 0
