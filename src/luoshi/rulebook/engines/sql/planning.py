"""From a pack to the ordered steps of a run: what is computed where, and what is stored in between."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from luoshi.rulebook.engines.sql import related_nodes, row_nodes  # noqa: F401  registers what every node means
from luoshi.rulebook.engines.sql.demands import Asked, Demands, stored_table
from luoshi.rulebook.engines.sql.expressions import Expr, Group, Kind
from luoshi.rulebook.engines.sql.holdings import Kept
from luoshi.rulebook.engines.sql.lowering import Lowering
from luoshi.rulebook.engines.sql.numbers import Quantity
from luoshi.rulebook.engines.sql.regions import REGIONS
from luoshi.rulebook.engines.sql.relations import Codes, Figure, Gather, Join, Raw, Relation, Rows, Step, Stored
from luoshi.rulebook.engines.sql.results import Result, Wanted, nodes_wanted, results
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model.blocks import Pack


def steps(pack: Pack, on: date, settings: Settings, kept: Kept, wanted: Wanted) -> list[Step]:
    """The steps of a run, each after those whose tables it reads."""
    low = Lowering(pack, on, settings, kept)
    low.prepare(nodes_wanted(pack, kept, wanted))
    return _Planner(low, results(low, wanted)).steps()


def _hints(low: Lowering) -> dict[Expr, str]:
    """Names of facts, for whoever reads the statements."""
    named: dict[Expr, str] = {}
    for (_, name), lowered in low.facts.items():
        expr = lowered.expr if isinstance(lowered, Quantity) else lowered
        if isinstance(expr, Expr) and not expr.is_literal:
            named.setdefault(expr, name)
    return named


class _Planner:
    """Builds readers before what they read, from the last stage to the first, and puts the steps in running order."""

    def __init__(self, low: Lowering, wanted: dict[str, list[Result]]) -> None:
        self.low, self.demands = low, Demands(low, _hints(low))
        self.wanted = wanted

    def steps(self) -> list[Step]:
        found = [self._result(register, columns) for register, columns in self.wanted.items()]
        last = max([0, *(step.stage for step in found)])
        for stage in range(last, -1, -1):
            found = [*self._stored(stage), *self._gathered(stage), *found]
        found = [*self._regions(), *found]
        return [part for step in found for part in _cut(step)]
'''
echo
