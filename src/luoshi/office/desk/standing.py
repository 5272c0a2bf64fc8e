"""How a policy stands in an area on a day: figures of a run, states of targets, values that localities have set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Protocol

from luoshi.rulebook.inputs.settings import Settings


class Figures(Protocol):
    """What a measure comes to in an area and below."""

    @property
    def eligible(self) -> int:
        """Subjects that meet every condition."""

    @property
    def undetermined(self) -> int:
        """Subjects about whom something is missing."""

    @property
    def ineligible(self) -> int:
        """Subjects that fail a condition."""

    @property
    def amount(self) -> Decimal:
        """Yuan for the eligible ones."""


class States(Protocol):
    """How many areas, this one and those below, meet a target."""

    @property
    def met(self) -> int:
        """Areas that meet it."""

    @property
    def unmet(self) -> int:
        """Areas that do not."""

    @property
    def unknown(self) -> int:
        """Areas where something is missing."""


@dataclass(frozen=True)
class Standing:
    """The position of `area` on the day `on`. `is_run` is false when nothing has been computed for that day."""

    area: str
    on: date
    settings: Settings
    is_run: bool = False
    figures: Mapping[str, Figures] = field(default_factory=dict)
    states: Mapping[str, States] = field(default_factory=dict)


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
