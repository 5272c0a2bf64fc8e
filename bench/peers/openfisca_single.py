"""Single cases with OpenFisca: the system is built once, inputs are small arrays, the village's figures are given."""

from __future__ import annotations

from datetime import date
from types import ModuleType

import numpy as np
from openfisca_core.simulations import Simulation

from bench.peers import openfisca_idiomatic, openfisca_lean
from bench.peers.numpy_facts import Registers
from bench.peers.openfisca_inputs import prepare, simulation
from bench.rules.reading import rules
from bench.slices import Slice, as_registers

Answer = dict[str, tuple[int, int, list[str]]]
STYLES: dict[str, ModuleType] = {"openfisca_lean": openfisca_lean, "openfisca_idiomatic": openfisca_idiomatic}
Inputs = tuple[Registers, dict[str, np.ndarray], int]


class Decider:
    """The system in one of the two styles, and what answers single cases."""

    def __init__(self, style: str, on: date) -> None:
        self.built, self.on, self.lean = STYLES[style].built(), on, style == "openfisca_lean"

    def prepared(self, cut: Slice) -> Inputs:
        """The registers as arrays, the other inputs, and the subject's place."""
        registers = as_registers(cut, self.on)
        inputs = prepare(registers)
        areas = cut.rows["area"].values()
        for name in ("people", "poor_people"):
            inputs[f"village_{name}"] = np.array([row[name] for row in areas], np.int64)
        return registers, inputs, list(cut.rows[cut.register]).index(cut.subject)

    def decide(self, cut: Slice, prepared: Inputs) -> Answer:
        """Outcome, fen and the names of unmet conditions of every measure."""
        registers, inputs, place = prepared
        started = simulation(self.built, registers, inputs)
        period = str(self.on.year)
        answer = {}
        for measure in rules().of(cut.register):
            amount = int(started.calculate(f"{measure.name}__amount", period)[place])
            outcome, unmet = self._masks(started, measure.name, period, place)
            names = [found.name for bit, found in enumerate(measure.conditions) if unmet >> bit & 1]
            answer[measure.id] = outcome, amount, names
        return answer

    def _masks(self, started: Simulation, name: str, period: str, place: int) -> tuple[int, int]:
        if not self.lean:
            parts = [started.calculate(f"{name}__{part}", period)[place] for part in ("outcome", "unmet")]
            return int(parts[0]), int(parts[1])
        masks = int(started.calculate(f"{name}__masks", period)[place])
        unmet, unknown = masks & 255, masks >> 8
        return 2 if unmet else (3 if unknown else 1), unmet
