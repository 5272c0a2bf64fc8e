"""A trial: the newest snapshot decided twice, as things stand and with something changed, and what that comes to.

It decides nothing for anybody: no figure of a page changes, and what both decisions wrote is gone afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import add
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings

from luoshi.office.runs import actions, local, queries
from luoshi.office.runs.models import Installed, Run
from luoshi.rulebook.bulk.asking import Progress
from luoshi.rulebook.simulating import Side, simulate
from luoshi.rulebook.simulating.summing import COSTS, NAMES, CauseLine, Figures
from luoshi.rulebook.values.area_code import LENGTHS

MOST_CAUSES = 200


class NoSnapshot(LookupError):
    """The pack was never run here, or the files of its newest run are gone: there is nothing to try anything on."""


@dataclass(frozen=True)
class Cell:
    """What a measure comes to in an area, before and after. An empty area: subjects that no area of the level has."""

    measure: str
    area: str
    figures: Figures


@dataclass(frozen=True)
class Trial:
    """What a change comes to on the snapshot of a run, as of a day.

    `changes` names the blocks that differ in meaning, `touched` the measures that rest on one of them; `cells` has the
    figures by measure and area, `causes` why measures change, the most frequent first.
    """

    run: int
    on: date
    changes: tuple[str, ...]
    touched: tuple[str, ...]
    cells: tuple[Cell, ...]
    causes: tuple[CauseLine, ...]

    @property
    def total(self) -> Figures:
        """Over all measures and areas."""
        return reduce(add, (cell.figures for cell in self.cells), Figures())

    def by_measure(self) -> Mapping[str, Figures]:
        """The figures of each measure, over all areas."""
        return _summed((cell.measure, cell.figures) for cell in self.cells)

    def by_area(self) -> Mapping[str, Figures]:
        """The figures of each area, over all measures."""
        return _summed((cell.area, cell.figures) for cell in self.cells)

    def within(self, area: str) -> Trial:
        """The same for an area and everything below it, without causes: they are counted for the whole only."""
        cells = tuple(cell for cell in self.cells if cell.area.startswith(area))
        return Trial(self.run, self.on, self.changes, self.touched, cells, self.causes if not area else ())

    def as_json(self) -> dict[str, Any]:
        """The trial as a value of JSON columns; `read_trial` reads it."""
        written: dict[str, Any] = asdict(self) | {"on": self.on.isoformat()}
        written["cells"] = [
            {"measure": cell.measure, "area": cell.area, **_written(asdict(cell.figures))} for cell in self.cells
        ]
        written["causes"] = [_written(asdict(cause)) for cause in self.causes]
        return written


def read_trial(written: Mapping[str, Any]) -> Trial:
    """The trial that `Trial.as_json` wrote."""
    return Trial(
        run=written["run"],
        on=date.fromisoformat(written["on"]),
        changes=tuple(written["changes"]),
        touched=tuple(written["touched"]),
        cells=tuple(
            Cell(cell["measure"], cell["area"], Figures(**{name: _figure(name, cell[name]) for name in NAMES}))
            for cell in written["cells"]
        ),
        causes=tuple(
            CauseLine(**cause | {"difference": None if cause["difference"] is None else Decimal(cause["difference"])})
            for cause in written["causes"]
        ),
    )


def find_base(pack_id: str) -> tuple[Run, Side] | None:
    """The newest finished run whose snapshot is still there, and what decides today on its day; None without one."""
    run = queries.newest_run(pack_id)
    installed = Installed.objects.filter(pack_id=pack_id).first()
    if run is None or installed is None or not snapshot_of(run).is_dir():
        return None
    pack = actions.decided_pack(installed, run.on)
    return run, Side(pack, run.on, local.kept(pack, run.on))


def snapshot_of(run: Run) -> Path:
    """Where the registers that a run decided lie."""
    return actions.folder_of(run) / "registers"


def attempt(run: Run, before: Side, after: Side, *, level: str = "county", progress: Progress | None = None) -> Trial:
    """Decide the snapshot of a run on both sides and compare: figures by measure and area of `level` (province, city,
    county, township, village).

    `before` is mostly what `find_base` gives, `after` the same with another pack or other local values. `progress` is
    told how many steps are done, how many there are, and what the last was about; what it raises ends the trial.
    `NoSnapshot` where the files are gone; `Refused` of the rulebook where a local value does not fit its pack.
    """
    data = snapshot_of(run)
    if not data.is_dir():
        raise NoSnapshot(run.pack_id)
    trials = Path(settings.ENVIRONMENT.data) / "trials"
    trials.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=trials) as folder:
        work, out = Path(folder) / "work", Path(folder) / "out"
        work.mkdir()
        out.mkdir()
        done = simulate(before, after, data, work, out, memory_limit=actions.MEMORY, progress=progress)
        cells = tuple(_cells(done.sums.cells, LENGTHS[level]))
    changes = tuple(change.name for change in done.changes)
    return Trial(run.id, before.on, changes, done.touched, cells, tuple(done.causes[:MOST_CAUSES]))


def _cells(table: pa.Table, digits: int) -> Iterable[Cell]:
    """The cells of a comparison, summed to areas of so many digits."""
    codes = pc.utf8_slice_codeunits(table.column("area"), 0, digits)
    wide = table.set_column(table.column_names.index("area"), "area", codes)
    sums = wide.group_by(["measure", "area"], use_threads=False).aggregate([(name, "sum") for name in NAMES])
    rows = sums.rename_columns(["measure", "area", *NAMES]).sort_by([("measure", "ascending"), ("area", "ascending")])
    for row in rows.to_pylist():
        yield Cell(row.pop("measure"), row.pop("area"), Figures(**row))


def _summed(rows: Iterable[tuple[str, Figures]]) -> Mapping[str, Figures]:
    found: dict[str, Figures] = {}
    for key, figures in rows:
        found[key] = found.get(key, Figures()) + figures
    return found


def _written(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in facts.items()}


def _figure(name: str, written: Any) -> Any:
    return Decimal(written) if name in COSTS else written
