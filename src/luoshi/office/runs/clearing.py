"""Clears the folders of old runs away, so that the disk does not fill: their figures stay in the database."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from django.conf import settings

from luoshi.office.audit import actions as audit
from luoshi.office.runs.models import Installed, Run

NEWEST = 7
"""Finished runs of each pack whose folders stay, beside the last of each month."""


def clear(*, by: str) -> tuple[int, ...]:
    """Only the folders of runs under way and of those worth keeping are left; the numbers of those cleared away."""
    folder = Path(settings.ENVIRONMENT.data) / "runs"
    there = [int(found.name) for found in folder.glob("*") if found.is_dir() and found.name.isdecimal()]
    kept = kept_runs()
    gone = tuple(sorted(number for number in there if number not in kept))
    for number in gone:
        shutil.rmtree(folder / str(number), ignore_errors=True)
    if gone:
        audit.record("run.clear", actor=by, subject="runs", details={"runs": list(gone)})
    return gone


def kept_runs() -> frozenset[int]:
    """The numbers of the runs whose folders stay."""
    open_ones = Run.objects.filter(state__in=[Run.State.WAITING, Run.State.RUNNING]).values_list("id", flat=True)
    kept = set(open_ones)
    for pack_id in Installed.objects.values_list("pack_id", flat=True):
        kept |= _worth_keeping(pack_id)
    return frozenset(kept)


def _worth_keeping(pack_id: str) -> set[int]:
    """The newest finished runs of a pack, and of each month the newest run of the last day that was decided."""
    finished = Run.objects.filter(pack_id=pack_id, state=Run.State.FINISHED).order_by("-id")
    last: dict[tuple[int, int], tuple[date, int]] = {}
    for number, on in finished.values_list("id", "on"):
        month = on.year, on.month
        last[month] = max(last.get(month, (on, number)), (on, number))
    return {*finished.values_list("id", flat=True)[:NEWEST], *(number for _, number in last.values())}
