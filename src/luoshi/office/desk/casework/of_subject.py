"""What the page of a subject says of cases: those about it, and the procedures in which it may apply."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from luoshi.office.casework.queries import cases_of_row
from luoshi.office.desk.casework.listing import case_lines
from luoshi.office.desk.casework.seeing import seat_of
from luoshi.office.desk.casework.taking import led, measures_of
from luoshi.office.desk.naming import RowId
from luoshi.office.desk.reading import Reading


def about_row(request: HttpRequest, reading: Reading, register: str, row_id: RowId) -> dict[str, Any]:
    """The cases about a row, and the procedures for its register that claim no measure: those are led to one by one."""
    if not isinstance(row_id, int):
        return {}
    seat = seat_of(request)
    cases = cases_of_row(reading.pack.policy.id, register, row_id, seat.scope)
    about = [one for one in led(reading.pack) if register in one.registers]
    own = [one for one in about if all(each.register != register for each in measures_of(reading.pack, one))]
    return {
        "cases": case_lines(seat, cases),
        "procedures": [(one.id, one.title.say(seat.lang)) for one in own],
    }
