"""What an edition would come to, as rows of tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.office.desk.wording import money
from luoshi.office.registry.areas import area
from luoshi.office.runs.trial import read_trial
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.simulating.summing import Figures


@dataclass(frozen=True)
class Row:
    """The figures of a measure or an area, before and after, sums as they are read."""

    name: str
    figures: Figures
    cost_before: str
    cost_after: str
    difference: str

    @property
    def moves(self) -> bool:
        """Whether anything comes out otherwise."""
        counts = self.figures
        return bool(
            counts.newly_eligible
            or counts.no_longer_eligible
            or counts.newly_undetermined
            or counts.amount_changed
            or counts.difference
        )


@dataclass(frozen=True)
class Tried:
    """A trial as a page shows it: the whole, then by measure and by area, those that move first."""

    on: date
    total: Row
    measures: tuple[Row, ...]
    areas: tuple[Row, ...]


def find_tried(written: Mapping[str, Any] | None, packs: tuple[Pack, ...], scope: str, lang: str) -> Tried | None:
    """The trial for an area; None where there is none, or where it counts nothing within the area.

    Measures are called as in the first of the packs that has them.
    """
    if written is None:
        return None
    trial = read_trial(written).within(scope)
    if not trial.cells:
        return None

    def measure(name: str) -> str:
        found = next((pack.measures[name] for pack in packs if name in pack.measures), None)
        return found.title.say(lang) if found else name

    return Tried(
        on=trial.on,
        total=_row("", trial.total, lang),
        measures=_rows(trial.by_measure(), measure, lang),
        areas=_rows(trial.by_area(), _area, lang),
    )


def _rows(figures: Mapping[str, Figures], name: Callable[[str], str], lang: str) -> tuple[Row, ...]:
    rows = [_row(name(key), found, lang) for key, found in figures.items()]
    return tuple(sorted(rows, key=lambda row: not row.moves))


def _area(code: str) -> str:
    found = area(code) if code else None
    return found.name if found else code


def _row(name: str, figures: Figures, lang: str) -> Row:
    return Row(
        name,
        figures,
        _sum(figures.cost_before, lang),
        _sum(figures.cost_after, lang),
        _signed(figures.difference, lang),
    )


def _signed(amount: Decimal, lang: str) -> str:
    return f"+{_sum(amount, lang)}" if amount > 0 else _sum(amount, lang)


def _sum(amount: Decimal, lang: str) -> str:
    found = money(amount, lang)
    return f"{found.digits} {found.unit}" if lang == "en" else f"{found.digits}{found.unit}"
