"""One measure with its conditions and its figures area by area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from luoshi.office.desk import numbering
from luoshi.office.desk.entries import Entries
from luoshi.office.desk.margin import MeasureEntry
from luoshi.office.desk.standing import Standing
from luoshi.office.desk.wording import Sum, money
from luoshi.office.runs.queries import Figures
from luoshi.rulebook.model.blocks import Pack


@dataclass(frozen=True)
class AreaRow:
    """The figures of one area; None where nobody is decided about."""

    code: str
    name: str
    figures: Figures | None
    amount: Sum | None


@dataclass(frozen=True)
class Breakdown:
    """A measure, where it stands in the policy, and its rows."""

    entry: MeasureEntry
    document: str
    anchor: str
    cited: str
    clause: str
    conditions: tuple[str, ...]
    rows: tuple[AreaRow, ...]


def find_breakdown(
    pack: Pack,
    measure_id: str,
    standing: Standing,
    below: tuple[Iterable[tuple[str, str]], Mapping[str, Figures]],
    lang: str,
) -> Breakdown | None:
    """The page of a measure, None when there is none of that id. `below`: codes with names, and figures by code."""
    measure = pack.measures.get(measure_id)
    if measure is None or measure.clause not in pack.clauses:
        return None
    areas, figures = below
    titles = (condition.title.say(lang) if condition.title else condition.name for condition in measure.conditions)
    return Breakdown(
        entry=Entries(pack, standing, lang).measure(measure),
        document=numbering.document(measure.clause),
        anchor=numbering.anchor(measure.clause),
        cited=numbering.number(measure.clause, lang),
        clause=pack.clauses[measure.clause].title.say(lang),
        conditions=tuple(titles),
        rows=tuple(_row(code, name, figures.get(code), lang) for code, name in areas),
    )


def _row(code: str, name: str, figures: Figures | None, lang: str) -> AreaRow:
    return AreaRow(code, name, figures, money(figures.amount, lang) if figures else None)
