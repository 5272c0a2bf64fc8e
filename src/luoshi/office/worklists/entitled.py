"""Who is entitled to a measure and has not applied, as far as is known: read from the results of a run.

Where a policy pays once and keeps a register of payments, its own conditions ask whether somebody was paid, so that
whoever has received is not eligible any more. No policy says which register keeps claims; so an application is what a
cadre records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
from django.db.models import Q

from luoshi.office.registry.filters import after_all
from luoshi.office.runs import actions as runs
from luoshi.office.runs.models import Run
from luoshi.office.runs.queries import figures_of
from luoshi.office.runs.results import Subject, subjects
from luoshi.office.worklists.choosing import told_measures
from luoshi.office.worklists.models import Contact
from luoshi.rulebook.engines.sql import result_files
from luoshi.rulebook.model.blocks import Measure, Pack
from luoshi.rulebook.model.outcomes import Outcome

AT_A_TIME = 500


@dataclass(frozen=True)
class Entitled:
    """An entitled subject that has not applied; `contact` says whether and how it was told."""

    subject: Subject
    contact: Contact | None


@dataclass(frozen=True)
class EntitledPage:
    """Some of them in the order of their ids. `after` is where the next page goes on, None on the last."""

    listed: tuple[Entitled, ...]
    after: int | None


@dataclass(frozen=True)
class Counts:
    """Of one measure: who stands on the list, who of them was told, who has applied, who is asked again later."""

    listed: int
    told: int
    applied: int
    later: int


def entitled_page(
    run: Run, measure: str, area: str, day: date, after: int | None = None, size: int = 50
) -> EntitledPage:
    """The list of a measure in an area and below, at most `size` behind `after`. `NotReadable` as of `results`."""
    found = list(islice(entitled(run, measure, area, day, after), size + 1))
    return EntitledPage(tuple(found[:size]), int(found[size - 1].subject.id) if len(found) > size else None)


def entitled(run: Run, measure: str, area: str, day: date, after: int | None = None) -> Iterator[Entitled]:
    """Everybody on the list of a measure, one after the other."""
    known = Contact.objects.filter(pack_id=run.pack_id, measure=measure)
    off = set(known.filter(_off(day)).values_list("row_id", flat=True))
    place: int | str | None = after
    while True:
        page = subjects(run, measure, area, Outcome.ELIGIBLE, place, AT_A_TIME)
        kept = [one for one in page.subjects if one.id not in off]
        told = {one.row_id: one for one in known.filter(row_id__in=[one.id for one in kept])}
        yield from (Entitled(one, told.get(int(one.id))) for one in kept)
        if page.after is None:
            return
        place = page.after


def counts(pack: Pack, run: Run, area: str, day: date) -> Mapping[str, Counts]:
    """The counts of every measure of which subjects are told, by its id; without those that nobody is entitled to."""
    figures, contacts = figures_of(run, area), defaultdict[str, list[Contact]](list)
    for one in Contact.objects.filter(pack_id=pack.policy.id):
        contacts[one.measure].append(one)
    return {
        measure.id: _counted(contacts[measure.id], run, measure, area, day, figures[measure.id].eligible)
        for measure in told_measures(pack)
        if measure.id in figures and figures[measure.id].eligible
    }


def listed_ids(run: Run, measure: Measure, area: str, ids: Iterable[int]) -> frozenset[int]:
    """Those of some ids that the run found eligible in an area and below."""
    wanted, files = list(ids), result_files(runs.folder_of(run) / "results", measure.register)
    if not wanted or not files:
        return frozenset()
    there: Any = pc.field("id").isin(wanted)
    there &= pc.field(f"{measure.id}.outcome") == pa.scalar(int(Outcome.ELIGIBLE), pa.uint8())
    if area:
        there &= (pc.field("area") >= area) & (pc.field("area") < after_all(area))
    return frozenset(ds.dataset(files).to_table(columns=["id"], filter=there)["id"].to_pylist())


def _counted(contacts: Sequence[Contact], run: Run, measure: Measure, area: str, day: date, eligible: int) -> Counts:
    there = listed_ids(run, measure, area, (one.row_id for one in contacts))
    known = [one for one in contacts if one.row_id in there]
    applied = sum(one.applied_on is not None for one in known)
    later = sum(one.applied_on is None and one.ask_again_on is not None and one.ask_again_on > day for one in known)
    told = sum(one.applied_on is None and one.told_on is not None for one in known)
    return Counts(eligible - applied - later, told, applied, later)


def _off(day: date) -> Q:
    return Q(applied_on__isnull=False) | Q(ask_again_on__gt=day)
