"""The subjects behind a figure: read from the result files of a run, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from luoshi.office.registry.filters import after_all
from luoshi.office.runs import actions, library
from luoshi.office.runs.models import Run
from luoshi.rulebook.engines.sql import result_files
from luoshi.rulebook.model.blocks import Measure
from luoshi.rulebook.model.outcomes import Outcome, State, amount_bit

AMOUNT = "amount"
"""Stands among names of conditions for an amount that is not known."""
PARTS = ("outcome", "amount", "unmet", "unknown")


class NotReadable(LookupError):
    """The results are gone, or the policy has changed since: what their masks mean can no longer be said."""


@dataclass(frozen=True)
class Subject:
    """A subject with its amount (None: no money, or not eligible) and the conditions that are unmet or unknown."""

    id: int | str
    area: str
    amount: Decimal | None
    unmet: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class SubjectPage:
    """Some subjects in the order of their ids. `after` is where the next page goes on, None on the last."""

    subjects: tuple[Subject, ...]
    after: int | str | None


def subjects(
    run: Run, measure: str, area: str, outcome: Outcome, after: int | str | None = None, size: int = 50
) -> SubjectPage:
    """The subjects of an area and below that a measure came to `outcome` for; at most `size`, those behind `after`.

    `NotReadable` where the files of the run are gone or were made under another version of the policy.
    """
    found, results = _open(run, measure)
    ids, following = _first(results, _there(found, area, outcome), after, size)
    columns = {"id": pc.field("id"), "area": pc.field("area")}
    columns |= {part: pc.field(f"{measure}.{part}") for part in PARTS}
    rows = results.to_table(columns=columns, filter=pc.field("id").isin(ids))
    return SubjectPage(tuple(_subject(row, found) for row in rows.sort_by("id").to_pylist()), following)


def told_rows(
    run: Run, duty: str, area: str, state: State, after: int | str | None = None, size: int = 50
) -> SubjectPage:
    """The rows of an area and below that tell of a duty what `state` says; as `subjects`."""
    pack = library.pack_of(run)
    if pack is None or duty not in pack.duties:
        raise NotReadable(duty)
    register = pack.duties[duty].register
    files = result_files(actions.folder_of(run) / "results", register) if register else []
    if not files:
        raise NotReadable(duty)
    results = ds.dataset(files)
    ids, following = _first(
        results, _within(pc.field(f"{duty}.state") == pa.scalar(int(state), pa.uint8()), area), after, size
    )
    rows = results.to_table(columns=["id", "area"], filter=pc.field("id").isin(ids)).sort_by("id").to_pylist()
    return SubjectPage(tuple(Subject(row["id"], row["area"] or "", None, (), ()) for row in rows), following)


def missing_by_condition(run: Run, measure: str, area: str) -> Mapping[str, int]:
    """How many undetermined subjects lack which condition, in the order of the measure; `amount` stands last.

    Conditions that nobody lacks are left out. `NotReadable` as for `subjects`.
    """
    found, results = _open(run, measure)
    there = _there(found, area, Outcome.UNDETERMINED)
    masks = results.to_table(columns={"unknown": pc.field(f"{measure}.unknown")}, filter=there)["unknown"]
    tally: dict[str, int] = {}
    for part in pc.value_counts(masks.combine_chunks()).to_pylist():
        for name in names_of(found, part["values"]):
            tally[name] = tally.get(name, 0) + part["counts"]
    return {name: tally[name] for name in (*_conditions(found), AMOUNT) if name in tally}


def names_of(measure: Measure, mask: int) -> tuple[str, ...]:
    """The conditions whose bits are set in a mask; the bit after the last is the amount."""
    bits = [*_conditions(measure), AMOUNT]
    assert len(bits) == amount_bit(measure) + 1
    return tuple(name for place, name in enumerate(bits) if mask >> place & 1)


def _conditions(measure: Measure) -> Iterable[str]:
    return (condition.name for condition in measure.conditions)


def _open(run: Run, measure: str) -> tuple[Measure, Any]:
    pack = library.pack_of(run)
    if pack is None or measure not in pack.measures:
        raise NotReadable(measure)
    found = pack.measures[measure]
    files = result_files(actions.folder_of(run) / "results", found.register)
    if not files:
        raise NotReadable(measure)
    return found, ds.dataset(files)


def _there(measure: Measure, area: str, outcome: Outcome) -> Any:
    return _within(pc.field(f"{measure.id}.outcome") == pa.scalar(int(outcome), pa.uint8()), area)


def _within(there: Any, area: str) -> Any:
    """Of such rows those in an area and below; with an empty area also those without one."""
    if area:
        there &= (pc.field("area") >= area) & (pc.field("area") < after_all(area))
    return there


def _first(results: Any, there: Any, after: int | str | None, size: int) -> tuple[pa.Array, int | str | None]:
    """The ids of the first such rows behind `after`, and the last of them if more follow."""
    if after is not None:
        there &= pc.field("id") > after
    ids = results.to_table(columns=["id"], filter=there)["id"].combine_chunks()
    first = ids.take(pc.select_k_unstable(ids, k=size + 1, sort_keys=[("id", "ascending")])) if len(ids) else ids
    return first[:size], first[size - 1].as_py() if len(first) > size else None


def _subject(row: Mapping[str, Any], measure: Measure) -> Subject:
    unmet, unknown = (names_of(measure, row[part]) for part in ("unmet", "unknown"))
    return Subject(row["id"], row["area"] or "", row["amount"], unmet, unknown)
