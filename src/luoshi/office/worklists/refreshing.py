"""Makes the worklists of a pack anew after a run: findings, and what is missing. All of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction

from luoshi.office.runs import actions as runs
from luoshi.office.runs import library, local
from luoshi.office.runs.models import Installed, Run
from luoshi.office.worklists.choosing import collected_measures
from luoshi.office.worklists.findings import follow
from luoshi.office.worklists.gaps import GapFiles, Gaps, Name, waiting
from luoshi.office.worklists.models import CheckFigure, Gap, Refreshed
from luoshi.office.worklists.snapshots import Snapshot
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Award, Measure, Pack

Row = TypeVar("Row", CheckFigure, Gap)
AT_A_TIME = 5_000
GONE = "gone"
"""The files of the run are gone, or the edition that it decided by."""


def run_to_follow(pack_id: str) -> Run | None:
    """The newest run, by its day and then by its number, that the worklists of a pack do not follow yet."""
    finished = Run.objects.filter(pack_id=pack_id, state=Run.State.FINISHED)
    newest = finished.order_by("-on", "-id").first()
    return None if newest is None or Refreshed.objects.filter(run=newest).exists() else newest


def refresh(run: Run, now: datetime) -> bool:
    """Make the worklists follow a run; whether they do now. One that they follow already is left as it is."""
    with transaction.atomic():
        Installed.objects.select_for_update().get(pack_id=run.pack_id)
        if Refreshed.objects.filter(run=run).exists():
            return False
        pack = library.pack_of(run)
        if pack is None or not (runs.folder_of(run) / "registers").exists():
            Refreshed.objects.create(run=run, problem=GONE)
            return False
        figures = follow(pack, run, now)
        for table in (CheckFigure, Gap):
            table.objects.filter(run__pack_id=run.pack_id).delete()
        checked = ((check, area, numbers) for (check, area), numbers in figures.items())
        _keep(CheckFigure, (CheckFigure(run=run, check_id=check, area=area, **each) for check, area, each in checked))
        _keep(Gap, _gaps(pack, run))
        Refreshed.objects.create(run=run)
    return True


def _keep(table: type[Row], rows: Iterator[Row]) -> None:
    """Keep rows, never all of them in memory."""
    while some := list(islice(rows, AT_A_TIME)):
        table._default_manager.bulk_create(some)


def gap_folder(run: Run) -> Path:
    """Where the files of what is missing lie."""
    return runs.folder_of(run) / "gaps"


def _gaps(pack: Pack, run: Run) -> Iterator[Gap]:
    settings = local.settings_of(pack, run.on)
    folder = runs.folder_of(run)
    with GapFiles(gap_folder(run)) as files:
        found = Gaps(Snapshot(pack, folder / "registers"), settings, folder / "results", files)
        for measure in collected_measures(pack):
            found.of(measure)
    prices = Prices(pack, CaseEngine(pack, run.on, settings))
    for file in sorted(gap_folder(run).iterdir()):
        name = Name(*file.stem.split("~"))
        for area, waits in waiting(file).items():
            amount, unpriced = prices.total(area, waits.decisions)
            yield Gap(
                run=run,
                area=area,
                rows=waits.rows,
                subjects=waits.subjects,
                decisions=sum(waits.decisions.values()),
                amount=amount,
                unpriced=unpriced,
                **name._asdict(),
            )


class Prices:
    """What measures pay where that is the same for everybody in an area."""

    def __init__(self, pack: Pack, engine: CaseEngine) -> None:
        self._pack, self._engine = pack, engine
        self._known: dict[tuple[str, str], Any] = {}

    def total(self, area: str, decisions: dict[str, int] | Any) -> tuple[Decimal, int]:
        """What decisions come to at most, and how many pay an amount that only each of them tells."""
        amount, unpriced = Decimal(0), 0
        for name, count in decisions.items():
            measure = self._pack.measures[name]
            price = self._price(measure, area) if measure.amount is not None else Decimal(0)
            unpriced += count if price is None else 0
            amount += (price or Decimal(0)) * count
        return amount, unpriced

    def _price(self, measure: Measure, area: str) -> Decimal | None:
        """The amount of a measure in an area; None where it depends on the case, or on who is chosen."""
        if isinstance(measure, Award) or not _is_constant(measure):
            return None
        places = self._areas(measure)
        key = measure.id, area if places else ""
        if key not in self._known:
            assert measure.amount is not None
            self._known[key] = self._engine.constant(measure.amount, area or None)
        value = self._known[key]
        return None if value is None else Decimal(value)

    def _areas(self, measure: Measure) -> bool:
        """Whether an area has set a value of its own that the amount rests on."""
        assert measure.amount is not None
        names = [part.name for part in n.walk(measure.amount) if isinstance(part, n.Parameter | n.Switch)]
        return any(self._engine.settings.areas(name) for name in names)


def _is_constant(measure: Measure) -> bool:
    assert measure.amount is not None
    of_rows = n.Field | n.Fact | n.Follow | n.Aggregate | n.Eligible
    return not any(isinstance(part, of_rows) for part in n.walk(measure.amount))
