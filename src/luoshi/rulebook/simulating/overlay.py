"""What a simulation changes, as pure data, and how it is written: `ID=VALUE`, `ID@AREA=VALUE`, `ID=from:to:step`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from luoshi.rulebook.inputs.settings import EVERYWHERE
from luoshi.rulebook.model.findings import Findings, Where

_WRITTEN = re.compile(r"(?P<name>[^=@\s]+)(@(?P<area>[^=\s]*))?=(?P<value>.+)", re.DOTALL)
_RANGE = re.compile(r"(?P<start>[^:]+):(?P<to>[^:]+):(?P<step>[^:]+)")
MOST_SHOWN = 80


@dataclass(frozen=True)
class Setting:
    """A parameter or reading set to a value as it is written: everywhere, or in one area and all within it."""

    name: str
    value: str
    area: str = EVERYWHERE

    def __str__(self) -> str:
        return f"{self.place}={self.value}"

    @property
    def place(self) -> str:
        """What is set, and where: `ID` or `ID@AREA`."""
        return f"{self.name}@{self.area}" if self.area else self.name

    @property
    def where(self) -> Where:
        """Where findings about it stand: at itself."""
        return Where(str(self)[:MOST_SHOWN])


@dataclass(frozen=True)
class Overlay:
    """Everything that is changed at once.

    `off` and `on` name measures, or conditions as `MEASURE.CONDITION`: a condition that is off is always met, a measure
    that is off is given to nobody, a measure that is on pays whatever its own time. What is named in both is left as it
    is. `day` is the as-of date afterwards.
    """

    settings: tuple[Setting, ...] = ()
    off: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    day: date | None = None


@dataclass(frozen=True)
class Range:
    """The values a parameter is tried with, as they are written: from, to, and the step between."""

    setting: Setting
    start: str
    to: str
    step: str


def read_settings(texts: Iterable[str], findings: Findings) -> tuple[Setting, ...]:
    """The settings written as `ID=VALUE` or `ID@AREA=VALUE`, with findings for what is none or comes twice."""
    found: dict[str, Setting] = {}
    for text in texts:
        setting = _setting(text, findings)
        if setting is not None and setting.place in found:
            findings.add("SIM-005", setting.where, name=setting.place)
        elif setting is not None:
            found[setting.place] = setting
    return tuple(found.values())


def read_range(text: str, findings: Findings) -> Range | None:
    """The range written as `ID=from:to:step`; None, with a finding, when it is none."""
    setting = _setting(text, findings)
    match = _RANGE.fullmatch(setting.value) if setting else None
    if setting is not None and match is None:
        findings.add("SIM-010", setting.where, name=setting.place, seen=setting.value[:MOST_SHOWN])
    return Range(setting, match["start"], match["to"], match["step"]) if setting and match else None


def _setting(text: str, findings: Findings) -> Setting | None:
    match = _WRITTEN.fullmatch(text)
    if match is None:
        findings.add("SIM-003", Where(text[:MOST_SHOWN]), seen=text[:MOST_SHOWN])
        return None
    return Setting(match["name"], match["value"], match["area"] or EVERYWHERE)
