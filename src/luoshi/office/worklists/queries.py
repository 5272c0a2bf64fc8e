"""Everything that is read of findings and of what is missing, always within an area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

import pyarrow.compute as pc
import pyarrow.dataset as ds
from django.db.models import Count, Model, Q, QuerySet, Sum

from luoshi.office.registry.filters import after_all
from luoshi.office.runs.models import Run
from luoshi.office.worklists.choosing import checks, closed_checks
from luoshi.office.worklists.gaps import Name, gap_file
from luoshi.office.worklists.models import CheckFigure, Finding, Gap
from luoshi.office.worklists.refreshing import gap_folder
from luoshi.rulebook.model.blocks import Pack

Row = TypeVar("Row", bound=Model)
COUNTY = 6
"""Digits of a county's code: whose area is smaller sees no findings of closed documents."""
SHOWN: Mapping[str, Q] = {
    "open": Q(settled=None, state__in=Finding.OPEN),
    "closed": Q(settled=None) & ~Q(state__in=Finding.OPEN),
    "settled": Q(settled__isnull=False),
}
"""The lists of findings: still to do, closed by people, settled by a run."""


@dataclass(frozen=True)
class CheckCounts:
    """How many rows a check found and nobody has closed, how many it could not decide, how many findings are listed.

    Fewer are listed than open where a check found more in a county than people can work through.
    """

    open: int
    unknown: int
    listed: int = 0


@dataclass(frozen=True)
class GapSum:
    """One missing thing in an area and below, as in `Gap`."""

    name: Name
    rows: int
    subjects: int
    decisions: int
    unpriced: int
    amount: Decimal


@dataclass(frozen=True)
class GapPage:
    """Some rows to fill in, by id, with their areas. `after` is where the next page goes on, None on the last."""

    rows: tuple[tuple[int, str], ...]
    after: int | None


def followed_run(pack_id: str) -> Run | None:
    """The run that the worklists of a pack follow; None before the first."""
    return Run.objects.filter(pack_id=pack_id, refreshed__problem="").order_by("-refreshed__id").first()


def check_counts(pack: Pack, run: Run, root: str, area: str) -> Mapping[str, CheckCounts]:
    """The counts of each check that found or could not decide something, in the order of the pack."""
    figures = within(CheckFigure.objects.filter(run=run), area).order_by().values_list("check_id")
    sums = {check: (found, unknown) for check, found, unknown in figures.annotate(Sum("found"), Sum("unknown"))}
    done, listed = _counted(pack, area, "closed"), _counted(pack, area, "open")
    return {
        check: CheckCounts(sums[check][0] - done.get(check, 0), sums[check][1], listed.get(check, 0))
        for check in seen_checks(pack, root)
        if check in sums
    }


def findings(pack: Pack, root: str, area: str, shown: str = "open", check: str = "") -> QuerySet[Finding]:
    """The findings of an area and below that a list shows, the oldest first; of one check if it is named."""
    found = Finding.objects.filter(SHOWN[shown], pack_id=pack.policy.id).select_related("since", "settled")
    found = found.filter(check_id=check) if check else found.exclude(check_id__in=_withheld(pack, root))
    return within(found, area).order_by("id")


def find_finding(pack: Pack, root: str, number: int) -> Finding | None:
    """The finding of a number; None where it lies beyond the area, or is not shown there."""
    found = within(Finding.objects.filter(pack_id=pack.policy.id, id=number), root)
    return found.exclude(check_id__in=_withheld(pack, root)).select_related("since", "settled").first()


def seen_checks(pack: Pack, root: str) -> Iterable[str]:
    """The checks whose findings are shown to somebody who sees `root` and below."""
    withheld = _withheld(pack, root)
    return [check for check in checks(pack) if check not in withheld]


def gap_sums(run: Run, area: str) -> list[GapSum]:
    """Everything that is missing in an area and below, what most decisions wait for first."""
    fields = ("rows", "subjects", "decisions", "unpriced", "amount")
    rows = within(Gap.objects.filter(run=run), area).order_by().values_list("kind", "register", "name")
    found = rows.annotate(*(Sum(name) for name in fields))
    sums = [GapSum(Name(*row[:3]), *row[3:]) for row in found]
    return sorted(sums, key=lambda one: (-one.decisions, one.name))


def gap_rows(run: Run, name: Name, area: str, after: int | None = None, size: int = 50) -> GapPage:
    """The rows to fill in of an area and below, each once, at most `size` behind `after`."""
    file = gap_file(gap_folder(run), name)
    if not file.exists():
        return GapPage((), None)
    there: Any = pc.field("row") > (-1 if after is None else after)
    if area:
        there &= (pc.field("area") >= area) & (pc.field("area") < after_all(area))
    table = ds.dataset([file]).to_table(columns=["row", "area"], filter=there)
    distinct = table.group_by("row").aggregate([("area", "min")]).sort_by("row").slice(0, size + 1).to_pylist()
    rows = tuple((row["row"], row["area_min"]) for row in distinct[:size])
    return GapPage(rows, rows[-1][0] if len(distinct) > size else None)


def within(rows: QuerySet[Row], area: str) -> QuerySet[Row]:
    """The rows of an area and below."""
    return rows.filter(area__gte=area, area__lt=after_all(area)) if area else rows


def _counted(pack: Pack, area: str, shown: str) -> dict[str, int]:
    found = within(Finding.objects.filter(SHOWN[shown], pack_id=pack.policy.id), area).order_by()
    return dict(found.values_list("check_id").annotate(Count("id")))


def _withheld(pack: Pack, root: str) -> frozenset[str]:
    return closed_checks(pack) if len(root) > COUNTY else frozenset()
