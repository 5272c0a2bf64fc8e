"""Checks that look at the lines themselves: numbers, accounts, who is paid for whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from django.db import connection
from psycopg import sql

from luoshi.office.database.keys import secrecy
from luoshi.office.registry.building import identifier
from luoshi.office.registry.shape import RegisterTable, table_of
from luoshi.office.runs import library
from luoshi.office.treasury.checks import naming
from luoshi.office.treasury.models import Batch, Line, Payee
from luoshi.office.treasury.payees import NAME, number_of
from luoshi.office.treasury.sealing import open_subject
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.types import Ref
from luoshi.rulebook.values.citizen_id import BadCitizenId, CitizenId
from luoshi.rulebook.values.credit_code import BadCreditCode, CreditCode

Found = tuple[str, Sequence[tuple[int, str]]]
HERE = "list"
"""What is looked into is the list itself."""


def who(line: Line) -> bytes | tuple[str, str]:
    """The person behind a line: by the number, or by the row where there is none."""
    known = line.commitment.subject_index
    return bytes(known) if known is not None else (line.commitment.register, line.commitment.row_id)


def twice(batch: Batch, lines: Sequence[Line]) -> Found:
    """Lines whose subject stands in the list before, for the same period."""
    first: dict[object, int] = {}
    found = []
    for line in lines:
        number = first.setdefault((who(line), line.commitment.period), line.number)
        if number != line.number:
            found.append((line.id, str(number)))
    return HERE, found


def shared_account(batch: Batch, lines: Sequence[Line]) -> Found:
    """Lines into an account that other people are paid into as well, in this list or ever before."""
    holders: dict[bytes, set[bytes | str]] = defaultdict(set)
    here = Payee.objects.filter(line__batch=batch).exclude(account_index=None).values("account_index")
    earlier = Line.objects.filter(payee__account_index__in=here).exclude(state=Line.State.STOPPED)
    for account, number, name in earlier.values_list("payee__account_index", "payee__id_index", "payee__name"):
        if account is not None:
            holders[bytes(account)].add(bytes(number) if number is not None else name)
    return HERE, [
        (line.id, str(len(holders[bytes(line.payee.account_index)])))
        for line in lines
        if line.payee.account_index is not None and len(holders[bytes(line.payee.account_index)]) > 1
    ]


def no_account(batch: Batch, lines: Sequence[Line]) -> Found:
    """Lines without an account."""
    return HERE, [(line.id, "") for line in lines if line.payee.account_index is None]


def id_number(batch: Batch, lines: Sequence[Line]) -> Found:
    """Lines whose payee has no right number: of a citizen, or of an organisation."""
    keys = secrecy()
    found = []
    for line in lines:
        number = number_of(line.payee, keys)
        if not is_number(number):
            found.append((line.id, "wrong" if number else "missing"))
    return HERE, found


def is_number(number: str) -> bool:
    """Whether a number is right in all its signs, as a citizen's or an organisation's.

    >>> is_number("11010519491231002X"), is_number("110105194912310021")
    (True, False)
    """
    for kind, wrong in ((CitizenId, BadCitizenId), (CreditCode, BadCreditCode)):
        try:
            kind.parse(number)
        except wrong:
            continue
        return True
    return False


def wrong_payee(batch: Batch, lines: Sequence[Line]) -> Found:
    """Lines whose payee is neither the subject nor the head of the same household."""
    keys = secrecy()
    others = []
    for line in lines:
        if line.payee.id_index is None or who(line) == bytes(line.payee.id_index):
            continue
        head = open_subject(line.commitment.closed_subject, keys)["head_id"]
        others.append((line, bool(head) and keys.index(head) == bytes(line.payee.id_index)))
    numbers = [(who(line), bytes(line.payee.id_index)) for line, _ in others if line.payee.id_index is not None]
    homes = _homes(library.pack(batch.pack_id), {each for pair in numbers for each in pair if isinstance(each, bytes)})
    found = [
        (line.id, "not the head" if not is_head else "another household")
        for (line, is_head), (subject, payee) in zip(others, numbers, strict=True)
        if not is_head or not _together(homes, subject, payee)
    ]
    return HERE, found


def _together(homes: Mapping[bytes, Counter[object]], subject: object, payee: bytes) -> bool:
    """Whether both are registered in one household."""
    return isinstance(subject, bytes) and bool(homes.get(subject, Counter()) & homes.get(payee, Counter()))


def _homes(pack: Pack, numbers: set[bytes]) -> Mapping[bytes, Counter[object]]:
    """What the people with these numbers are registered in, by number."""
    homes: dict[bytes, Counter[object]] = defaultdict(Counter)
    for table, home in _registers_of_people(pack) if numbers else ():
        number = sql.Identifier(table.columns[table.key[0]].index)
        parts = (number, sql.Identifier(home), identifier(table.name), number)
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("SELECT {}, {} FROM {} WHERE {} = ANY(%s)").format(*parts), [list(numbers)])
            for index, row in cursor.fetchall():
                if row is not None:
                    homes[bytes(index)][table.name, home, row] += 1
    return homes


def _registers_of_people(pack: Pack) -> list[tuple[RegisterTable, str]]:
    """The registers of people: named, with an encrypted number as their only key; each with what its rows belong to."""
    tables = (table_of(pack, register) for register in pack.registers)
    return [
        (table, table.area[0])
        for table in tables
        if len(table.key) == 1
        and NAME in table.columns
        and len(table.area) > 1
        and table.key[0] in table.columns
        and table.columns[table.key[0]].encrypted
        and isinstance(table.columns[table.area[0]].type, Ref)
    ]


CHECKS: Mapping[str, Callable[[Batch, Sequence[Line]], Found]] = {
    naming.TWICE: twice,
    naming.SHARED_ACCOUNT: shared_account,
    naming.NO_ACCOUNT: no_account,
    naming.ID_NUMBER: id_number,
    naming.WRONG_PAYEE: wrong_payee,
}
