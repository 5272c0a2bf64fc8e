"""What is written about budgets: money given to a fund, handed down, taken back, carried over at the end of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from luoshi.office.runs import library
from luoshi.office.treasury.deciding import Charge
from luoshi.office.treasury.errors import NoReason, WrongDecision, WrongStep, YearClosed
from luoshi.office.treasury.funds import available, check_giver, is_closed
from luoshi.office.treasury.models import Account, Closing, Entry
from luoshi.office.treasury.posting import Place, Posting, checked_amount, place, post

Kind = Account.Kind
BY_HAND = (Entry.Kind.BUDGET, Entry.Kind.TRANSFER)
"""The entries that somebody makes by hand, and may reverse."""
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Paper:
    """Why money moves, and on which paper; `attachment` is the number of the uploaded one."""

    reason: str
    document: str
    attachment: int | None = None


@transaction.atomic
def give(pack_id: str, charge: Charge, tier: str, amount: Decimal, paper: Paper, *, by: str, now: datetime) -> Entry:
    """Money of a tier for a fund in a year and an area. `NeverCharged` where the fund block keeps that tier out."""
    pack = library.pack(pack_id)
    if charge.fund not in pack.funds or not FIRST_YEAR <= charge.year <= LAST_YEAR:
        raise WrongDecision(["fund"])
    check_giver(pack.funds[charge.fund], tier)
    _check_open(pack_id, charge)
    source = Place(pack_id, charge.fund, charge.year, charge.area, Kind.SOURCE, tier)
    checked_amount(amount)
    lines = ((source, -amount), (place(pack_id, charge, Kind.BUDGET), amount))
    posting = Posting(Entry.Kind.BUDGET, paper.reason, paper.document, lines, paper.attachment)
    return post(posting, by=by, now=now)


@transaction.atomic
def hand_down(
    pack_id: str, charge: Charge, area: str, amount: Decimal, paper: Paper, *, by: str, now: datetime
) -> Entry:
    """Part of what an area has is what an area within it has from now on. `Short` where there is not so much."""
    if area == charge.area or not area.startswith(charge.area):
        raise WrongDecision(["area"])
    to = Charge(charge.fund, charge.year, area)
    _check_open(pack_id, charge)
    _check_open(pack_id, to)
    checked_amount(amount)
    lines = ((place(pack_id, charge, Kind.BUDGET), -amount), (place(pack_id, to, Kind.BUDGET), amount))
    posting = Posting(Entry.Kind.TRANSFER, paper.reason, paper.document, lines, paper.attachment)
    return post(posting, by=by, now=now)


def reverse(entry_id: int, paper: Paper, *, by: str, now: datetime) -> Entry:
    """The entry that takes another back. Only of what was made by hand, and once."""
    found = Entry.objects.get(id=entry_id)
    if found.kind not in BY_HAND:
        raise WrongStep(found.kind)
    lines = tuple(
        (Place(a.pack_id, a.fund, a.year, a.area, a.kind, a.holder), -line.amount)
        for line in found.lines.select_related("account")
        for a in (line.account,)
    )
    posting = Posting(Entry.Kind.REVERSE, paper.reason, paper.document, lines, paper.attachment, reverses=entry_id)
    try:
        with transaction.atomic():
            return post(posting, by=by, now=now)
    except IntegrityError:
        raise WrongStep("reversed") from None


@transaction.atomic
def close_year(pack_id: str, charge: Charge, how: str, paper: Paper, *, by: str, now: datetime) -> Closing:
    """The year of a fund is closed in an area; what is free of it goes to the next year, or back up.

    What was committed stays, and is still paid.
    """
    if how not in {"carry", "return"} or not paper.reason.strip():
        raise NoReason(how)
    _check_open(pack_id, charge)
    rest = available(pack_id, charge)
    entry = None
    if rest:
        lines = _carried(pack_id, charge, rest) if how == "carry" else _given_back(pack_id, charge, rest)
        kind = Entry.Kind.CARRY if how == "carry" else Entry.Kind.GIVE_BACK
        entry = post(Posting(kind, paper.reason, paper.document, lines, paper.attachment), by=by, now=now)
    try:
        with transaction.atomic():
            return Closing.objects.create(
                pack_id=pack_id, fund=charge.fund, year=charge.year, area=charge.area, how=how, reason=paper.reason,
                entry=entry, by=by, at=now,
            )  # fmt: skip
    except IntegrityError:
        raise YearClosed(charge.year) from None


Lines = tuple[tuple[Place, Decimal], ...]


def _carried(pack_id: str, charge: Charge, rest: Decimal) -> Lines:
    following = Charge(charge.fund, charge.year + 1, charge.area)
    return (place(pack_id, charge, Kind.BUDGET), -rest), (place(pack_id, following, Kind.BUDGET), rest)


def _given_back(pack_id: str, charge: Charge, rest: Decimal) -> Lines:
    outside = place(pack_id, charge, Kind.OUTSIDE)
    return (place(pack_id, charge, Kind.BUDGET), -rest), (outside, rest)


def _check_open(pack_id: str, charge: Charge) -> None:
    if is_closed(pack_id, charge):
        raise YearClosed(charge.year)
