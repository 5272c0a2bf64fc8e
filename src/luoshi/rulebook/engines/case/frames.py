"""A frame is one row with everything an expression over it can reach."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.inputs.store import Row, Store
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.nodes import Value
from luoshi.rulebook.model.steps import Step


class Frame:
    """A row in scope. Derived facts, and what other measures come to, are computed once per row."""

    __slots__ = ("_settings", "eligible", "facts", "register", "row", "row_id", "run")

    def __init__(
        self, run: Run, register: str, row_id: Any, row: Row, settings: Mapping[str, Value | None] | None = None
    ) -> None:
        self.run, self.register, self.row_id, self.row = run, register, row_id, row
        self.facts: dict[str, Step] = {}
        self.eligible: dict[str, Step] = {}
        self._settings = settings

    @property
    def settings(self) -> Mapping[str, Value | None]:
        """The parameters and switches that hold where the row lies."""
        if self._settings is None:
            area = self.run.store.area(self.register, self.row_id)
            self._settings = self.run.settings.at(area)
        return self._settings


class Run:
    """One decision's surroundings: the pack, the day, the settings, the rows, and what has been computed so far."""

    def __init__(
        self,
        pack: Pack,
        on: date,
        settings: Settings,
        store: Store,
        derivation: Callable[[FactKey], Evaluate | None],
        conditions: Callable[[str], list[Evaluate]],
    ) -> None:
        self.pack, self.on, self.settings, self.store = pack, on, settings, store
        self.derivation, self.conditions = derivation, conditions
        self._frames: dict[tuple[str, Any], Frame | None] = {}

    def frame(self, register: str, row_id: Any) -> Frame | None:
        """The frame of a row; None when there is no such row."""
        key = (register, row_id)
        if key not in self._frames:
            row = self.store.row(register, row_id)
            self._frames[key] = None if row is None else Frame(self, register, row_id, row)
        return self._frames[key]

    def existing(self, register: str, row_id: Any) -> Frame:
        """The frame of a row that is known to be there."""
        frame = self._frames.get((register, row_id)) or self.frame(register, row_id)
        assert frame is not None
        return frame


Evaluate = Callable[[Frame], Step]
FactKey = tuple[str, str]
"""A fact by register and name."""
