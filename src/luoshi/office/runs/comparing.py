"""Figures of several measures together: area beside area, fund beside fund, day after day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet, Sum
from django.db.models.functions import Left

from luoshi.office.runs.models import Figure, Run
from luoshi.office.runs.queries import Figures

SUMMED = ("eligible", "undetermined", "ineligible", "amount")


def by_area(run: Run, measures: Collection[str], area: str, digits: int) -> Mapping[str, Figures]:
    """For the areas below `area` whose codes have so many digits."""
    rows = _figures(area, measures).filter(run=run).annotate(key=Left("area", digits))
    return {code: found for code, found in _summed(rows).items() if len(code) == digits}


def by_fund(run: Run, measures: Collection[str], area: str) -> Mapping[str, Figures]:
    """By funds as a measure names them, several parted by `|`: any of them may pay."""
    return _summed(_figures(area, measures).filter(run=run), "fund")


def by_day(pack_id: str, measures: Collection[str], area: str, until: date) -> Mapping[date, Figures]:
    """The newest finished run of each day up to `until`, in order."""
    finished = Run.objects.filter(pack_id=pack_id, state=Run.State.FINISHED, on__lte=until)
    newest = finished.order_by().values("on").annotate(newest=Max("id")).values_list("newest", flat=True)
    rows = _figures(area, measures).filter(run__in=list(newest))
    return dict(sorted(_summed(rows, "run__on").items()))


def _figures(area: str, measures: Collection[str]) -> QuerySet[Figure]:
    rows = Figure.objects.filter(measure__in=list(measures))
    return rows.filter(area__startswith=area) if area else rows


def _summed(rows: QuerySet[Figure], key: str = "key") -> dict[Any, Figures]:
    sums = {f"all_{name}": Sum(name) for name in SUMMED}
    found = rows.order_by().values(key).annotate(**sums).values_list(key, *sums)
    return {name: Figures(*numbers) for name, *numbers in found}
