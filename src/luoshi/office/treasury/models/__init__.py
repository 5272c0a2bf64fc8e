"""The tables of the treasury. What may become of a row, the database holds: see `guards.sql`."""

from luoshi.office.treasury.models.banking import BankFile, BankLayout, ReturnFile
from luoshi.office.treasury.models.batches import Batch, CheckResult, Failure, Line, LineFinding
from luoshi.office.treasury.models.commitments import ClawBack, Commitment, Payee
from luoshi.office.treasury.models.ledger import Account, Closing, Entry, EntryLine, Proof
from luoshi.office.treasury.models.people import ListedPerson, PersonList
from luoshi.office.treasury.models.rows import RowEntry

__all__ = [
    "Account",
    "BankFile",
    "BankLayout",
    "Batch",
    "CheckResult",
    "ClawBack",
    "Closing",
    "Commitment",
    "Entry",
    "EntryLine",
    "Failure",
    "Line",
    "LineFinding",
    "ListedPerson",
    "Payee",
    "PersonList",
    "Proof",
    "ReturnFile",
    "RowEntry",
]
