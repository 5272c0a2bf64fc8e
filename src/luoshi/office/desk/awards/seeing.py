"""Nominations, receipts, steps and standings as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from luoshi.office.awards import queries
from luoshi.office.awards.models import Nomination, Receipt, Round
from luoshi.office.awards.standing import Standing, at_the_border
from luoshi.office.awards.winning import Winners, find_winners, wins_before
from luoshi.office.desk.awards.opening import Opened
from luoshi.office.desk.keeping import in_words
from luoshi.office.registry.queries import Row
from luoshi.rulebook.model.types import Number

CENT = Decimal("0.01")
STATES: Mapping[str, tuple[str, ...]] = {
    Round.State.NOMINATING: ("apply", "check"),
    Round.State.JUDGING: ("meet",),
    Round.State.CHOOSING: ("meet",),
    Round.State.NOTICED: ("notice",),
    Round.State.CONFIRMED: (),
    Round.State.CANCELLED: (),
}
"""Which acts of the procedure are under way in each state of a round."""


@dataclass(frozen=True)
class StepView:
    """A step of the procedure: what is done, by whom, and whether it is `done`, under way (`now`) or ahead."""

    does: str
    actor: str
    state: str
    stated: bool


@dataclass(frozen=True)
class ConditionView:
    """A condition of a receipt with what was found."""

    title: str
    state: str
    reason: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A nomination as lists show it. `keys` are the values of the order in words, `measured` those that are numbers;
    `standing` is there once the panel judges."""

    nomination: Nomination
    name: str
    place: str
    outcome: str
    keys: tuple[str, ...]
    measured: tuple[Decimal | None, ...]
    amount: Decimal | None
    lacking: tuple[str, ...]
    wins: tuple[str, ...]
    standing: Standing | None = None
    is_at_border: bool = False

    @property
    def mean(self) -> str:
        """The mean of the panel with two places."""
        if self.standing is None or self.standing.mean is None:
            return ""
        mean = self.standing.mean
        return str((Decimal(mean.numerator) / Decimal(mean.denominator)).quantize(CENT, ROUND_HALF_UP))


def steps_of(opened: Opened, payments_due: bool = False) -> list[StepView]:
    """The line of steps. What lies before a step that is under way is done."""
    steps, acts = opened.rules.procedure.steps, STATES[opened.round.state]
    under_way = [place for place, step in enumerate(steps) if step.act in acts]
    if opened.round.state == Round.State.CONFIRMED:
        under_way = [place for place, step in enumerate(steps) if step.act == "pay" and payments_due]
    is_over = opened.round.state == Round.State.CONFIRMED
    first = min(under_way, default=len(steps) if is_over else 0)
    return [
        StepView(
            does=step.does.say(opened.lang),
            actor=step.actor.say(opened.lang),
            state="now" if place in under_way else "done" if place < first else "ahead",
            stated=step.stated,
        )
        for place, step in enumerate(steps)
    ]


def conditions_of(report: Mapping[str, Any], lang: str) -> tuple[ConditionView, ...]:
    """The conditions of a receipt in one language."""
    return tuple(
        ConditionView(
            one["title"][lang],
            one["state"],
            one["reason"][lang],
            tuple(each["title"][lang] for each in one["missing"]),
        )
        for one in report["conditions"]
    )


def lacking_of(receipt: Receipt, lang: str) -> tuple[str, ...]:
    """What a receipt lacks: the conditions unmet, else what is missing for those unknown."""
    unmet = [one.title for one in conditions_of(receipt.report, lang) if one.state == "unmet"]
    missing = [one["title"][lang] for one in receipt.report["missing"]]
    return tuple(dict.fromkeys(unmet or missing))


def lines_of(opened: Opened, nominations: Sequence[Nomination]) -> list[Line]:
    """Nominations in the order of the award's list; those who cannot be chosen come after those who can."""
    receipts, shown = queries.newest_receipts(nominations), opened.shown(nominations)
    wins = wins_in_words(opened, nominations)
    standings = queries.standings_of(opened.round, opened.rules) if opened.sees_all else []
    border = at_the_border(standings, opened.round.places)
    found = {one.nomination: one for one in standings}
    rank = {one.nomination: place for place, one in enumerate(standings)}
    lines = [
        Line(
            nomination=one,
            name=shown[one.row_id].name,
            place=shown[one.row_id].place,
            outcome=receipts[one.pk].outcome,
            keys=tuple(key["value"][opened.lang] for key in receipts[one.pk].keys),
            measured=tuple(_measured(opened, receipts[one.pk])),
            amount=receipts[one.pk].amount,
            lacking=lacking_of(receipts[one.pk], opened.lang),
            wins=wins.get(one.row_id, ()),
            standing=found.get(one.pk),
            is_at_border=one.pk in border,
        )
        for one in nominations
    ]
    return sorted(lines, key=lambda line: (rank.get(line.nomination.pk, len(rank)), line.nomination.pk))


def _measured(opened: Opened, receipt: Receipt) -> Iterable[Decimal | None]:
    nodes = [key.value for key in opened.rules.award.order if key.value is not None]
    for node, key in zip(nodes, receipt.keys, strict=True):
        yield Decimal(key["by"]) if isinstance(node.type, Number) and key["by"] is not None else None


def key_titles(opened: Opened, nominations: Sequence[Nomination]) -> tuple[str, ...]:
    """The titles of the order's values."""
    for receipt in queries.newest_receipts(nominations).values():
        return tuple(key["title"][opened.lang] for key in receipt.keys)
    return ()


def wins_in_words(opened: Opened, nominations: Iterable[Nomination]) -> dict[str, tuple[str, ...]]:
    """By row the awards won before, whatever the award, with the year."""
    winners = find_winners(opened.rules)
    if winners is None:
        return {}
    rows = wins_before(winners, nominations, opened.names.root)
    return {row_id: tuple(win_in_words(opened, winners, row) for row in some) for row_id, some in rows.items()}


def win_in_words(opened: Opened, winners: Winners, row: Row) -> str:
    """One award that was won: what tells it from others."""
    told = [column for column in winners.asked if column.name in winners.table.key]
    words = [in_words(opened.names, winners.table, column, row.cells[column.name]) for column in told]
    return " ".join(filter(None, (word.replace(",", "") for word in words))) or _("曾获奖")
