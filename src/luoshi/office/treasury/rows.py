"""Accounts that run on from year to year: what rows of registers bring in and spend, once each, and counter-entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from luoshi.office.treasury.errors import NoReason, WrongStep
from luoshi.office.treasury.models import Account, Entry, RowEntry
from luoshi.office.treasury.posting import Place, Posting, checked_amount, post
from luoshi.office.treasury.queries import RUNS_ON

Kind = Account.Kind
LONGEST_REASON = 200
RowKey = tuple[str, int]
"""A row, by its register and number."""


@dataclass(frozen=True)
class RowMoney:
    """What a row moves: `amount` comes in, or goes out where it is below zero, as of a day."""

    pack_id: str
    edition: str
    fund: str
    clause: str
    register: str
    row_id: int
    area: str
    amount: Decimal
    day: date
    reason: str


@dataclass(frozen=True)
class Kept:
    """What an account holds: what has come in, what was spent, and what is left over."""

    area: str
    left: Decimal
    spent: Decimal

    @property
    def came(self) -> Decimal:
        """All that has come in."""
        return self.left + self.spent


@transaction.atomic
def enter(money: RowMoney, *, by: str, now: datetime, origin: str = "") -> RowEntry:
    """The row has moved its money. `WrongStep` where it has already, `Short` where less is left than it spends."""
    checked_amount(abs(money.amount))
    is_income = money.amount > 0
    outer = _place(money, Kind.OUTSIDE if is_income else Kind.SPENT)
    lines = ((outer, -money.amount), (_place(money, Kind.VILLAGE), money.amount))
    kind = Entry.Kind.INCOME if is_income else Entry.Kind.SPENDING
    subject = f"row:{money.pack_id}/{money.register}/{money.row_id}"
    posting = Posting(kind, money.reason, f"{money.pack_id} {money.clause}", lines, subject=subject)
    entry = post(posting, by=by, now=now, origin=origin)
    facts = {name: value for name, value in vars(money).items() if name != "reason"}
    try:
        with transaction.atomic():
            return RowEntry.objects.create(**facts, entry=entry)
    except IntegrityError:
        raise WrongStep(subject) from None


@transaction.atomic
def take_back(number: int, reason: str, *, by: str, now: datetime, origin: str = "") -> None:
    """A counter-entry ends what a row has moved. A second time changes nothing; `Short` where it is spent already."""
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise NoReason(reason)
    found = RowEntry.objects.select_for_update(of=("self",)).select_related("entry").get(id=number)
    if found.taken_back_id is not None:
        return
    old = found.entry.lines.select_related("account")
    lines = tuple((_of(line.account), -line.amount) for line in old)
    subject = f"row:{found.pack_id}/{found.register}/{found.row_id}"
    reverse = Posting(
        Entry.Kind.REVERSE, reason.strip(), found.entry.document, lines, reverses=found.entry_id, subject=subject
    )
    found.taken_back = post(reverse, by=by, now=now, origin=origin)
    found.save(update_fields=["taken_back"])


def list_alive(pack_id: str, fund: str, area: str) -> Mapping[RowKey, RowEntry]:
    """What rows have moved within an area and was not taken back, by row."""
    found = RowEntry.objects.filter(pack_id=pack_id, fund=fund, area__startswith=area, taken_back=None)
    return {(each.register, each.row_id): each for each in found}


def list_kept(pack_id: str, fund: str, area: str) -> Sequence[Kept]:
    """What the accounts of a fund within an area hold, in the order of the areas."""
    sums: dict[str, dict[str, Decimal]] = {}
    accounts = Account.objects.filter(pack_id=pack_id, fund=fund, year=RUNS_ON, area__startswith=area)
    for each in accounts.order_by("area"):
        sums.setdefault(each.area, {})[each.kind] = each.balance
    none = Decimal(0)
    return [Kept(code, kinds.get(Kind.VILLAGE, none), kinds.get(Kind.SPENT, none)) for code, kinds in sums.items()]


def list_entries(pack_id: str, fund: str, area: str) -> QuerySet[Entry]:
    """The entries on the accounts of a fund within an area, counter-entries among them, the newest first."""
    on = Account.objects.filter(pack_id=pack_id, fund=fund, year=RUNS_ON, area__startswith=area, kind=Kind.VILLAGE)
    return Entry.objects.filter(lines__account__in=on).distinct().select_related("reversed_by").order_by("-id")


def _place(money: RowMoney, kind: str) -> Place:
    return Place(money.pack_id, money.fund, RUNS_ON, money.area, kind)


def _of(account: Account) -> Place:
    return Place(account.pack_id, account.fund, account.year, account.area, account.kind, account.holder)
