"""Single cases with Luoshi's case engine: every step recorded, then told in both languages with all reasons."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from bench.slices import Slice
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.explaining.report import Reporter
from luoshi.rulebook.inputs.store import Store
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.outcomes import Outcome
from luoshi.rulebook.values.calendar import NEVER

PACK = Path(__file__).parent.parent / "pack"
Answer = dict[str, tuple[int, int, list[str]]]


class Decider:
    """The pack, loaded once, and what answers single cases."""

    def __init__(self, on: date) -> None:
        self.pack = load_pack(PACK)
        self.engine = CaseEngine(self.pack, on)
        self.reporter = Reporter(self.pack, on)

    def prepared(self, cut: Slice) -> dict[str, Any]:
        """The rows as the engine takes them: a blank end of work is never."""
        jobs = {
            key: {**row, "end_date": NEVER if row["end_date"] is None else row["end_date"]}
            for key, row in cut.rows["employment"].items()
        }
        return {**cut.rows, "employment": jobs}

    def decide(self, cut: Slice, rows: dict[str, Any]) -> Answer:
        """Outcome, fen and the names of unmet conditions of every measure."""
        decision = self.engine.decide(Store(self.pack, rows), cut.register, cut.subject)
        return {
            item.measure.id: (
                int(item.outcome),
                int(item.amount * 100) if item.outcome is Outcome.ELIGIBLE and item.amount is not None else 0,
                [found.name for bit, found in enumerate(item.measure.conditions) if item.unmet >> bit & 1],
            )
            for item in decision.determinations
        }

    def explain(self, cut: Slice, rows: dict[str, Any]) -> dict[str, Any]:
        """The whole decision in words: each condition with clause and values, arithmetic, what is missing."""
        decision = self.engine.decide(Store(self.pack, rows), cut.register, cut.subject)
        return self.reporter.decision(decision)
