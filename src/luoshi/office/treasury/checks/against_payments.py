"""Checks that look at what was promised and paid before, and at what is open about the rows of registers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from luoshi.office.runs import library
from luoshi.office.treasury.checks import naming
from luoshi.office.treasury.checks.of_lines import Found, who
from luoshi.office.treasury.models import Batch, Commitment, Line
from luoshi.office.worklists import queries as worklists
from luoshi.office.worklists.models import Finding

COMMITMENTS = "commitments"
ONCE = "once"
UNCLEAR = frozenset({"exclusive", "silent"})
"""What a measure may say about others that somebody has to look at: they exclude one another, or nothing is said."""


def paid_already(batch: Batch, lines: Sequence[Line]) -> Found:
    """Lines whose subject has another commitment of the measure for the same period."""
    measure = library.pack(batch.pack_id).measures.get(batch.measure)
    is_once = measure is not None and measure.frequency == ONCE
    others = _others([batch.measure], batch)
    found = []
    for line in lines:
        same = [other for other in others[who(line)] if other.id != line.commitment_id
                and (is_once or other.period == line.commitment.period)]  # fmt: skip
        if same:
            found.append((line.id, f"commitment {same[0].id}"))
    return COMMITMENTS, found


def stacking(batch: Batch, lines: Sequence[Line]) -> Found:
    """Lines whose subject gets another measure that excludes this one, or of which the text says nothing."""
    measures = _joined_with(batch)
    if not measures:
        return COMMITMENTS, []
    others = _others(measures, batch)
    found = [
        (line.id, same[0].measure)
        for line in lines
        if (same := [other for other in others[who(line)] if other.year == line.commitment.year])
    ]
    return COMMITMENTS, found


def _joined_with(batch: Batch) -> list[str]:
    """The other measures that this one, or they themselves, name as excluded or leave unclear."""
    measures = library.pack(batch.pack_id).measures
    own = measures.get(batch.measure)
    named = set(own.stacking.others) if own and own.stacking and own.stacking.rule in UNCLEAR else set()
    named |= {
        other.id for other in measures.values()
        if other.stacking and other.stacking.rule in UNCLEAR and batch.measure in other.stacking.others
    }  # fmt: skip
    return sorted(named - {batch.measure})


@dataclass(frozen=True)
class _Other:
    """What is needed of another commitment."""

    id: int
    measure: str
    period: str
    year: int


def _others(measures: Iterable[str], batch: Batch) -> Mapping[bytes | tuple[str, str], list[_Other]]:
    """What the subjects of a list have under some measures, without what was released."""
    here = Commitment.objects.filter(lines__batch=batch)
    numbers = here.exclude(subject_index=None).values("subject_index")
    rows = here.filter(subject_index=None).values("row_id")
    alive = Commitment.objects.filter(pack_id=batch.pack_id, measure__in=list(measures))
    alive = alive.exclude(state=Commitment.State.RELEASED)
    wanted = alive.filter(Q(subject_index__in=numbers) | Q(subject_index=None, row_id__in=rows))
    found: dict[bytes | tuple[str, str], list[_Other]] = defaultdict(list)
    columns = ("subject_index", "register", "row_id", "id", "measure", "period", "year")
    for number, register, row, *facts in wanted.values_list(*columns):
        found[bytes(number) if number is not None else (register, row)].append(_Other(*facts))
    return found


def register_finding(batch: Batch, lines: Sequence[Line]) -> Found:
    """Lines about whose row a check of the policy has found something that nobody has dealt with."""
    run = worklists.followed_run(batch.pack_id)
    if run is None:
        return "", []
    rows = [int(line.commitment.row_id) for line in lines if line.commitment.row_id.isdigit()]
    still_open = Finding.objects.filter(
        pack_id=batch.pack_id, row_id__in=rows, settled=None, state__in=Finding.OPEN
    ).values_list("register", "row_id", "check_id")
    checks = {(register, str(row)): check for register, row, check in still_open}
    pairs = ((line, checks.get((line.commitment.register, line.commitment.row_id))) for line in lines)
    return f"{run.on}", [(line.id, check) for line, check in pairs if check is not None]


CHECKS: Mapping[str, Callable[[Batch, Sequence[Line]], Found]] = {
    naming.PAID_ALREADY: paid_already,
    naming.STACKING: stacking,
    naming.REGISTER_FINDING: register_finding,
}
