"""Notices for the tests: of a shipped pack, with a number of days of the test's own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from luoshi.office.notices import actions
from luoshi.office.notices.drafting import Draft, Kind, Subject
from luoshi.office.notices.models import Notice
from luoshi.office.notices.objecting import Said
from luoshi.office.runs import library
from luoshi.rulebook.model.administration import Notice as Term
from luoshi.rulebook.model.blocks import Pack

PACK = "dingxi-2018"
CLAIM, NAMELESS, STEP = "e-commerce-claim", "transfer-grant-claim", "publish"
COUNTY, TOWNSHIP, NEIGHBOUR = "621102", "621102103", "621123"
MEASURE = "poor-jobs-half-year"
POSTED = date(2024, 2, 1)
"""A Thursday; 4 and 18 February are Sundays that are worked, 10 to 17 February are the Spring Festival."""
PEOPLE = ("张小明", "李红", "欧阳小明")


def at(day: date, hour: int = 9) -> datetime:
    """An hour of a day, here."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Asia/Shanghai"))


@cache
def pack(days: int | None = None, kind: str = "working") -> Pack:
    """The pack; with `days`, as if its text set so many for every notice."""
    found = library.shipped(PACK)
    if days is None:
        return found
    procedures = {
        one.id: replace(
            one,
            steps=tuple(
                replace(step, notice=Term(days, kind, step.notice.names)) if step.notice else step for step in one.steps
            ),
        )
        for one in found.procedures.values()
    }
    return replace(found, procedures=procedures)


def person(reference: str, name: str = "张小明", place: str = "一村", amount: int | None = 3000) -> Subject:
    """A case about a person."""
    return Subject(reference, Kind.PERSON, name, place, MEASURE, None if amount is None else Decimal(amount))


def draft(key: str = "case:1", subjects: Sequence[Subject] | None = None, **other: Any) -> Draft:
    """A notice of three persons, for eight working days."""
    people = [person(f"case:{number}", name) for number, name in enumerate(PEOPLE, 1)]
    given = Draft(
        key=key,
        pack=pack(8),
        procedure=CLAIM,
        step=STEP,
        heading="电商扶持资金公示",
        office="样例县商务局",
        area=COUNTY,
        subjects=tuple(people if subjects is None else subjects),
    )
    return replace(given, **other)


def posted(key: str = "case:1", subjects: Sequence[Subject] | None = None, **other: Any) -> Notice:
    """The same, posted on `POSTED` by somebody of the office, or on the day `on`."""
    on = other.pop("on", POSTED)
    assert isinstance(on, date)
    return actions.publish(draft(key, subjects, **other), by="maker", today=on, now=at(on))


def said(key: str = "form-1", position: int | None = 1, text: str = "他家有车") -> Said:
    """An objection to the first line."""
    return Said(key, text, "13812345678", "王五", position)
