"""What stands in the margin of a clause: one entry for each thing the clause does, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.office.desk.standing import Light
from luoshi.office.desk.wording import Sum
from luoshi.office.runs.queries import Figures, Fulfilled, States


@dataclass(frozen=True)
class MeasureEntry:
    """A measure or award. `figures` is None where nothing was computed, `amount` also where it pays no money."""

    id: str
    title: str
    is_award: bool
    pays: bool
    discretion: str
    frequency: str
    funds: tuple[str, ...]
    figures: Figures | None
    amount: Sum | None
    claims: Mapping[str, int] | None = None
    """How many claims stand how; None where nobody has applied."""

    @property
    def light(self) -> Light:
        """Open while somebody's case cannot be determined."""
        if self.figures is None:
            return Light.NONE
        return Light.OPEN if self.figures.undetermined else Light.FINE


@dataclass(frozen=True)
class TargetEntry:
    """A target. `states` is None where no area under the reader is held to it.

    Where one area is held to it, `reached` is the number there in words and `percent` its share of the value.
    """

    id: str
    title: str
    direction: str
    value: str
    level: str | None
    by: date | None
    every: str | None
    states: States | None
    is_due: bool
    reached: str = ""
    percent: Decimal | None = None

    @property
    def state(self) -> str | None:
        """The state of all areas together: unmet when one is, unknown when that cannot be said."""
        if self.states is None:
            return None
        for word in ("unmet", "unknown", "met"):
            if getattr(self.states, word):
                return word
        return None

    @property
    def areas(self) -> int:
        """How many areas are held to it."""
        return self.states.met + self.states.unmet + self.states.unknown if self.states else 0

    @property
    def met_percent(self) -> int:
        """Areas that meet it, in whole percent of all."""
        return 100 * self.states.met // self.areas if self.states and self.areas else 0

    @property
    def unknown_percent(self) -> int:
        """Areas where something is missing, in whole percent of all."""
        return 100 * self.states.unknown // self.areas if self.states and self.areas else 0

    @property
    def light(self) -> Light:
        """Late when its day has passed and an area does not meet it; open while one may still."""
        if self.state is None:
            return Light.NONE
        if self.state == "met":
            return Light.FINE
        return Light.LATE if self.state == "unmet" and self.is_due else Light.OPEN


@dataclass(frozen=True)
class DutyEntry:
    """Who must do what by when. `told` is None where no row under the reader tells whether it was done."""

    id: str
    title: str
    actor: str
    due: str | None
    by: date | None
    every: str | None
    told: Fulfilled | None = None
    is_due: bool = False

    @property
    def state(self) -> str | None:
        """The state of all rows together: not done when one is, unknown when that cannot be said."""
        if self.told is None:
            return None
        return next((word for word in ("not_done", "unknown", "done") if getattr(self.told, word)), None)

    @property
    def rows(self) -> int:
        """How many rows tell of it."""
        return self.told.done + self.told.not_done + self.told.unknown if self.told else 0

    @property
    def light(self) -> Light:
        """Late when its day has passed and it was not done somewhere; open while that may still be."""
        if self.state is None:
            return Light.NONE
        if self.state == "done":
            return Light.FINE
        return Light.LATE if self.state == "not_done" and self.is_due else Light.OPEN


@dataclass(frozen=True)
class ParameterEntry:
    """A value for localities: `set` here or above, `given` by the text, set `below` in `count` areas, `missing`."""

    id: str
    title: str
    state: str
    value: str
    count: int
    set_by: tuple[str, ...]
    instrument: str | None

    @property
    def light(self) -> Light:
        """Open while nobody has set it."""
        return Light.OPEN if self.state == "missing" else Light.FINE


@dataclass(frozen=True)
class LimitEntry:
    """What must hold of the rows of a register; `is_listed`: the reader may see what was found against it."""

    id: str
    title: str
    force: str
    is_listed: bool


@dataclass(frozen=True)
class ReadingEntry:
    """An ambiguity: the reading in use, whether a locality chose it, and the other readings."""

    id: str
    title: str
    reading: str
    alternatives: tuple[str, ...]
    decides: str | None
    is_switched: bool


@dataclass(frozen=True)
class Margin:
    """The entries of one clause."""

    measures: tuple[MeasureEntry, ...] = ()
    targets: tuple[TargetEntry, ...] = ()
    duties: tuple[DutyEntry, ...] = ()
    parameters: tuple[ParameterEntry, ...] = ()
    limits: tuple[LimitEntry, ...] = ()
    readings: tuple[ReadingEntry, ...] = ()

    def __bool__(self) -> bool:
        return any((self.measures, self.targets, self.duties, self.parameters, self.limits, self.readings))

    @property
    def light(self) -> Light:
        """The worst state among measures, targets, duties and local values."""
        entries: tuple[MeasureEntry | TargetEntry | DutyEntry | ParameterEntry, ...] = (
            *self.measures,
            *self.targets,
            *self.duties,
            *self.parameters,
        )
        return max((entry.light for entry in entries), default=Light.NONE)
