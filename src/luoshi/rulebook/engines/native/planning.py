"""What is computed when: passes over registers that fill columns and add rows up, then the results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from luoshi.rulebook.bulk.wanted import Wanted, nodes_wanted
from luoshi.rulebook.engines.native import related_nodes, row_nodes  # noqa: F401  they register the meanings of nodes
from luoshi.rulebook.engines.native.deciding import Result, budget_tally, results
from luoshi.rulebook.engines.native.forging import BYTE, NARROW, Column, Expr, within
from luoshi.rulebook.engines.native.kernels import Entry, Kernel, Layout, Store, Tally, Unit, laid_out
from luoshi.rulebook.engines.native.lowering import LATER, Asked, Distinct, Figure, Kept, Lowering, Tried
from luoshi.rulebook.inputs.arrow import DIVISIONS
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model.blocks import Pack

LINEAGE = "lineage"
FROM, INTO = "from", "into"
BY_CODE = " by code"


@dataclass(frozen=True)
class Gather:
    """Rows of `register` added up for those of `subject`; `onward` adds up for wider areas what was added for codes."""

    register: str
    subject: str
    kernel: Kernel
    onward: Kernel | None = None

    @property
    def tally(self) -> Tally:
        """What is added up."""
        return self.kernel.tallies[0]

    @property
    def records(self) -> list[str]:
        """The records in which it is added up."""
        kernels = [self.kernel] if self.onward is None else [self.kernel, self.onward]
        return [kernel.tallies[0].record for kernel in kernels]


@dataclass
class Pass:
    """What can be computed at the same time. What is computed `later` rests on a setting that is tried."""

    is_later: bool = False
    kernels: dict[str, Kernel] = field(default_factory=dict)
    gathers: list[Gather] = field(default_factory=list)
    distinct: list[Distinct] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """Everything that a run computes."""

    passes: tuple[Pass, ...]
    results: dict[str, tuple[Result, Kernel]]
    asked: Asked
    layout: Layout

    def kernels(self) -> list[tuple[Kernel, str]]:
        """All compiled code, in a fixed order, each with the register whose rows it goes through."""
        found: list[tuple[Kernel, str]] = []
        for step in self.passes:
            found += [(kernel, register) for register, kernel in step.kernels.items()]
            for gather in step.gathers:
                found.append((gather.kernel, gather.register))
                found += [] if gather.onward is None else [(gather.onward, LINEAGE)]
        return [*found, *((kernel, register) for register, (_, kernel) in self.results.items())]


@dataclass(frozen=True)
class Question:
    """What a run is about: the pack, the day, the settings, the registers kept, the results wanted, what is tried."""

    pack: Pack
    on: date
    settings: Settings
    kept: Kept
    wanted: Wanted
    tried: Tried | None = None


def planned(question: Question) -> Plan:
    """What has to be computed to answer a question."""
    low = Lowering(question.pack, question.on, question.settings, question.kept, question.tried)
    low.prepare(nodes_wanted(question.pack, question.kept, question.wanted))
    found = results(low, question.wanted)
    kernels = {
        register: (
            result,
            Kernel(f"decide{place}", tuple(result.units), tuple(budget_tally(low, register, result.entries))),
        )
        for place, (register, result) in enumerate(found.items())
    }
    return _Planner(low).plan(kernels)


class _Planner:
    """Puts what was asked for into passes."""

    def __init__(self, low: Lowering) -> None:
        self.low, self.asked = low, low.asked
        self.figures = {figure.column: figure for figure in self.asked.figures.values()}
        self.cells = {column: expr for expr, (_, column) in self.asked.computed.items()}
        self.counted = {item.column: item for item in self.asked.distinct.values()}

    def plan(self, results: dict[str, tuple[Result, Kernel]]) -> Plan:
        """The passes that the results need, and the layout of all records."""
        needed = self._needed(column for _, kernel in results.values() for column in kernel.columns())
        stages = sorted({column.stage for column in needed if column.stage})
        passes = tuple(self._pass(stage, [column for column in needed if column.stage == stage]) for stage in stages)
        plan = Plan(passes, results, self.asked, Layout({}, {}))
        return replace(plan, layout=laid_out(_columns_of(kernel for kernel, _ in plan.kernels())))

    def _needed(self, columns: Iterable[Column]) -> list[Column]:
        """The columns and all those that they are computed from, in an order that is always the same."""
        needed: dict[Column, None] = {}
        waiting = list(columns)[::-1]
        while waiting:
            column = waiting.pop()
            if column not in needed:
                needed[column] = None
                waiting += [expr.column for expr in within(self._made_of(column)) if expr.column is not None]
                waiting += self._beside(column)
        return list(needed)

    def _made_of(self, column: Column) -> list[Expr]:
        if column in self.figures:
            figure = self.figures[column]
            return [figure.owner, figure.picked, *([] if figure.value is None else [figure.value])]
        return [self.cells[column]] if column in self.cells else []

    def _beside(self, column: Column) -> list[Column]:
        """Columns that are needed for a column without being part of an expression."""
        if column in self.counted:
            return [self.counted[column].owner, self.counted[column].cell]
        seen = self._seen(self.figures[column]) if column in self.figures else None
        return [] if seen is None else [seen]

    def _seen(self, figure: Figure) -> Column | None:
        """The flag that says whether there was a smallest or largest yet."""
        if figure.function not in {"min", "max"}:
            return None
        key = (figure.column.register, figure.register, "some", figure.owner, figure.picked, figure.value)
        return self.asked.figures[key].column

    def _pass(self, stage: int, columns: list[Column]) -> Pass:
        step = Pass(stage > LATER)
        stores: dict[str, list[Unit]] = {}
        for column in columns:
            if column in self.cells:
                stores.setdefault(column.register, []).append(Unit((Store(column, self.cells[column]),)))
        for place, (register, units) in enumerate(stores.items()):
            step.kernels[register] = Kernel(f"fill{stage}_{place}", tuple(units))
        records: dict[str | None, list[Figure]] = {}
        for column in columns:
            if column in self.figures:
                records.setdefault(column.record, []).append(self.figures[column])
        for place, figures in enumerate(records.values()):
            step.gathers.append(self._gather(f"gather{stage}_{place}", figures))
        step.distinct += [self.counted[column] for column in columns if column in self.counted]
        return step

    def _gather(self, name: str, figures: list[Figure]) -> Gather:
        """Flags come last: a smallest or largest asks whether one was seen before."""
        first, ordered = figures[0], sorted(figures, key=lambda figure: figure.function == "some")
        subject, record = first.column.register, first.column.record or ""
        entries = tuple(
            Entry(of.function, of.picked, None if of.function == "some" else of.value, of.column, self._seen(of))
            for of in ordered
        )
        if subject != DIVISIONS:
            return Gather(first.register, subject, Kernel(name, (), (Tally(record, first.owner, entries),)))
        return self._by_code(name, Tally(record, first.owner, entries), first.register)

    def _by_code(self, name: str, tally: Tally, register: str) -> Gather:
        """Rows are added up by the code they lie in, and codes by everything they lie in."""
        record = f"{tally.record}{BY_CODE}"
        codes = {entry.column: replace(entry.column, record=record) for entry in tally.entries}
        at_codes = tuple(
            replace(entry, column=codes[entry.column], seen=None if entry.seen is None else codes[entry.seen])
            for entry in tally.entries
        )
        make, low = self.low.forge, self.low
        place = make.load(low.column(LINEAGE, FROM, NARROW))
        into = make.load(low.column(LINEAGE, INTO, NARROW))
        onward = tuple(self._onward(entry, codes, place) for entry in tally.entries)
        return Gather(
            register,
            DIVISIONS,
            Kernel(name, (), (Tally(record, tally.owner, at_codes),)),
            Kernel(f"{name}_onward", (), (Tally(tally.record, into, onward),)),
        )

    def _onward(self, entry: Entry, codes: dict[Column, Column], place: Expr) -> Entry:
        """A figure of a code, added to that of an area in which it lies."""
        make = self.low.forge
        cell = make.gather(codes[entry.column], place)
        if entry.function == "some":
            return replace(entry, picked=make.compare("ne", cell, make.const(BYTE, 0)))
        if entry.seen is None:
            return Entry("sum", make.truth(True), cell, entry.column)
        flag = make.gather(codes[entry.seen], place)
        return replace(entry, picked=make.compare("ne", flag, make.const(BYTE, 0)), value=cell)


def _columns_of(kernels: Iterable[Kernel]) -> Iterator[Column]:
    """The columns of all records, in a fixed order."""
    for kernel in kernels:
        yield from (column for column in kernel.columns() if column.record is not None)
        yield from (entry.column for tally in kernel.tallies for entry in tally.entries)
