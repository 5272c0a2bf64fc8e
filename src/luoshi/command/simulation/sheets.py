"""The tables of a simulation, the same on screen and in the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from luoshi.command.simulation.names import BLOCKS, HOW, Names
from luoshi.rulebook.simulating import Curve, Simulation
from luoshi.rulebook.simulating.comparing import BETWEEN
from luoshi.rulebook.simulating.differing import Change
from luoshi.rulebook.simulating.summing import Figures, Line
from luoshi.rulebook.wording import msg

TEXT, COUNT, MONEY, CHANGE = "text", "count", "money", "change"
"""How a column is shown: words, a whole number, yuan, yuan with a sign."""
ON_SCREEN = 25
FIGURES = (
    (msg("eligible before"), COUNT),
    (msg("eligible after"), COUNT),
    (msg("newly eligible"), COUNT),
    (msg("no longer eligible"), COUNT),
    (msg("undetermined before"), COUNT),
    (msg("undetermined after"), COUNT),
    (msg("newly undetermined"), COUNT),
    (msg("other amount"), COUNT),
    (msg("cost before (yuan)"), MONEY),
    (msg("cost after (yuan)"), MONEY),
    (msg("difference (yuan)"), CHANGE),
)
LEFT_OUT = ("eligible before", "eligible after", "undetermined before", "undetermined after")
"""Figures for which there is no room on screen."""


@dataclass(frozen=True)
class Column:
    """A column of a table; on screen there is no room for all of them."""

    title: str
    kind: str = TEXT
    on_screen: bool = True


@dataclass(frozen=True)
class Sheet:
    """A table with a name, notes above it, and its rows, of which the first are for the screen."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    notes: Sequence[str] = ()
    rows_on_screen: int = ON_SCREEN

    def on_screen(self) -> tuple[list[str], list[list[Any]]]:
        """Titles and rows for the screen."""
        places = [index for index, column in enumerate(self.columns) if column.on_screen]
        rows = [[row[index] for index in places] for row in self.rows[: self.rows_on_screen]]
        return [self.columns[index].title for index in places], rows


class Sheets:
    """The tables of a simulation in one language."""

    def __init__(self, names: Names) -> None:
        self.names, self.say = names, names.say

    def of_simulation(self, done: Simulation) -> list[Sheet]:
        """Every table, in the order in which they are read."""
        return [
            self.changed(done.changes),
            self.totals(done.sums.total),
            self.measures(done),
            self.areas(done, "county", self.say(msg("By county"))),
            self.areas(done, "township", self.say(msg("By township"))),
            self.funds(done),
            self.causes(done),
            self.undecided(done),
        ]

    def changed(self, changes: Sequence[Change]) -> Sheet:
        """What was changed."""
        titles = (
            msg("kind"),
            msg("id"),
            msg("title"),
            msg("clause"),
            msg("where"),
            msg("before"),
            msg("after"),
        )
        rows = [row for change in changes for row in self._changed(change)]
        return Sheet(self.say(msg("What was changed")), self._texts(titles), rows, self.notes())

    def notes(self) -> list[str]:
        """What the tables are about: policy, days, and that nothing here decides anything."""
        before, after = self.names.before, self.names.after
        days = str(before.on) if before.on == after.on else f"{before.on} → {after.on}"
        told = [
            f"{days}  {after.pack.policy.title.say(self.names.lang)}",
            self.say(msg("Simulation: it decides nothing.")),
        ]
        if before.as_if_in_force or after.as_if_in_force:
            told.append(self.say(msg("The policy is decided as if it were in force.")))
        return told

    def _changed(self, change: Change) -> Iterator[list[str]]:
        names = self.names
        clause = change.block.clause if change.block else ""
        head = [self.say(BLOCKS[change.key[0]]), change.name, names.change(change), clause]
        if not change.parts:
            yield [*head, "", "", self.say(HOW[change.how])]
        for part in change.parts:
            yield [*head, names.part(change, part), *names.values(change, part)]

    def _texts(self, titles: Sequence[str]) -> list[Column]:
        return [Column(self.say(title)) for title in titles]

    def _figures(self) -> list[Column]:
        return [Column(self.say(title), kind, title not in LEFT_OUT) for title, kind in FIGURES]

    def totals(self, total: Figures) -> Sheet:
        """The sums over everything; an award counts the prizes of as many as there are places."""
        columns = [
            Column(self.say(msg("figure"))),
            *(Column(self.say(t), MONEY) for t in (msg("before"), msg("after"))),
        ]
        columns.append(Column(self.say(msg("difference")), CHANGE))
        moves = (
            (msg("newly eligible"), total.newly_eligible),
            (msg("no longer eligible"), total.no_longer_eligible),
            (msg("newly undetermined"), total.newly_undetermined),
            (msg("eligible for another amount"), total.amount_changed),
        )
        rows: list[list[Any]] = [
            self._pair(msg("cost (yuan)"), total.cost_before, total.cost_after),
            self._pair(msg("eligible"), total.eligible_before, total.eligible_after),
            self._pair(msg("undetermined"), total.undetermined_before, total.undetermined_after),
            *([self.say(text), None, count, None] for text, count in moves),
        ]
        note = self.say(
            msg("A subject counts once for each measure; of an award, the prizes of all places are the cost.")
        )
        return Sheet(self.say(msg("Totals")), columns, rows, [note])

    def _pair(self, text: str, before: Any, after: Any) -> list[Any]:
        return [self.say(text), before, after, after - before]

    def measures(self, done: Simulation) -> Sheet:
        """By measure; those that cannot change come last."""
        lines = sorted(done.sums.measures, key=lambda line: line.key not in done.touched)
        head = [Column(self.say(msg("measure"))), Column(self.say(msg("id")), on_screen=False)]
        head.append(Column(self.say(msg("clause"))))
        rows = [
            [self.names.measure(line.key), line.key, self.names.definition(line.key).clause, *figures(line.figures)]
            for line in lines
        ]
        columns = [*head, *self._figures()]
        return Sheet(self.say(msg("By measure")), columns, rows, rows_on_screen=len(done.touched))

    def areas(self, done: Simulation, level: str, name: str) -> Sheet:
        """By area of a level."""
        head = self._texts((msg("division code"), msg("area")))
        lines = [line for line in done.sums.areas(level) if line.figures != Figures()]
        rows = [[line.key, self.names.areas.get(line.key, ""), *figures(line.figures)] for line in lines]
        note = self.say(msg("What is recorded for a wider area only, and awards with one round, stay with that area."))
        return Sheet(name, [*head, *self._figures()], rows, [note], ON_SCREEN if level == "county" else 0)

    def funds(self, done: Simulation) -> Sheet:
        """By fund and by payer."""
        head = self._texts((msg("grouping"), msg("fund or payer")))
        by_fund = [(self.names.funds(line.key), line) for line in done.sums.funds()]
        by_payer = [(self.names.payers(line.key), line) for line in done.sums.payers()]
        rows = [*self._grouped(msg("fund"), by_fund), *self._grouped(msg("payer"), by_payer)]
        note = self.say(msg("A measure that may be paid from several funds stands with all of them together."))
        return Sheet(self.say(msg("By fund and payer")), [*head, *self._figures()], rows, [note])

    def _grouped(self, grouping: str, lines: Sequence[tuple[str, Line]]) -> list[list[Any]]:
        return [[self.say(grouping), title, *figures(line.figures)] for title, line in lines]

    def causes(self, done: Simulation) -> Sheet:
        """Which clause changed what for how many."""
        counts = (
            (msg("changes"), COUNT),
            (msg("newly eligible"), COUNT),
            (msg("no longer eligible"), COUNT),
            (msg("newly undetermined"), COUNT),
            (msg("other amount"), COUNT),
            (msg("difference of amounts (yuan)"), CHANGE),
        )
        head = self._texts((msg("measure"), msg("cause"), msg("clause"), msg("comes out otherwise")))
        columns = [*head, *(Column(self.say(title), kind) for title, kind in counts)]
        changes = {change.name: change for change in done.changes}
        rows = [
            [
                self.names.measure(line.measure),
                self.names.cause(line.causes, changes),
                line.clauses.replace(BETWEEN, " "),
                self.names.conditions(line.measure, line.conditions),
                line.count,
                line.newly_eligible,
                line.no_longer_eligible,
                line.newly_undetermined,
                line.amount_changed,
                line.difference,
            ]
            for line in done.causes
        ]
        return Sheet(self.say(msg("By cause")), columns, rows)

    def undecided(self, done: Simulation) -> Sheet:
        """What leaves subjects undetermined."""
        head = self._texts((msg("measure"), msg("unknown")))
        counts = [Column(self.say(title), COUNT) for title in (msg("undetermined before"), msg("undetermined after"))]
        rows = [
            [
                self.names.measure(item.measure),
                self.names.condition(item.measure, item.condition),
                item.before,
                item.after,
                self.say(msg("; ")).join(self.names.missing(item.measure, lack) for lack in item.missing),
            ]
            for item in done.undecided
        ]
        note = self.say(msg("Of the measures that the change concerns. A subject counts under each unknown condition."))
        columns = [*head, *counts, Column(self.say(msg("may be missing")))]
        return Sheet(self.say(msg("Undetermined")), columns, rows, [note])

    def curve(self, curve: Curve, words: Sequence[str]) -> Sheet:
        """The cost for each value of a parameter."""
        title = self.names.after.pack.parameters[curve.name].title.say(self.names.lang)
        kinds = (COUNT, COUNT, MONEY)
        texts = (msg("eligible"), msg("undetermined"), msg("cost (yuan)"))
        columns = [Column(title), *(Column(self.say(text), kind) for text, kind in zip(texts, kinds, strict=True))]
        rows = [[point.value, point.eligible, point.undetermined, point.cost] for point in curve.points]
        concerned = self.say(msg("Measures: {names}"), names=[self.names.measure(name) for name in curve.measures])
        return Sheet(self.say(msg("Cost curve")), columns, rows, [*words, concerned])


def figures(line: Figures) -> list[Any]:
    """The cells of a line, in the order of the columns."""
    return [
        line.eligible_before,
        line.eligible_after,
        line.newly_eligible,
        line.no_longer_eligible,
        line.undetermined_before,
        line.undetermined_after,
        line.newly_undetermined,
        line.amount_changed,
        line.cost_before,
        line.cost_after,
        line.difference,
    ]
