"""Figures of the text that do not add up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from luoshi.rulebook.checking.review.asking import ask
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.model.blocks import Crosscheck, Pack
from luoshi.rulebook.model.findings import Finding


def figures_that_do_not_add_up(pack: Pack) -> Iterator[Finding]:
    """Crosschecks that do not hold by the figures of the text."""
    engine = CaseEngine(pack, pack.policy.in_force_from or pack.policy.issued or date.max)
    for crosscheck in pack.crosschecks.values():
        if engine.constant(crosscheck.holds) is not True:
            yield ask("REVIEW-012", crosscheck, **_sides(crosscheck, engine))


def _sides(crosscheck: Crosscheck, engine: CaseEngine) -> dict[str, object]:
    left, right = engine.constant(crosscheck.left), engine.constant(crosscheck.right)
    return {"left": "?" if left is None else left, "right": "?" if right is None else right}
