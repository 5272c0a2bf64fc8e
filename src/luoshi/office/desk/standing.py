"""How a policy stands in an area on a day: figures of a run, states of targets, values that localities have set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from luoshi.office.runs.queries import Figures, Fulfilled, States
from luoshi.office.runs.reached import Reached
from luoshi.rulebook.inputs.settings import Settings


@dataclass(frozen=True)
class Standing:
    """The position of `area` on the day `on`. `is_run` is false when nothing has been computed for that day."""

    area: str
    on: date
    settings: Settings
    is_run: bool = False
    figures: Mapping[str, Figures] = field(default_factory=dict)
    states: Mapping[str, States] = field(default_factory=dict)
    duties: Mapping[str, Fulfilled] = field(default_factory=dict)
    reached: Mapping[str, Mapping[str, Reached]] = field(default_factory=dict)
    claims: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """How many claims of each measure stand how, where that is shown."""


class Light(IntEnum):
    """The state of a clause in one sign; the worst of several holds for what they stand in."""

    NONE = 0
    FINE = 1
    OPEN = 2
    LATE = 3

    @property
    def word(self) -> str:
        """The name under which pages word and colour it."""
        return self.name.lower()
