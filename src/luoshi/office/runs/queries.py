"""Reading runs and their figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Left

from luoshi.office.runs.models import DutyState, Figure, Installed, Run, TargetState
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.outcomes import State as Met

Row = TypeVar("Row", DutyState, Figure, TargetState)


@dataclass(frozen=True)
class Figures:
    """What a measure comes to in an area and below: subjects by outcome, and yuan for the eligible ones."""

    eligible: int = 0
    undetermined: int = 0
    ineligible: int = 0
    amount: Decimal = Decimal(0)


@dataclass(frozen=True)
class States:
    """How many areas, this one and those below, meet a target."""

    met: int = 0
    unmet: int = 0
    unknown: int = 0


@dataclass(frozen=True)
class Fulfilled:
    """In how many rows of an area and below a duty was done, was not done, or cannot be seen."""

    done: int = 0
    not_done: int = 0
    unknown: int = 0


def newest_run(pack_id: str, on: date | None = None) -> Run | None:
    """The newest finished run of a pack, as of a day if one is named."""
    runs = Run.objects.filter(pack_id=pack_id, state=Run.State.FINISHED)
    return (runs if on is None else runs.filter(on=on)).order_by("-id").first()


def run_days(pack_id: str) -> list[date]:
    """The days for which a pack has been run, the newest first."""
    finished = Run.objects.filter(pack_id=pack_id, state=Run.State.FINISHED)
    return list(finished.order_by("-on").values_list("on", flat=True).distinct())


def list_runs(packs: Iterable[str], before: int | None, size: int) -> list[Run]:
    """The newest runs of some packs, at most `size`, older than the run `before`."""
    runs = Run.objects.filter(pack_id__in=list(packs))
    return list((runs if before is None else runs.filter(id__lt=before)).order_by("-id")[:size])


def figures_of(run: Run, area: str) -> Mapping[str, Figures]:
    """Figures by measure for an area and everything below it. Subjects without an area count for the whole only."""
    return _summed(_within(Figure.objects.filter(run=run), area), "measure")


def figures_by_area(run: Run, measure: str, area: str, digits: int) -> Mapping[str, Figures]:
    """Figures of one measure for the areas below `area` whose codes have so many digits."""

    rows = _within(Figure.objects.filter(run=run, measure=measure), area).annotate(below=Left("area", digits))
    return {code: found for code, found in _summed(rows, "below").items() if len(code) == digits}


def states_of(run: Run, area: str) -> Mapping[str, States]:
    """States by target for an area and everything below it."""
    met, unmet, unknown = (Count("id", filter=Q(state=state)) for state in (Met.MET, Met.UNMET, Met.UNKNOWN))
    rows = _within(TargetState.objects.filter(run=run), area).order_by().values("target")
    found = rows.annotate(met=met, unmet=unmet, unknown=unknown)
    return {row["target"]: States(row["met"], row["unmet"], row["unknown"]) for row in found}


def duties_of(run: Run, area: str) -> Mapping[str, Fulfilled]:
    """States by duty for an area and everything below it. Rows without an area count for the whole only."""
    return _fulfilled(_within(DutyState.objects.filter(run=run), area), "duty")


def duty_by_area(run: Run, duty: str, area: str, digits: int) -> Mapping[str, Fulfilled]:
    """States of one duty for the areas below `area` whose codes have so many digits."""
    rows = _within(DutyState.objects.filter(run=run, duty=duty), area).annotate(below=Left("area", digits))
    return {code: found for code, found in _fulfilled(rows, "below").items() if len(code) == digits}


def adoption_of(pack_id: str) -> Installed | None:
    """How a pack came to hold here; None if it is not installed."""
    return Installed.objects.filter(pack_id=pack_id).first()


def adopted_on(pack: Pack) -> date | None:
    """The day from which a draft holds here; None for one that nobody adopted, and for what is no draft."""
    installed = adoption_of(pack.policy.id) if pack.policy.status == "draft" else None
    return installed.adopted_on if installed else None


def _within(rows: QuerySet[Row], area: str) -> QuerySet[Row]:
    return rows.filter(area__startswith=area) if area else rows


def _summed(rows: QuerySet[Figure], key: str) -> Mapping[str, Figures]:
    return {
        name: Figures(*sums) for name, *sums in _sums(rows, key, ["eligible", "undetermined", "ineligible", "amount"])
    }


def _fulfilled(rows: QuerySet[DutyState], key: str) -> Mapping[str, Fulfilled]:
    return {name: Fulfilled(*sums) for name, *sums in _sums(rows, key, ["done", "not_done", "unknown"])}


def _sums(rows: QuerySet[Row], key: str, names: Iterable[str]) -> Iterable[tuple[Any, ...]]:
    sums = {f"all_{name}": Sum(name) for name in names}
    found: Iterable[tuple[Any, ...]] = rows.order_by().values(key).annotate(**sums).values_list(key, *sums)
    return found
