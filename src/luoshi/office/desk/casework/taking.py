"""Taking an application in: which procedures there are, whom it is about, and what they may claim as things stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from luoshi.office.casework import queries as cases
from luoshi.office.casework.models import Case
from luoshi.office.casework.opening import PERIODS, Wanted
from luoshi.office.desk.casework.connecting import rows_for
from luoshi.office.desk.casework.seeing import Seat
from luoshi.office.desk.deciding import MeasureView, find_decided
from luoshi.office.desk.naming import Names, RowId
from luoshi.office.desk.reading import Reading, readable_packs
from luoshi.office.registry.queries import Row
from luoshi.office.worklists.choosing import opened
from luoshi.rulebook.model.administration import Procedure
from luoshi.rulebook.model.blocks import Measure, Pack

SEPARATOR = "~"


@dataclass(frozen=True)
class Offered:
    """A measure that may be claimed for a row, and how the policy decides it now; None where only a run decides it.

    `held` is the open or granted case in which it is claimed already; `period` whether a year or month is asked for.
    """

    measure: Measure
    title: str
    row_id: RowId
    row: str
    view: MeasureView | None
    held: Case | None
    period: str

    @property
    def key(self) -> str:
        """The name of the choice in a form."""
        return f"{self.measure.id}{SEPARATOR}{self.row_id}"


def led(pack: Pack) -> list[Procedure]:
    """The procedures of a pack in which somebody may apply: reviews open by themselves."""
    there = opened(pack, timezone.localdate()).procedures.values()
    return [one for one in there if one.has_cases and one.review_of is None]


def offices_led(seat: Seat) -> Iterator[tuple[Pack, list[tuple[Procedure, list[str]]]]]:
    """Every policy of an area with its procedures, each with the measures that are claimed through it."""
    for pack in readable_packs(seat.scope):
        found = [(one, [measure.title.say(seat.lang) for measure in measures_of(pack, one)]) for one in led(pack)]
        if found:
            yield pack, found


def measures_of(pack: Pack, procedure: Procedure) -> list[Measure]:
    """The measures that are claimed through a procedure."""
    there = opened(pack, timezone.localdate()).measures.values()
    return [measure for measure in there if measure.procedure == procedure.id]


def offers(seat: Seat, reading: Reading, procedure: Procedure, register: str, row: Row) -> list[Offered]:
    """What may be claimed in a case about a row."""
    pack = reading.pack
    names = Names(pack, reading.root, seat.lang)
    found: list[Offered] = []
    decided: dict[tuple[str, RowId], Mapping[str, MeasureView]] = {}
    for measure in measures_of(pack, procedure):
        ids = rows_for(pack, reading.root, register, row, measure.register)
        called = names.of(measure.register, ids)
        for row_id in ids:
            subject = (measure.register, row_id)
            if row_id not in called:
                continue
            if subject not in decided:
                decided[subject] = _decided(pack, seat, subject)
            held = _held(seat, pack, measure, row_id)
            found.append(
                Offered(
                    measure=measure,
                    title=measure.title.say(seat.lang),
                    row_id=row_id,
                    row="" if measure.register == register else str(called[row_id]),
                    view=decided[subject].get(measure.id),
                    held=held,
                    period=measure.frequency if measure.frequency in PERIODS else "",
                )
            )
    return found


def wanted(offered: list[Offered], chosen: list[str], periods: Mapping[str, Any]) -> tuple[Wanted, ...]:
    """The claims that were chosen, of those that were offered."""
    return tuple(
        Wanted(one.measure.id, int(one.row_id), str(periods.get(f"period-{one.key}", "")))
        for one in offered
        if one.key in chosen
    )


def _decided(pack: Pack, seat: Seat, subject: tuple[str, RowId]) -> Mapping[str, MeasureView]:
    found = find_decided(pack, seat.today, subject, seat.lang)
    return {view.id: view for view in found.measures} if found else {}


def _held(seat: Seat, pack: Pack, measure: Measure, row_id: RowId) -> Case | None:
    """The newest case in which a measure is claimed for a row and not refused."""
    for case in cases.cases_of_row(pack.policy.id, measure.register, row_id, seat.scope):
        for claim in case.claims.all():
            is_same = (claim.measure, claim.row_id) == (measure.id, row_id)
            if is_same and claim.state in ("asked", "granted"):
                return case
    return None
