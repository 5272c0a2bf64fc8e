"""zen-engine, record by record: joins and sums are made beforehand in NumPy, then each record is a document.

Only a sample is judged, since a record takes over a hundred microseconds. The times for all rows are estimated by
proportion and stand in the notes; loading, joins and sums are measured in full.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import zen

from bench.peers.numpy_facts import derive, load
from bench.peers.numpy_hand import features
from bench.peers.results import PARTS, Columns, Results
from bench.rules.reading import SUBJECTS, rules
from bench.rules.terms import column_terms
from bench.rules.zen_text import decision

SAMPLE = {"person": 20_000, "household": 5_000, "workshop": 500}
BATCH = 1_000


def sampled(register: str, rows: int) -> np.ndarray:
    """The ids of the rows judged: drawn once and for all."""
    size = min(rows, SAMPLE[register])
    return np.sort(np.random.default_rng(7).choice(rows, size, replace=False))


def evaluate(data_dir: Path, on_date: date, out_dir: Path | None = None) -> Results:
    """Load, derive, judge a sample; nothing is written."""
    results = Results()
    with results.phase("load"):
        registers = load(data_dir, on_date)
    with results.phase("prepare"):
        derive(registers)
        columns = features(registers)
    with results.phase("build"):
        content = {register: decision(rules(), register) for register in SUBJECTS}
        engine = zen.ZenEngine({"loader": {"type": "static", "content": content}})
    tables = {"person": registers.people, "household": registers.homes, "workshop": registers.workshops}
    missing = {"": 0.0, ".cpu": 0.0}
    for register in SUBJECTS:
        rows = int(tables[register]["rows"])
        ids = sampled(register, rows)
        with results.phase(f"sample {register}"):
            records = _records(register, columns[register], ids)
            results.columns[register] = _judged(engine, register, records)
        for clock in missing:
            missing[clock] += results.phases[f"sample {register}{clock}"] * (rows / len(ids) - 1)
    results.notes = {"wall not run": missing[""], "cpu not run": missing[".cpu"]}
    return results


def _records(register: str, columns: dict[str, Any], ids: np.ndarray) -> list[dict[str, Any]]:
    """A document per row with the features its measures read."""
    lists: dict[str, list[Any]] = {}
    for name, nullable in _used(register):
        values = columns[name][ids]
        codes = rules().codes[register].get(name)
        lists[name] = [codes[value] for value in values] if codes else values.tolist()
        if nullable:
            lists[f"{name}__known"] = columns[f"{name}__known"][ids].tolist()
    return [dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True)]


def _used(register: str) -> set[tuple[str, bool]]:
    terms = [
        term
        for measure in rules().of(register)
        for term in [measure.amount, *(condition.test for condition in measure.conditions)]
    ]
    found = {(item.items[0], item.nullable) for term in terms for item in column_terms(term)}
    return found | {(name, False) for name in rules().by_area if register == "household"}


def _judged(engine: zen.ZenEngine, register: str, records: list[dict[str, Any]]) -> Columns:
    measures = rules().of(register)
    found: dict[str, list[int]] = {f"{m.id}.{part}": [] for m in measures for part in PARTS}
    for low in range(0, len(records), BATCH):
        requests = [{"key": register, "context": record} for record in records[low : low + BATCH]]
        for answer in engine.evaluate_batch(requests):
            result = answer["data"]["result"]
            for measure in measures:
                judged = result[measure.name]
                for part in PARTS:
                    found[f"{measure.id}.{part}"].append(int(judged[part]))
    return {name: np.array(values, PARTS[name.rsplit(".", 1)[1]]) for name, values in found.items()}
