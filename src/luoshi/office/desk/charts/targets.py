"""Charts of targets: how far each is, and how many stand where."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from luoshi.office.desk.charts.chart import Chart, Column, Row
from luoshi.office.desk.margin import TargetEntry

UPWARD = frozenset({"at-least", "exactly", "more-than"})
"""Directions in which more is nearer to the target; others have no share that is reached."""
MOST_TARGETS = 16
FULL = 100


def progress(entries: Iterable[TargetEntry]) -> Chart | None:
    """Target beside target: what is reached in percent of what is to be reached, the furthest away first."""
    found = [
        (entry.title, percent)
        for entry in entries
        if entry.direction in UPWARD and (percent := entry.percent) is not None
    ]
    if not found:
        return None
    found.sort(key=lambda pair: pair[1])
    behind = sum(percent < FULL for _title, percent in found)
    facts = {"behind": behind, "count": len(found), "title": found[0][0], "percent": _whole(found[0][1])}
    return Chart(
        id="progress",
        title=_("目标完成了多少"),
        finding=_("%(count)s 项目标中 %(behind)s 项没有达到；最低的是%(title)s，%(percent)s%%。") % facts,
        kind="bars",
        axis=_("目标"),
        unit="%",
        columns=(Column(_("已达到"), "first"),),
        rows=tuple(Row(title, (_whole(percent),)) for title, percent in found[:MOST_TARGETS]),
        mark=FULL,
        rest=max(0, len(found) - MOST_TARGETS),
    )


def states(groups: Iterable[tuple[str, Iterable[TargetEntry]]]) -> Chart | None:
    """Part beside part of the policy: in how many areas targets are met, not met, or cannot be told."""
    rows = tuple(row for title, entries in groups if any((row := _tally(title, entries)).values))
    if not rows:
        return None
    met, unmet, unknown = (sum(row.values[place] or 0 for row in rows) for place in range(3))
    facts = {"met": met, "unmet": unmet, "unknown": unknown}
    return Chart(
        id="states",
        title=_("目标达标情况"),
        finding=_("达标 %(met)s 处，未达标 %(unmet)s 处，数据不全 %(unknown)s 处。") % facts,
        kind="stacked",
        axis=_("部分"),
        unit=_("处"),
        columns=(Column(_("已达标"), "fine"), Column(_("未达标"), "late"), Column(_("数据不全"), "open")),
        rows=rows,
    )


def _tally(title: str, entries: Iterable[TargetEntry]) -> Row:
    found = [entry.states for entry in entries if entry.states is not None]
    counts = (sum(getattr(one, state) for one in found) for state in ("met", "unmet", "unknown"))
    return Row(title, tuple(counts))


def _whole(percent: Decimal) -> int:
    """Rounded, but never up to the whole while something is missing."""
    rounded = int(percent.quantize(Decimal(1), ROUND_HALF_UP))
    return FULL - 1 if percent < FULL <= rounded else rounded
