"""Gives the budgets of a list, one a line: all of them or none, and each once."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.db import transaction
from django.utils.timezone import localdate

from luoshi.office.runs import library
from luoshi.office.treasury import budgets
from luoshi.office.treasury.budgets import Paper
from luoshi.office.treasury.deciding import Charge
from luoshi.office.treasury.errors import Refused, WrongDecision
from luoshi.office.treasury.models import Account, Entry, EntryLine

COLUMNS = ("pack", "fund", "year", "area", "tier", "amount", "reason", "document")


class WrongList(ValueError):
    """A list that is not taken; the text names every line that is wrong."""


@dataclass(frozen=True)
class Line:
    """A line of a list: so much of a tier for a fund."""

    number: int
    pack: str
    charge: Charge
    tier: str
    amount: Decimal
    paper: Paper


def give_all(file: Path, *, by: str, now: datetime) -> list[Line]:
    """The lines of a CSV file that were given now. What was given before by the same paper is left as it is.

    A year that is left blank is the present one. `WrongList` names every line that is wrong.
    """
    lines, problems, given = list(_lines(file, localdate(now).year)), [], []
    with transaction.atomic():
        for line in lines:
            if _is_given(line):
                continue
            try:
                _give(line, by, now)
            except Refused as refused:
                problems.append(f"{file.name}, line {line.number}: {type(refused).__name__} {refused}")
            given.append(line)
        if problems:
            raise WrongList("\n".join(problems))
    return given


def _give(line: Line, by: str, now: datetime) -> None:
    if line.pack not in {pack.policy.id for pack in library.packs()}:
        raise WrongDecision(["pack"])
    budgets.give(line.pack, line.charge, line.tier, line.amount, line.paper, by=by, now=now)


def _is_given(line: Line) -> bool:
    place = {"fund": line.charge.fund, "year": line.charge.year, "area": line.charge.area}
    found = Account.objects.filter(pack_id=line.pack, kind=Account.Kind.SOURCE, holder=line.tier, **place)
    entries = Entry.objects.filter(kind=Entry.Kind.BUDGET, document=line.paper.document, amount=line.amount)
    return EntryLine.objects.filter(account__in=found, entry__in=entries).exists()


def _lines(file: Path, year: int) -> Iterator[Line]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            seen = ", ".join(reader.fieldnames or ()) or "nothing"
            raise WrongList(f"{file.name}, line 1: the columns are {seen}; expected {', '.join(COLUMNS)}")
        for row in reader:
            cells = {name: (row[name] or "").strip() for name in COLUMNS}
            try:
                charge = Charge(cells["fund"], int(cells["year"] or year), cells["area"])
                amount = Decimal(cells["amount"])
            except (ValueError, InvalidOperation):
                seen = f"{cells['year']} and {cells['amount']}"
                raise WrongList(f"{file.name}, line {reader.line_num}: no year and amount: {seen}") from None
            paper = Paper(cells["reason"], cells["document"])
            yield Line(reader.line_num, cells["pack"], charge, cells["tier"], amount, paper)
