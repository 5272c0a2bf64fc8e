"""Whom money goes to: kept with sealed numbers, and read from registers where these know them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from luoshi.office.audit import actions as audit
from luoshi.office.database.keys import secrecy
from luoshi.office.database.secrecy import Secrecy
from luoshi.office.registry import queries as registry
from luoshi.office.registry.filters import Filter, Sort
from luoshi.office.registry.shape import DIVISIONS, RegisterTable, table_of
from luoshi.office.treasury import deciding
from luoshi.office.treasury.errors import NoReason, WrongStep
from luoshi.office.treasury.models import Commitment, Failure, Line, Payee
from luoshi.office.treasury.sealing import ACCOUNT_PLACE, ID_PLACE, index_of
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.types import Text

DEEPEST = 3
NAME = "name"
CHANGEABLE = (Commitment.State.DUE, Commitment.State.FAILED)


@dataclass(frozen=True)
class Known:
    """What registers know about a subject and a payee."""

    subject: deciding.Subject
    payee: deciding.Payee


@dataclass(frozen=True)
class _Holder:
    """A row that has a name and a number of its own."""

    name: str
    number: str


def sealed(payee: deciding.Payee, keys: Secrecy) -> Payee:
    """The payee as it is kept, not saved yet."""
    return Payee(
        name=payee.name,
        closed_id=keys.close(payee.id_number, ID_PLACE),
        id_index=index_of(payee.id_number, keys),
        closed_account=keys.close(payee.account, ACCOUNT_PLACE),
        account_index=index_of(payee.account, keys),
        bank=payee.bank,
    )


def number_of(payee: Payee, keys: Secrecy) -> str:
    """The id number of a payee, in full."""
    return keys.open(bytes(payee.closed_id), ID_PLACE)


def account_of(payee: Payee, keys: Secrecy) -> str:
    """The account of a payee, in full."""
    return keys.open(bytes(payee.closed_account), ACCOUNT_PLACE)


@transaction.atomic
def replace(commitment: Commitment, payee: deciding.Payee, reason: str, *, by: str, now: datetime) -> None:
    """The money goes to another payee, or into another account, from now on. Only where it is on no list."""
    if not reason.strip():
        raise NoReason("payee")
    found = Commitment.objects.select_for_update().get(id=commitment.id)
    if found.state not in CHANGEABLE:
        raise WrongStep(found.state)
    kept = sealed(payee, secrecy())
    kept.save()
    found.payee = kept
    found.save(update_fields=["payee"])
    last = Line.objects.filter(commitment=found, state=Line.State.FAILED).order_by("-id").first()
    Failure.objects.filter(line=last, state=Failure.State.OPEN).update(is_ready=True, note=reason)
    subject = f"commitment:{found.id}"
    audit.record("payee.replace", actor=by, subject=subject, area=found.area, basis=reason)


def known(pack: Pack, register: str, row_id: int | str) -> Known | None:
    """What the registers know of a row of theirs: its name and number, and the account that it names; None without it.

    Numbers are in full: for what is kept, never for a page.
    """
    table = table_of(pack, register)
    found = _row(table, row_id)
    if found is None:
        return None
    holder = next(_holders(pack, table, found, DEEPEST), _Holder("", ""))
    account = next(_accounts(pack, table, found), "")
    subject = deciding.Subject(register, row_id, found.area_code or "", holder.name, holder.number)
    return Known(subject, deciding.Payee(holder.name, holder.number, account))


def _row(table: RegisterTable, row_id: int | str) -> registry.Row | None:
    rows = registry.page(table, "", [Filter("id", "is", row_id)], Sort("id"), size=1, masks=False).rows
    return rows[0] if rows else None


def _holders(pack: Pack, table: RegisterTable, row: registry.Row, deepest: int) -> Iterator[_Holder]:
    """The first row with a number as its only key and a name, along the references of the key and then the others."""
    key = table.columns.get(table.key[0]) if len(table.key) == 1 else None
    if NAME in table.columns and key is not None and isinstance(key.type, Text):
        yield _Holder(row.cells[NAME] or "", row.cells[key.name] or "")
    for target, cell in _references(pack, table, row.cells) if deepest else ():
        following = _row(target, cell)
        if following is not None:
            yield from _holders(pack, target, following, deepest - 1)


def _accounts(pack: Pack, table: RegisterTable, row: registry.Row) -> Iterator[str]:
    """The accounts that a row refers to: rows whose only key is an encrypted number that belongs to somebody else."""
    for target, cell in _references(pack, table, row.cells):
        key = target.columns.get(target.key[0]) if len(target.key) == 1 else None
        if key is not None and key.encrypted and NAME not in target.columns:
            following = _row(target, cell)
            if following is not None and following.cells[key.name]:
                yield following.cells[key.name]


def _references(
    pack: Pack, table: RegisterTable, cells: Mapping[str, int | str | None]
) -> Iterator[tuple[RegisterTable, int | str]]:
    for column in sorted(table.references(), key=lambda each: each.name not in table.key):
        target, cell = column.references, cells[column.name]
        if target is not None and cell is not None and target.name != DIVISIONS:
            yield table_of(pack, target.name), cell
