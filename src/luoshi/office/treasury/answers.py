"""What a bank says in the file that it gives back: read, and held line by line against what was sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from luoshi.office.database.keys import secrecy
from luoshi.office.database.secrecy import normalised
from luoshi.office.exchange.books.sheets import Sheet
from luoshi.office.treasury.bank_files import SUM
from luoshi.office.treasury.errors import WrongFile
from luoshi.office.treasury.models import BankLayout, Line
from luoshi.office.treasury.payees import account_of
from luoshi.office.treasury.uploads import first_sheet

NEEDED = ("number", "amount", "result")
LONGEST_PROBLEM = 200


@dataclass(frozen=True)
class Answer:
    """What the bank says about a line; `row` is where in the file."""

    row: int
    number: int
    amount: Decimal
    is_paid: bool
    reason: str
    account: str = ""
    """Where the file names it."""


def read_answers(content: bytes, name: str, layout: BankLayout) -> list[Answer]:
    """The answers of a file, which is taken whole or not at all: `WrongFile` says what is wrong with it and where.

    A row that begins like a row of totals is held against what stands above it.
    """
    sheet = first_sheet(content, name, [title for title in layout.back.values() if title])
    columns = _columns(sheet, layout)
    answers: list[Answer] = []
    for place, row in enumerate(sheet.rows.to_pylist()):
        cells = {role: cells[place] or "" for role, cells in columns.items()}
        if cells["number"].strip().startswith(SUM):
            _check_sum(answers, cells["amount"], row)
        else:
            answers.append(_answer(cells, row, layout))
    return answers


def matched(answers: Sequence[Answer], lines: Sequence[Line]) -> Iterator[tuple[Line, Answer]]:
    """Each line with its answer.

    `WrongFile` where one is missing, comes twice, is of no line, or names another amount or account.
    """
    sent = {line.number: line for line in lines}
    answered: dict[int, Answer] = {}
    keys = secrecy()
    for answer in answers:
        line = sent.get(answer.number)
        if line is None:
            raise WrongFile("unknown", answer.row, str(answer.number))
        if answer.account and normalised(answer.account) != normalised(account_of(line.payee, keys)):
            raise WrongFile("account", answer.row)
        if answer.number in answered:
            raise WrongFile("twice", answer.row, str(answer.number))
        if line.amount != answer.amount:
            raise WrongFile("amount", answer.row, str(answer.amount), str(line.amount))
        answered[answer.number] = answer
    missing = sent.keys() - answered.keys()
    if missing:
        raise WrongFile("missing", None, str(min(missing)), str(len(sent)))
    return ((line, answered[line.number]) for line in lines)


def _columns(sheet: Sheet, layout: BankLayout) -> Mapping[str, list[str | None]]:
    titles = {column.title: column for column in sheet.columns}
    for role in NEEDED:
        if layout.back[role] not in titles:
            raise WrongFile("column", sheet.header, ", ".join(titles), layout.back[role])
    return {role: titles[title].cells.texts.to_pylist() for role, title in layout.back.items() if title in titles}


def _answer(cells: Mapping[str, str], row: int, layout: BankLayout) -> Answer:
    try:
        number = int(cells["number"])
    except ValueError:
        raise WrongFile("number", row, cells["number"]) from None
    result = cells["result"].strip()
    is_paid = result in layout.paid_words
    if not result:
        raise WrongFile("result", row)
    reason = "" if is_paid else (cells.get("reason", "").strip() or result)
    money, account = _money(cells["amount"], row), cells.get("account", "")
    return Answer(row, number, money, is_paid, reason[:LONGEST_PROBLEM], account)


def _money(text: str, row: int) -> Decimal:
    try:
        return Decimal(text.replace(",", "").strip()).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise WrongFile("money", row, text) from None


def _check_sum(answers: Sequence[Answer], written: str, row: int) -> None:
    total, said = sum((each.amount for each in answers), Decimal(0)), _money(written, row)
    if said != total:
        raise WrongFile("total", row, str(said), str(total))
