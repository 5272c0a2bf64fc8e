"""What people have decided, as it is handed to the treasury. Plain values: nothing of a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Subject:
    """Somebody for whom something is paid: the row of a register, and what a roster says about them.

    `more` are further columns of rosters (`group`, `phone`, `workplace`, `transport`, `standard`, `remark`).
    """

    register: str
    row_id: int | str
    area: str
    name: str = ""
    id_number: str = field(default="", repr=False)
    head_name: str = ""
    head_id: str = field(default="", repr=False)
    more: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Payee:
    """Whom the money goes to. Without an account nothing is paid; the decision stands all the same."""

    name: str
    id_number: str = field(default="", repr=False)
    account: str = field(default="", repr=False)
    bank: str = ""


@dataclass(frozen=True)
class Charge:
    """Which money: a fund of the pack in a year, in the account of an area."""

    fund: str
    year: int
    area: str


@dataclass(frozen=True)
class Decision:
    """An amount that people have decided somebody gets: under which measure, in which case, on which paper.

    `key` is given once for ever: the same decision handed in twice is one. `period` is empty for what is paid once.
    """

    key: str
    pack_id: str
    edition: str
    measure: str
    clause: str
    subject: Subject
    payee: Payee
    amount: Decimal
    charge: Charge
    case: str
    decided_by: str
    decided_on: date
    basis: str
    period: str = ""
    due_on: date | None = None
