"""Writing to the ledger. The event comes first: it is the one lock that all who write take before any account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, connection, transaction

from luoshi.office.audit import actions as audit
from luoshi.office.treasury.deciding import Charge
from luoshi.office.treasury.errors import NoReason, Short, WrongAmount
from luoshi.office.treasury.models import Account, Entry, EntryLine

FEN = Decimal("0.01")
MOST = Decimal("9999999999999999.99")
CHECK_NOW = "SET CONSTRAINTS treasury_entry_balanced, treasury_entryline_balanced IMMEDIATE"
CHECK_LATER = "SET CONSTRAINTS treasury_entry_balanced, treasury_entryline_balanced DEFERRED"


@dataclass(frozen=True)
class Place:
    """An account by what it is of. `holder` tells sources apart by the tier that gives the money."""

    pack_id: str
    fund: str
    year: int
    area: str
    kind: str
    holder: str = ""


@dataclass(frozen=True)
class Posting:
    """An entry to be made: amounts by place, which come to nothing together, and why."""

    kind: str
    reason: str
    document: str
    lines: tuple[tuple[Place, Decimal], ...]
    attachment: int | None = None
    reverses: int | None = None
    subject: str = ""
    """What the event is about, where that is more than the entry: "batch:7"."""


def place(pack_id: str, charge: Charge, kind: str) -> Place:
    """The account of a kind of what is charged."""
    return Place(pack_id, charge.fund, charge.year, charge.area, kind)


def move(
    pack_id: str, charge: Charge, amount: Decimal, give: str, take: str
) -> tuple[tuple[Place, Decimal], tuple[Place, Decimal]]:
    """The two lines that move an amount from one kind of account to another."""
    return (place(pack_id, charge, give), -amount), (place(pack_id, charge, take), amount)


def checked_amount(amount: Decimal) -> Decimal:
    """The amount; `WrongAmount` where it is none: not above zero, or finer than a fen."""
    if not amount.is_finite() or not 0 < amount <= MOST or amount != amount.quantize(FEN):
        raise WrongAmount(str(amount))
    return amount


@transaction.atomic
def post(posting: Posting, *, by: str, now: datetime, origin: str = "") -> Entry:
    """The entry, which the database has found balanced. `Short` where an account would fall below zero.

    Its event is recorded with it. Lines of one place are one line.
    """
    if not posting.reason.strip() or not posting.document.strip():
        raise NoReason(posting.kind)
    lines = _joined(posting.lines)
    amount = sum((value for value in lines.values() if value > 0), Decimal(0))
    widest = min(lines, key=lambda each: len(each.area))
    event = audit.record(
        f"ledger.{posting.kind}",
        actor=by,
        subject=posting.subject or f"fund:{widest.pack_id}/{widest.fund}/{widest.year}",
        area=widest.area,
        basis=posting.document,
        origin=origin,
        details={"amount": str(amount), "lines": len(lines)},
    )
    entry = Entry.objects.create(
        kind=posting.kind, amount=amount, size=len(lines), reason=posting.reason, document=posting.document,
        attachment=posting.attachment, event=event, by=by, at=now, reverses_id=posting.reverses,
    )  # fmt: skip
    _write(entry, lines)
    return entry


def _joined(lines: Iterable[tuple[Place, Decimal]]) -> dict[Place, Decimal]:
    found: dict[Place, Decimal] = defaultdict(Decimal)
    for where, amount in lines:
        found[where] += amount
    return {where: amount for where, amount in found.items() if amount}


def _write(entry: Entry, lines: dict[Place, Decimal]) -> None:
    accounts = [Account.objects.get_or_create(**vars(where))[0] for where in lines]
    rows = [EntryLine(entry=entry, account=account, amount=amount)
            for account, amount in zip(accounts, lines.values(), strict=True)]  # fmt: skip
    try:
        with transaction.atomic():
            EntryLine.objects.bulk_create(rows)
    except IntegrityError as error:
        if _constraint(error) != "account_not_overdrawn":
            raise
        raise Short(_gap(accounts, list(lines.values()))) from None
    with connection.cursor() as cursor:
        cursor.execute(CHECK_NOW)
        cursor.execute(CHECK_LATER)


def _constraint(error: IntegrityError) -> str | None:
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None)


def _gap(accounts: Sequence[Account], amounts: Sequence[Decimal]) -> Decimal:
    """The most that is missing in one of the accounts, as they are now."""
    wanted = {account.id: amount for account, amount in zip(accounts, amounts, strict=True)}
    held = Account.objects.in_bulk(list(wanted))
    rests = [held[number].balance + amount for number, amount in wanted.items()
             if held[number].kind not in Account.BELOW_ZERO]  # fmt: skip
    return -min(rests)
