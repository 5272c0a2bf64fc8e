"""Everything that is read of the treasury, always within what somebody sees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Max, Min, Q, QuerySet, Sum

from luoshi.office.accounts.roles import Scope
from luoshi.office.database.keys import secrecy
from luoshi.office.database.secrecy import masked
from luoshi.office.treasury.deciding import Charge
from luoshi.office.treasury.funds import Shortage, available, shortage
from luoshi.office.treasury.models import (
    Account,
    Batch,
    ClawBack,
    Commitment,
    Entry,
    EntryLine,
    Failure,
    Line,
    Proof,
)
from luoshi.office.treasury.payees import account_of

__all__ = ["Shortage", "available", "list_payments_of", "shortage"]

Kind = Account.Kind
RUNS_ON = 0
"""The year of accounts that run on from year to year."""
MOST_SHOWN = 36
USED = (Kind.COMMITTED, Kind.PAYING, Kind.PAID, Kind.RETURNED, Kind.DUE_BACK)


@dataclass(frozen=True)
class Payment:
    """What was committed, and what has become of it. The account is masked; `problem` is what the bank said."""

    commitment: int
    measure: str
    period: str
    amount: Decimal
    state: str
    batch: int | None
    line: int | None
    paid_on: date | None
    problem: str
    account: str


@dataclass(frozen=True)
class FundState:
    """What a fund has in a year and an area, by kind of account."""

    pack_id: str
    charge: Charge
    sums: Mapping[str, Decimal] = field(default_factory=dict)

    def of(self, kind: str) -> Decimal:
        """What lies in one kind of account."""
        return self.sums.get(kind, Decimal(0))

    @property
    def left(self) -> Decimal:
        """What may still be committed."""
        return self.of(Kind.BUDGET)

    @property
    def whole(self) -> Decimal:
        """What there is and was, in whatever state."""
        return sum((self.of(kind) for kind in (Kind.BUDGET, *USED, Kind.WRITTEN_OFF)), Decimal(0))


@dataclass(frozen=True)
class Idle:
    """Money that nobody has used for so many days."""

    account: Account
    since: datetime
    days: int


def list_payments_of(case: str) -> list[Payment]:
    """What was committed under a case, in the order it was committed, with what became of it."""
    return payments(Commitment.objects.filter(case=case).order_by("id"))


def list_payments_to(pack_id: str, register: str, row_id: int) -> list[Payment]:
    """What was committed to a row and not given up, the newest first, with what became of it."""
    found = Commitment.objects.filter(pack_id=pack_id, register=register, row_id=str(row_id))
    return payments(found.exclude(state=Commitment.State.RELEASED).order_by("-id")[:MOST_SHOWN])


def payments(commitments: Iterable[Commitment]) -> list[Payment]:
    """What became of commitments, in their order."""
    found, keys = list(commitments), secrecy()
    lines: dict[int, Line] = {}
    for line in Line.objects.filter(commitment__in=found).select_related("payee").order_by("id"):
        lines[line.commitment_id] = line
    return [_payment(each, lines.get(each.id), masked(account_of(each.payee, keys))) for each in found]


def _payment(of: Commitment, line: Line | None, account: str) -> Payment:
    return Payment(
        of.id, of.measure, of.period, of.amount, of.state,
        line.batch_id if line else None, line.number if line else None, line.paid_on if line else None,
        line.problem if line else "", account,
    )  # fmt: skip


def list_funds(scope: Scope, packs: Iterable[str]) -> list[FundState]:
    """The funds of some packs in every year and area of a scope, the newest year first; not what runs on."""
    accounts = Account.objects.filter(pack_id__in=list(packs), area__startswith=scope.area).exclude(year=RUNS_ON)
    rows = accounts.order_by().values_list("pack_id", "fund", "year", "area", "kind").annotate(Sum("balance"))
    found: dict[tuple[str, Charge], dict[str, Decimal]] = {}
    for pack_id, fund, year, area, kind, balance in rows:
        found.setdefault((pack_id, Charge(fund, year, area)), {})[kind] = balance
    states = [FundState(pack_id, charge, sums) for (pack_id, charge), sums in found.items()]
    return sorted(states, key=lambda one: (-one.charge.year, one.pack_id, one.charge.fund, one.charge.area))


def find_fund(scope: Scope, pack_id: str, charge: Charge) -> FundState | None:
    """What a fund has in a year and an area; None beyond the scope."""
    if not scope.covers(charge.area):
        return None
    accounts = Account.objects.filter(pack_id=pack_id, fund=charge.fund, year=charge.year, area=charge.area)
    sums = dict(accounts.order_by().values_list("kind").annotate(Sum("balance")))
    return FundState(pack_id, charge, sums)


def statement(pack_id: str, charge: Charge, before: int | None = None, size: int = 50) -> list[EntryLine]:
    """The newest lines on the accounts of a fund in a year and an area, older than the line `before`."""
    lines = EntryLine.objects.filter(
        account__pack_id=pack_id, account__fund=charge.fund, account__year=charge.year, account__area=charge.area
    ).select_related("entry", "account", "entry__reversed_by")
    return list((lines if before is None else lines.filter(id__lt=before)).order_by("-id")[:size])


def trial_balance(scope: Scope, packs: Iterable[str]) -> list[tuple[str, Decimal, Decimal]]:
    """By kind of account what its accounts owe and hold in a scope: two columns that come to the same."""
    accounts = Account.objects.filter(pack_id__in=list(packs), area__startswith=scope.area).order_by()
    rows = accounts.values_list("kind").annotate(
        held=Sum("balance", filter=Q(balance__gt=0), default=Decimal(0)),
        owed=Sum("balance", filter=Q(balance__lt=0), default=Decimal(0)),
    )
    order = {kind: place for place, kind in enumerate(Kind.values)}
    return sorted(((kind, held, -owed) for kind, held, owed in rows), key=lambda row: order[row[0]])


def idle_money(scope: Scope, packs: Iterable[str], today: datetime, days: int = 90) -> list[Idle]:
    """Free and returned money that has not moved for so many days, what lies longest first."""
    accounts = Account.objects.filter(
        pack_id__in=list(packs), area__startswith=scope.area, balance__gt=0,
        kind__in=(Kind.BUDGET, Kind.COMMITTED, Kind.RETURNED, Kind.DUE_BACK),
    )  # fmt: skip
    moved = accounts.annotate(last=Max("lines__entry__at"))
    found = [Idle(each, each.last, (today - each.last).days) for each in moved if each.last is not None]
    return sorted((each for each in found if each.days >= days), key=lambda each: -each.days)


def find_entry(scope: Scope, number: int) -> Entry | None:
    """An entry that touches something in a scope; None without one."""
    return Entry.objects.filter(id=number, lines__account__area__startswith=scope.area).distinct().first()


def list_batches(scope: Scope, packs: Iterable[str], before: int | None = None, size: int = 30) -> list[Batch]:
    """The newest batches of a scope, older than the batch `before`."""
    batches = Batch.objects.filter(area__startswith=scope.area, pack_id__in=list(packs))
    return list((batches if before is None else batches.filter(id__lt=before)).order_by("-id")[:size])


def find_batch(scope: Scope, number: int) -> Batch | None:
    """The batch of a number; None beyond the scope."""
    return Batch.objects.select_related("layout").filter(id=number, area__startswith=scope.area).first()


def lines_of(batch: Batch, shown: str = "", after: int = 0, size: int = 50) -> list[Line]:
    """Lines of a batch by their numbers, after one: all, those of a state, or those with something open about them."""
    lines = Line.objects.filter(batch=batch, number__gt=after).select_related("commitment", "payee")
    if shown == "open":
        lines = lines.filter(state=Line.State.LISTED, findings__state="open").distinct()
    elif shown:
        lines = lines.filter(state=shown)
    return list(lines.prefetch_related("findings").order_by("number")[:size])


def due_sums(scope: Scope, packs: Iterable[str]) -> Sequence[Mapping[str, object]]:
    """What is due and on no list, by policy and measure: how many, how much, since when."""
    due = Commitment.objects.filter(state="due", area__startswith=scope.area, pack_id__in=list(packs))
    sums = due.order_by().values("pack_id", "measure").annotate(total=Sum("amount"), first=Min("decided_on"))
    return list(sums.order_by("pack_id", "measure"))


def find_commitment(scope: Scope, number: int) -> Commitment | None:
    """The commitment of a number; None beyond the scope."""
    found = Commitment.objects.select_related("payee", "entry")
    return found.filter(id=number, area__startswith=scope.area).first()


def commitments_of(
    scope: Scope, pack_id: str, measure: str, before: int | None = None, size: int = 50
) -> list[Commitment]:
    """The newest commitments of a measure in a scope."""
    found = Commitment.objects.filter(pack_id=pack_id, measure=measure, area__startswith=scope.area)
    found = found if before is None else found.filter(id__lt=before)
    return list(found.select_related("payee").order_by("-id")[:size])


def sums_by_state(scope: Scope, pack_id: str, measure: str) -> Mapping[str, Decimal]:
    """What a measure comes to in a scope, by what became of it."""
    found = Commitment.objects.filter(pack_id=pack_id, measure=measure, area__startswith=scope.area)
    return dict(found.order_by().values_list("state").annotate(Sum("amount")))


def sums_by_measure(scope: Scope, pack_id: str) -> Mapping[str, Mapping[str, Decimal]]:
    """What each measure of a policy comes to in a scope, by what became of it."""
    found = Commitment.objects.filter(pack_id=pack_id, area__startswith=scope.area).order_by()
    sums: dict[str, dict[str, Decimal]] = {}
    for measure, state, amount in found.values_list("measure", "state").annotate(Sum("amount")):
        sums.setdefault(measure, {})[state] = amount
    return sums


def open_failures(scope: Scope) -> QuerySet[Failure]:
    """What the bank has returned and nobody has put right, in a scope; what is due first comes first."""
    found = Failure.objects.filter(state=Failure.State.OPEN, line__commitment__area__startswith=scope.area)
    return found.select_related("line__commitment", "line__payee", "line__batch").order_by("due", "id")


def find_failure(scope: Scope, number: int) -> Failure | None:
    """The failure of a number; None beyond the scope."""
    return open_failures(scope).filter(id=number).first()


def claw_backs(scope: Scope) -> QuerySet[ClawBack]:
    """What is due back in a scope, what is due first comes first."""
    found = ClawBack.objects.filter(commitment__area__startswith=scope.area).select_related("commitment")
    return found.order_by("due_on", "id")


def last_proof() -> Proof | None:
    """The newest proof."""
    return Proof.objects.order_by("-id").first()
