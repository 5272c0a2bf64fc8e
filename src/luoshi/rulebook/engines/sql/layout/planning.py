"""From a pack to the ordered steps of a run: what is computed where, and what is stored in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from luoshi.rulebook.bulk.wanted import Wanted, nodes_wanted
from luoshi.rulebook.engines.sql.layout.cutting import cut
from luoshi.rulebook.engines.sql.layout.demands import Demands, joined_table, stored_table
from luoshi.rulebook.engines.sql.layout.gathering import gather
from luoshi.rulebook.engines.sql.layout.relations import Codes, Rows, Step, step
from luoshi.rulebook.engines.sql.meaning import related_nodes, row_nodes  # noqa: F401 - registers what every node means
from luoshi.rulebook.engines.sql.meaning.deciding import Result
from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Group
from luoshi.rulebook.engines.sql.meaning.holdings import Kept
from luoshi.rulebook.engines.sql.meaning.lowering import Lowering
from luoshi.rulebook.engines.sql.meaning.numbers import Quantity
from luoshi.rulebook.engines.sql.meaning.regions import REGIONS
from luoshi.rulebook.engines.sql.meaning.results import results
from luoshi.rulebook.engines.sql.meaning.scans import MOST_ROUNDS, Scans
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model.blocks import Pack


@dataclass(frozen=True)
class Question:
    """What is planned: a pack as of a day, with its settings, over what is kept, for what is wanted.

    `ordered`: rows keep the order in which they are given, that of their ids; otherwise results are put in order.
    """

    pack: Pack
    on: date
    settings: Settings
    kept: Kept
    wanted: Wanted
    ordered: bool = True

    def lowered(self, scans: Scans) -> tuple[Lowering, dict[str, list[Result]]]:
        """The result columns, and what they were lowered with."""
        low = Lowering(self.pack, self.on, self.settings, self.kept, scans)
        low.prepare(nodes_wanted(self.pack, self.kept, self.wanted))
        return low, results(low, self.wanted)


def plan_steps(question: Question) -> list[Step]:
    """The steps of a run, each after those whose tables it reads.

    Scans wait for each other as long as that settles within a few rounds; in a ring of waiting nobody waits.
    """
    scans = Scans()
    for _ in range(MOST_ROUNDS):
        low, columns = question.lowered(scans)
        later = scans.joined()
        if later is None:
            return _Planner(low, columns, question.ordered).steps()
        scans = later
    return _Planner(*question.lowered(Scans()), question.ordered).steps()


class _Planner:
    """Builds readers before what they read, from the last stage to the first, and puts the steps in running order."""

    def __init__(self, low: Lowering, wanted: dict[str, list[Result]], ordered: bool) -> None:
        self.low, self.wanted, self.ordered = low, wanted, ordered
        self.demands = Demands(low, _names_of_facts(low))

    def steps(self) -> list[Step]:
        """Every step, in running order."""
        results = [self._result(register, columns) for register, columns in self.wanted.items()]
        stages: dict[int, list[Step]] = {}
        for stage in range(max([0, *(found[-1].stage for found in results)]), -1, -1):
            here = [found for found in results if found[-1].stage == stage]
            stages[stage] = [*(part for found in here for part in found), *self._stored(stage), *self._gathered(stage)]
        ordered = [*self._regions(), *(found for stage in sorted(stages) for found in stages[stage])]
        return [part for found in ordered for part in cut(found)]

    def _result(self, register: str, columns: list[Result]) -> list[Step]:
        """The step that gives a result, after the one that stores what it joins, if any."""
        stage = max(expr.stage for _, expr in columns)
        if not self.ordered:
            return [step(stage, register, None, self.demands.rows_put_in_order(register, columns))]
        rows, joined = self.demands.rows_in_order(register, columns)
        before = [] if joined is None else [step(stage, register, joined_table(register), joined)]
        return [*before, step(stage, register, None, rows)]

    def _stored(self, stage: int) -> list[Step]:
        return [
            step(stage, register, stored_table(register, at), self._stored_rows(register, at))
            for register, at in list(self.demands.stored)
            if at == stage
        ]

    def _stored_rows(self, register: str, stage: int) -> Rows:
        columns = self.demands.stored[register, stage]
        roots = [("id", self.demands.row_id(register)), *((name, expr) for expr, name in columns.items())]
        return self.demands.rows(register, roots)

    def _gathered(self, stage: int) -> list[Step]:
        """The groups of a stage, the shorter paths first, but built after the longer ones that read them."""
        found: list[Step] = []
        built: set[Group] = set()
        while waiting := [group for group in self.demands.groups if group.stage == stage and group not in built]:
            group = max(waiting, key=lambda item: len(item.via))
            built.add(group)
            found.insert(0, step(stage, group.child, self.demands.table_of(group), gather(self.demands, group)))
        return found

    def _regions(self) -> Iterator[Step]:
        regions = self.low.regions
        sources = tuple(source.data for source in regions.sources)
        if sources:
            rows = self.demands.rows(REGIONS, [("id", regions.code), *regions.columns.items()])
            yield step(0, "area", REGIONS, replace(rows, base=Codes(sources)))


def _names_of_facts(low: Lowering) -> dict[Expr, str]:
    """Names of facts, for whoever reads the statements."""
    named: dict[Expr, str] = {}
    for (_, name), lowered in low.facts.items():
        expr = lowered.expr if isinstance(lowered, Quantity) else lowered
        if isinstance(expr, Expr) and not expr.is_literal:
            named.setdefault(expr, name)
    return named
