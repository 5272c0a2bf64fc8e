"""One side of a simulation: everything a decision depends on beside the data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from luoshi.rulebook.inputs.settings import LocalValue, Settings
from luoshi.rulebook.model.blocks import Measure, Pack


@dataclass(frozen=True)
class Side:
    """A pack on a day with the values set by localities. `as_if_in_force` simulates a policy that is not."""

    pack: Pack
    on: date
    local: tuple[LocalValue, ...] = ()
    as_if_in_force: bool = False

    def settings(self) -> Settings:
        """Parameters and readings as they hold on the day."""
        return Settings(self.pack, self.on, self.local)

    def pays(self, measure: Measure) -> bool:
        """Whether a measure decides anything on the day."""
        return self.as_if_in_force or self.pack.in_force(measure, self.on)


def only_measures(side: Side, names: Iterable[str] | None = None) -> Side:
    """The side with these measures (all without `names`) and nothing else that decides: less to compute."""
    chosen = side.pack.measures
    if names is not None:
        wanted = set(names)
        chosen = {name: measure for name, measure in chosen.items() if name in wanted}
    pack = replace(side.pack, measures=chosen, limits={}, targets={}, integrity_checks={}, duties={})
    return replace(side, pack=pack)
