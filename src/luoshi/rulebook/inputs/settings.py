"""Parameters and switches as they hold on a day: the pack's own values and those set by localities.

The value set for the area nearest to the subject wins: village, township, county, city, province, then the pack's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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

    def __init__(self, chosen: Mapping[str, Mapping[str, Value]], area: str | None) -> None:
        super().__init__()
        self._chosen = chosen
        self._codes = (*(lineage(area) if area else ()), EVERYWHERE)

    def __missing__(self, name: str) -> Value | None:
        by_area = self._chosen.get(name, {})
        value = next((by_area[code] for code in self._codes if code in by_area), None)
        self[name] = value
        return value


class Settings:
    """Parameters and switches of a pack on a day."""

    def __init__(self, pack: Pack, on: date, local: Iterable[LocalValue] = ()) -> None:
        self._chosen: dict[str, dict[str, Value]] = defaultdict(dict)
        self._places: dict[str | None, _At] = {}
        for name, area, values in _dated(pack, local):
            held = _on(values, on)
            if held is not None:
                self._chosen[name][area] = held

    def value(self, name: str, area: str | None) -> Value | None:
        """The value that holds for a subject in `area`, None where nobody has set one."""
        return self.at(area)[name]

    def at(self, area: str | None) -> Mapping[str, Value | None]:
        """Every value as it holds in `area`, worked out when it is asked for."""
        if area not in self._places:
            self._places[area] = _At(self._chosen, area)
        return self._places[area]

    def areas(self, name: str) -> frozenset[str]:
        """The areas with a value of their own; empty when one value holds everywhere."""
        return frozenset(self._chosen.get(name, {})) - {EVERYWHERE}


def _dated(pack: Pack, local: Iterable[LocalValue]) -> Iterator[tuple[str, str, Dated]]:
    """Every name and area with the values set there, by start date."""
    own = _own(pack)
    dated: dict[tuple[str, str], list[tuple[date, Value | None]]] = defaultdict(list)
    dated.update({key: list(values) for key, values in own.items()})
    for item in local:
        key = item.name, item.area
        value = _on(own.get(key, ()), item.start) if item.value is None else item.value
        dated[key].append((item.start, value))
    for (name, area), listed in dated.items():
        yield name, area, sorted(listed, key=lambda pair: pair[0])


def _own(pack: Pack) -> Mapping[tuple[str, str], Dated]:
    """The values that the pack itself says, by name and area and by start date."""
    found: dict[tuple[str, str], Dated] = {}
    for definition in pack.parameters.values():
        found[definition.id, EVERYWHERE] = definition.values
        for area, values in definition.by_area.items():
            found[definition.id, area] = values
    for switch in pack.assumptions.values():
        if switch.default is not None:
            found[switch.id, EVERYWHERE] = ((date.min, switch.default),)
    return {key: sorted(values, key=lambda pair: pair[0]) for key, values in found.items()}


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
