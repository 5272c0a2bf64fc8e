"""Samples a city: register by register in the order of the plan, into a folder that appears only when complete."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Finding, Refused, Where
from luoshi.sampling.city import AREA, City, Scope
from luoshi.sampling.columns import Array, Table
from luoshi.sampling.divisions import area_table
from luoshi.sampling.drawing import draw_column
from luoshi.sampling.local_values import FILE as LOCAL
from luoshi.sampling.local_values import write_local
from luoshi.sampling.parquet import write_table
from luoshi.sampling.planting import Planted, plant
from luoshi.sampling.ready import Ready
from luoshi.sampling.review import written_columns
from luoshi.sampling.rows import lay_out
from luoshi.sampling.side_files import IRREGULARITIES, MANIFEST, write_irregularities, write_manifest
from luoshi.sampling.streams import Streams

MOST_SCALE = 100.0
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Summary:
    """What was sampled: rows by register, rows with a planted fault by kind.

    `short` counts the rows, by register and field, that found nothing to refer to: none in a sample of some size.
    """

    folder: Path
    rows: dict[str, int]
    irregularities: dict[str, int]
    short: dict[str, int]


def sample(pack: Pack, ready: Ready, scale: float, seed: int, out: Path, progress: Progress | None = None) -> Summary:
    """A synthetic city as Parquet files in `out`. The same pack, plan, scale and seed give the same bytes."""
    if not 0 < scale <= MOST_SCALE:
        raise Refused([Finding("SAMPLE-022", Where(), {"seen": scale, "most": MOST_SCALE})])
    if out.exists() and not (out / MANIFEST).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise Refused([Finding("SAMPLE-021", Where(out.name), {"folder": str(out)})])
    partial = out.with_name(f".{out.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        summary = _Sampler(pack, ready, scale, seed, partial).run(progress)
        shutil.rmtree(out, ignore_errors=True)
        partial.rename(out)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return replace(summary, folder=out)


class _Sampler:
    """Draws and writes one register after the other."""

    def __init__(self, pack: Pack, ready: Ready, scale: float, seed: int, folder: Path) -> None:
        self.pack, self.ready, self.scale, self.folder = pack, ready, scale, folder
        self.seed = seed
        self.streams = Streams(seed)
        self.city = City(ready.areas, pack.registers)
        self.planted: list[Planted] = []

    def run(self, progress: Progress | None) -> Summary:
        rows = {}
        for name in self.ready.plan.registers:
            table = self._drawn(name)
            self.city.tables[name] = table
            rows[name] = table.count
            self._write(name, table)
            if progress:
                progress(name, table.count)
        return self._finish(rows)

    def _drawn(self, name: str) -> Table:
        plan, types = self.ready.plan, self.ready.reviewed.types[name]
        table = self._laid_out(name)
        for column, draw in plan.registers[name].fields.items():
            scope = Scope(self.city, table, self.streams, (name, column))
            table.columns[column] = draw_column(scope, draw, types[column])
        planted = []
        for kind, fault in plan.irregularities.items():
            if fault.register_name == name:
                scope = Scope(self.city, table, self.streams, (name, "irregular", kind))
                table, noted = plant(scope, kind, fault, types, self.scale)
                planted.append(noted)
        order = self._order(name, table)
        self._note(planted, order)
        return table if order is None else table.take(order)

    def _laid_out(self, name: str) -> Table:
        if name == AREA:
            return area_table(self.ready.areas, self.pack.registers[AREA])
        rows = self.ready.plan.registers[name].rows
        assert rows
        return lay_out(self.city, name, rows, self.ready.reviewed.parents[name], self.streams, self.scale)

    def _order(self, name: str, table: Table) -> Array | None:
        """Rows by area, then by parent; None when they are in order already."""
        if name == AREA:
            return None
        path, parent = self.city.area_path(name), self.ready.reviewed.parents[name]
        drawn = path is not None and path.partition(".")[0] in table.columns
        areas = self.city.areas_of(table, path) if drawn else None
        parents = table.columns[parent].rows() if parent else None
        keys = [key for key in (parents, areas) if key is not None]
        if not keys or all(bool((key[1:] >= key[:-1]).all()) for key in keys):
            return None
        order: Array = np.lexsort(keys)
        return order

    def _note(self, planted: list[Planted], order: Array | None) -> None:
        """Keep the planted faults under the row numbers that the rows have in the end."""
        for fault in planted:
            if order is not None:
                place = np.empty(len(order), dtype=np.int64)
                place[order] = np.arange(len(order))
                fault = replace(fault, rows=place[fault.rows])
            self.planted.append(fault)

    def _write(self, name: str, table: Table) -> None:
        columns = {key: table.columns[key] for key in written_columns(self.pack, name) if key in table.columns}
        write_table(self.folder / f"{name}.parquet", columns, table.count, self.ready.areas)

    def _finish(self, rows: dict[str, int]) -> Summary:
        plan = self.ready.plan
        faults = {kind: 0 for kind in plan.irregularities}
        for fault in self.planted:
            faults[fault.kind] += len(fault.rows)
        short = dict(sorted(self.city.short.items()))
        write_irregularities(self.folder / IRREGULARITIES, self.planted, plan)
        write_local(self.folder / LOCAL, plan)
        content: dict[str, object] = {
            "pack": self.pack.policy.id,
            "hash": self.pack.hash,
            "on": plan.on.isoformat() if plan.on else None,
            "scale": self.scale,
            "seed": self.seed,
            "synthetic": True,
            "rows": rows,
            "irregularities": faults,
            "short": short,
        }
        write_manifest(self.folder / MANIFEST, content)
        return Summary(self.folder, rows, faults, short)
