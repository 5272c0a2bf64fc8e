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
from luoshi.rulebook.model.outcomes import Outcome, amount_bit

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
    there = _there(found, area, outcome)
    if after is not None:
        there &= pc.field("id") > after
    ids = results.to_table(columns=["id"], filter=there)["id"]
    if not len(ids):
        return SubjectPage((), None)
    first = ids.take(pc.select_k_unstable(ids, k=size + 1, sort_keys=[("id", "ascending")]))
    columns = {"id": pc.field("id"), "area": pc.field("area")}
    columns |= {part: pc.field(f"{measure}.{part}") for part in PARTS}
    rows = results.to_table(columns=columns, filter=pc.field("id").isin(first[:size]))
    listed = tuple(_subject(row, found) for row in rows.sort_by("id").to_pylist())
    return SubjectPage(listed, listed[-1].id if len(first) > size else None)


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
    """Rows of an outcome in an area and below; with an empty area every row, also those without one."""
    there = pc.field(f"{measure.id}.outcome") == pa.scalar(int(outcome), pa.uint8())
    if area:
        there &= (pc.field("area") >= area) & (pc.field("area") < after_all(area))
    return there


def _subject(row: Mapping[str, Any], measure: Measure) -> Subject:
    unmet, unknown = (names_of(measure, row[part]) for part in ("unmet", "unknown"))
    return Subject(row["id"], row["area"] or "", row["amount"], unmet, unknown)
